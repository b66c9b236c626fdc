#include "report/surface_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "report/ink.h"
#include "report/wrap.h"

namespace assay {
namespace {

// What a person reads in half a minute; the JSON formats have all.
constexpr std::size_t most_entries_told = 8;  // of a moment, with what they can do
constexpr std::size_t most_targets = 3;
constexpr std::size_t most_names = 6;
constexpr std::size_t target_bytes = 70;
constexpr std::string_view indent = "      ";

struct Moment {
  Trigger trigger;
  std::string_view heading;
};
constexpr std::array<Moment, 6> moments = {{
    {Trigger::install, "When the package is installed or built"},
    {Trigger::startup, "Whenever the interpreter, an editor or an agent starts"},
    {Trigger::import, "When the package is imported"},
    {Trigger::command, "When somebody starts it"},
    {Trigger::test, "Only in tests and tools of development"},
    {Trigger::none, "Only elsewhere, as on a build server"},
}};

bool is_grave(Capability capability) { return capability <= Capability::reads_secrets; }

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most)) + "…";
}

std::string spot_of(const Place& place) {
  if (place.path.empty()) return "";
  return place.begin ? fmt::format("{}:{}", place.path, place.begin->line) : place.path;
}

// Sources that tell a reader nothing are left to the JSON formats.
bool is_telling(std::string_view source, Capability capability) {
  if (source == to_string(Source::argument) || source == to_string(Source::unresolved))
    return false;
  return capability < Capability::reads_outside || source != to_string(Source::local_file);
}

std::string target_of(const SurfaceAct& act, Capability capability) {
  std::string text =
      cut(act.target.empty() || act.target == "…" ? act.api : act.target, target_bytes);
  std::vector<std::string_view> carried;
  for (const std::string& source : act.carries) {
    if (is_telling(source, capability)) carried.push_back(source);
  }
  if (carried.empty()) return text;
  const bool is_read = capability == Capability::reads_environment ||
                       capability == Capability::reads_identity || act.target.empty();
  return fmt::format("{}{}{}", text, is_read ? ": " : " with ", fmt::join(carried, ", "));
}

std::string counted_files(std::size_t count) {
  return fmt::format("{} file{}", count, count == 1 ? "" : "s");
}

class SurfaceText {
 public:
  SurfaceText(const ReportedSurface& surface, const TextStyle& style)
      : surface_(surface), style_(style) {}

  std::string write() {
    for (const Moment& moment : moments) put_moment(moment);
    if (surface_.entries.empty()) paragraph("  ", "nothing in it runs uncalled");
    if (surface_.bundled_count > 0) put_bundled();
    if (surface_.unreached_files > 0) {
      text_ += '\n';
      paragraph("  ",
                fmt::format("Nothing leads to {} more of code, with {} action{}",
                            counted_files(surface_.unreached_files), surface_.unreached_actions,
                            surface_.unreached_actions == 1 ? "" : "s"));
    }
    for (const std::string& omission : surface_.omissions) {
      text_ += '\n';
      paragraph("  not listed  ", omission, 0, Ink::magenta);
    }
    return std::move(text_);
  }

 private:
  std::string colored(std::string_view text, Ink ink) const {
    return inked(text, ink, style_.color);
  }

  // The label is coloured once the lines are broken, since colours have no width.
  void paragraph(std::string_view label, std::string_view text, std::size_t hanging = 0,
                 Ink ink = Ink::plain) {
    std::string lines = wrap(label, text, style_.width, hanging);
    const std::size_t begin = label.find_first_not_of(' ');
    if (begin != std::string_view::npos) {
      const std::size_t end = label.find_last_not_of(' ') + 1;
      lines.replace(begin, end - begin, colored(label.substr(begin, end - begin), ink));
    }
    text_ += lines;
  }

  void put_moment(const Moment& moment) {
    std::vector<const SurfaceEntry*> idle, busy;
    for (const SurfaceEntry& entry : surface_.entries) {
      if (entry.trigger != moment.trigger) continue;
      (entry.capabilities.empty() && entry.command.empty() ? idle : busy).push_back(&entry);
    }
    if (idle.empty() && busy.empty()) return;
    text_ += '\n';
    text_ += "  " + colored(moment.heading, Ink::bold) + '\n';
    const bool is_brief = moment.trigger <= Trigger::test;
    const std::size_t told = is_brief ? 0 : std::min(busy.size(), most_entries_told);
    for (std::size_t i = 0; i < told; ++i) put_entry(*busy[i]);
    put_names(is_brief ? "" : "and ", std::span(busy).subspan(told), "");
    put_names("", idle, is_brief ? "" : " only compute");
  }

  // Without what they can do.
  void put_names(std::string_view before, std::span<const SurfaceEntry* const> entries,
                 std::string_view after) {
    if (entries.empty()) return;
    std::vector<std::string> names;
    for (const SurfaceEntry* entry : entries) {
      if (names.size() < most_names) names.push_back(name_of(*entry));
    }
    const std::string more = entries.size() > names.size()
                                 ? fmt::format(" and {} more", entries.size() - names.size())
                                 : "";
    const std::string_view verb =
        entries.size() == 1 && after == " only compute" ? " only computes" : after;
    paragraph("    ", fmt::format("{}{}{}{}", before, fmt::join(names, ", "), more, verb));
  }

  static std::string name_of(const SurfaceEntry& entry) {
    if (entry.files_count == 0 && entry.kind == to_string(ExecutorKind::main)) {
      return entry.name + " (not in the package)";
    }
    // A name such as "main" stands for several exports: the file tells them apart.
    if (entry.files_count != 1 || entry.files.empty() || entry.kind == "reached") return entry.name;
    const bool is_named = entry.name.find(entry.files.front()) != std::string::npos;
    return is_named ? entry.name : fmt::format("{} {}", entry.name, entry.files.front());
  }

  void put_entry(const SurfaceEntry& entry) {
    std::string rest = entry.command.empty() ? "" : cut(entry.command, 2 * target_bytes) + "  ";
    const std::size_t others =
        entry.reached_count - std::min(entry.reached_count, entry.files_count);
    if (others > 0) rest += fmt::format("(and {} from there)  ", counted_files(others));
    rest += spot_of(entry.place);
    paragraph("    " + name_of(entry) + "  ", rest, indent.size(), Ink::bold);
    if (entry.capabilities.empty()) paragraph(indent, "nothing but computing was seen");
    const auto same = std::ranges::find_if(told_, [&](const SurfaceEntry* told) {
      return !entry.capabilities.empty() && told->capabilities == entry.capabilities;
    });
    if (same != told_.end()) return paragraph(indent, "all that " + name_of(**same) + " does");
    told_.push_back(&entry);
    for (const SurfaceCapability& capability : entry.capabilities) put_capability(capability);
  }

  void put_capability(const SurfaceCapability& capability) {
    const std::string_view name = to_string(capability.capability);
    const Ink ink = !capability.at_load               ? Ink::dim
                    : is_grave(capability.capability) ? Ink::red
                                                      : Ink::yellow;
    std::vector<std::string> targets;
    for (const SurfaceAct& act : capability.acts) {
      if (targets.size() == most_targets) break;
      std::string target = target_of(act, capability.capability);
      if (std::ranges::find(targets, target) == targets.end()) targets.push_back(std::move(target));
    }
    const std::string spot = capability.acts.empty() ? "" : spot_of(capability.acts.front().place);
    const std::string more =
        capability.count > 1 ? fmt::format("{} and {} more", spot, capability.count - 1) : spot;
    const bool is_decoded = !capability.acts.empty() && capability.acts.front().place.layer;
    paragraph(fmt::format("{}{:<19}", indent, name),
              fmt::format("{}{}{}  {}", fmt::join(targets, ", "), is_decoded ? " (decoded)" : "",
                          capability.at_load ? "" : " (when called)", more),
              0, ink);
  }

  void put_bundled() {
    std::vector<std::string> names(
        surface_.bundled.begin(),
        surface_.bundled.begin() +
            static_cast<std::ptrdiff_t>(std::min(most_names, surface_.bundled.size())));
    const std::string more =
        surface_.bundled_count > names.size()
            ? fmt::format(" and {} more", surface_.bundled_count - names.size())
            : "";
    text_ += '\n';
    paragraph("  Bundled with it  ", fmt::format("{}{}", fmt::join(names, ", "), more));
  }

  const ReportedSurface& surface_;
  const TextStyle& style_;
  std::vector<const SurfaceEntry*> told_;
  std::string text_;
};

}  // namespace

std::string surface_text(const ReportedSurface& surface, const TextStyle& style) {
  return SurfaceText(surface, style).write();
}

}  // namespace assay
