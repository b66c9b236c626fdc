#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/section.h"

namespace assay {
namespace {

constexpr std::size_t most_findings = 12;
constexpr std::size_t most_gaps = 4;

std::string spot_of(const Place& place) {
  if (place.path.empty()) return {};
  if (!place.begin) return place.path + ": ";
  return fmt::format("{}:{}: ", place.path, place.begin->line);
}

void tell_artifact(SectionBuilder& section, const Report& report) {
  std::string size =
      report.archive_bytes == 0
          ? std::string()
          : fmt::format(", {:.1f} kB packed", static_cast<double>(report.archive_bytes) / 1000);
  section.tell("archive", fmt::format("{}, {} file{}{}", report.archive, report.files,
                                      report.files == 1 ? "" : "s", size));
}

// What a user starts by installing, whoever likes it.
void tell_executors(SectionBuilder& section) {
  std::vector<std::string> hooks;
  for (const Facts* facts : section.input().artifacts) {
    for (const Executor& executor : facts->executors) {
      if (executor.trigger != Trigger::install) continue;
      std::string text = executor.name;
      if (!executor.command.empty()) text += ": " + executor.command.substr(0, 160);
      if (std::ranges::find(hooks, text) == hooks.end()) hooks.push_back(std::move(text));
    }
  }
  section.tell("runs at install",
               hooks.empty() ? "nothing" : fmt::format("{}", fmt::join(hooks, "; ")),
               {"install-hook-present"});
}

struct Group {
  const ReportedFinding* gravest = nullptr;
  std::size_t count = 0;
};

void tell_findings(SectionBuilder& section, const std::set<std::string_view>& mentioned) {
  std::map<std::string_view, Group> groups;
  std::vector<std::string_view> order, notes;
  for (const Report& report : section.input().reports) {
    for (const ReportedFinding& finding : report.findings) {
      const std::string_view id = finding.rule->id;
      if (finding.excepted || mentioned.contains(id) || section.mentioned().contains(id)) continue;
      Group& group = groups[id];
      if (group.count++ == 0) order.push_back(id);
      if (group.gravest == nullptr || finding.severity > group.gravest->severity) {
        group.gravest = &finding;
      }
    }
  }
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::string_view id) { return groups[id].gravest->severity; });
  std::size_t told = 0;
  for (const std::string_view id : order) {
    const Group& group = groups[id];
    if (group.gravest->severity == Severity::info || told++ >= most_findings) {
      notes.push_back(id);
      continue;
    }
    const std::string more = group.count > 1 ? fmt::format(" (and {} more)", group.count - 1) : "";
    section.tell(to_string(group.gravest->severity),
                 spot_of(group.gravest->place) + group.gravest->message + more, {id});
  }
  if (told == 0) section.tell("findings", "nothing dangerous");
  if (!notes.empty()) section.tell("good to know", fmt::format("{}", fmt::join(notes, ", ")));
}

void tell_gaps(SectionBuilder& section, const Report& report) {
  for (std::size_t i = 0; i < std::min(report.gaps.size(), most_gaps); ++i) {
    const Gap& gap = report.gaps[i];
    section.tell_unknown("not examined",
                         gap.path.empty() ? gap.reason : gap.path + ": " + gap.reason);
  }
  if (report.gaps.size() > most_gaps) {
    section.tell_unknown("not examined",
                         fmt::format("and {} more", report.gaps.size() - most_gaps));
  }
}

}  // namespace

void tell_contents(SectionBuilder& section, const std::set<std::string_view>& mentioned) {
  const PageInput& input = section.input();
  if (input.error) {
    section.tell_unknown("archive", "could not be had");
    return;
  }
  section.set_source("the bytes of the package");
  for (const Report& report : input.reports) {
    if (report.error) {
      section.tell_unknown("archive", report.archive + ": " + report.error->message);
    } else if (report.files > 0) {
      tell_artifact(section, report);
    }
  }
  tell_executors(section);
  tell_findings(section, mentioned);
  for (const Report& report : input.reports) tell_gaps(section, report);
}

}  // namespace assay
