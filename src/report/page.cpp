#include "report/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/section.h"

namespace assay {
namespace {

constexpr std::size_t most_reasons = 3;

struct SectionKind {
  std::string_view title;
  void (*tell)(SectionBuilder&);
};

// In the order of the page, behind the contents.
constexpr SectionKind section_kinds[] = {
    {"Name", tell_name},
    {"Advisories", tell_advisories},
    {"Publication", tell_publication},
    {"People", tell_people},
    {"Trust", tell_trust},
    {"Documentation", tell_documentation},
    {"Repository", tell_repository},
    {"Project", tell_health},
};

bool is_graver(const ReportedFinding& a, const ReportedFinding& b) {
  return a.severity > b.severity;
}

// One reason a rule: the gravest finding of it in any artifact.
std::vector<PageReason> concerns_of(const PageInput& input) {
  std::map<std::string_view, const ReportedFinding*> gravest;
  std::vector<std::string_view> order;
  for (const Report& report : input.reports) {
    for (const ReportedFinding& finding : report.findings) {
      if (finding.excepted || finding.severity == Severity::info) continue;
      const auto [at, is_new] = gravest.try_emplace(finding.rule->id, &finding);
      if (is_new) order.push_back(finding.rule->id);
      if (is_graver(finding, *at->second)) at->second = &finding;
    }
  }
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::string_view id) { return gravest[id]->severity; });
  std::vector<PageReason> reasons;
  for (const std::string_view id : order) {
    const ReportedFinding& finding = *gravest[id];
    const std::string place = finding.place.path.empty() ? "it" : finding.place.path;
    reasons.push_back(
        {fmt::format("{} {}", place, finding.message), std::string(id), finding.severity});
  }
  return reasons;
}

// "nothing bad was found" is worth what was looked at; this says what that was.
void add_comforts(const PageInput& input, std::vector<PageReason>& reasons) {
  std::size_t files = 0;
  for (const Report& report : input.reports) files += report.files;
  if (files > 0) {
    reasons.push_back({fmt::format("nothing dangerous was found in its {} files", files), "", {}});
  }
  const Known<names::Opinion>& name = input.artifacts.front()->name;
  if (name && name->rank) {
    reasons.push_back({fmt::format("it is number {} of the most downloaded", *name->rank), "", {}});
  }
  const Known<MetadataFacts>& metadata = input.artifacts.front()->metadata;
  if (!metadata) return;
  const Known<std::chrono::seconds> age = metadata->project_age();
  if (age && *age >= std::chrono::days(90)) {
    reasons.push_back({fmt::format("it has been published for {}, in {} releases",
                                   format_span(*age), metadata->published_releases),
                       "",
                       {}});
  }
  const ReleaseRecord* release = metadata->listed();
  if (release != nullptr && release->trust && *release->trust != Trust::none) {
    reasons.push_back(
        {fmt::format("the registry knows how it was made: {}", to_string(*release->trust)),
         "",
         {}});
  } else if (metadata->signature && *metadata->signature == SignatureState::verified) {
    reasons.push_back({"the registry's signature of it is good", "", {}});
  }
}

bool is_missing(const PageInput& input) {
  return input.error && input.error->kind == ErrorKind::missing;
}

Answer answer_of(const Page& page, const PageInput& input) {
  if (is_missing(input) || page.decision == Decision::block) return Answer::do_not_install;
  if (page.decision == Decision::review || !page.complete) return Answer::look_first;
  return Answer::install;
}

// What was not looked at, told with what was found in the rest.
void add_gaps(const Page& page, std::vector<PageReason>& reasons) {
  std::size_t gaps = 0;
  std::string first;
  for (const Report& report : page.artifacts) {
    gaps += report.gaps.size();
    if (!first.empty() || report.gaps.empty()) continue;
    const Gap& gap = report.gaps.front();
    first = gap.path.empty() ? gap.reason : gap.path + ": " + gap.reason;
  }
  if (gaps == 0) return;
  const std::string_view rest =
      page.decision == Decision::allow ? "nothing dangerous was found, but " : "";
  const std::string parts = gaps == 1 ? std::string("a part") : fmt::format("{} parts", gaps);
  reasons.push_back({fmt::format("{}{} of it could not be examined: {}", rest, parts, first), "",
                     Severity::medium});
}

std::vector<PageReason> reasons_of(const Page& page, const PageInput& input) {
  std::vector<PageReason> reasons;
  if (input.error) reasons.push_back({shown(input.error->message), "", Severity::high});
  std::vector<PageReason> concerns = concerns_of(input);
  // Small concerns explain no good answer.
  if (page.answer != Answer::install) std::ranges::move(concerns, std::back_inserter(reasons));
  add_gaps(page, reasons);
  std::ranges::stable_sort(reasons, std::ranges::greater{}, &PageReason::severity);
  if (page.answer == Answer::install) add_comforts(input, reasons);
  if (reasons.size() > most_reasons) reasons.resize(most_reasons);
  return reasons;
}

void take_verdicts(Page& page) {
  for (const Report& report : page.artifacts) {
    page.decision = std::max(page.decision, report.verdict.decision);
    page.complete = page.complete && report.verdict.complete && !report.error;
    page.score = std::max(page.score, report.verdict.score);
  }
  page.complete = page.complete && !page.error;
}

}  // namespace

std::string_view to_string(Answer answer) {
  switch (answer) {
    case Answer::install: return "install";
    case Answer::look_first: return "look first";
    case Answer::do_not_install: return "don't install";
  }
  return "look first";
}

std::string_view to_string(Mark mark) {
  switch (mark) {
    case Mark::plain: return "plain";
    case Mark::concern: return "concern";
    case Mark::unknown: return "unknown";
  }
  return "unknown";
}

const ReportedFinding* gravest_of(const PageInput& input,
                                  std::initializer_list<std::string_view> rules) {
  const ReportedFinding* gravest = nullptr;
  for (const Report& report : input.reports) {
    for (const ReportedFinding& finding : report.findings) {
      const bool is_of_them =
          !finding.excepted && std::ranges::find(rules, finding.rule->id) != rules.end();
      if (is_of_them && (gravest == nullptr || is_graver(finding, *gravest))) gravest = &finding;
    }
  }
  return gravest;
}

SectionBuilder::SectionBuilder(const PageInput& input, std::string title) : input_(input) {
  section_.title = std::move(title);
}

void SectionBuilder::set_source(std::string source, std::optional<Time> asked) {
  source_ = escape_for_display(source);
  asked_ = asked;
}

void SectionBuilder::tell(std::string_view label, std::string_view text,
                          std::initializer_list<std::string_view> rules) {
  mentioned_.insert(rules.begin(), rules.end());
  PageLine line;
  line.label = label;
  line.text = shown(text, 400);
  line.source = source_;
  line.asked = asked_;
  if (const ReportedFinding* finding = gravest_of(input_, rules)) {
    line.mark = Mark::concern;
    line.rule = finding->rule->id;
    line.severity = finding->severity;
    if (line.text.empty()) line.text = finding->message;
  }
  section_.lines.push_back(std::move(line));
}

void SectionBuilder::tell_concern(std::string_view label,
                                  std::initializer_list<std::string_view> rules) {
  mentioned_.insert(rules.begin(), rules.end());
  if (gravest_of(input_, rules) != nullptr) tell(label, "", rules);
}

void SectionBuilder::tell_unknown(std::string_view label, std::string_view reason) {
  section_.lines.push_back(
      {std::string(label), shown(reason, 400), Mark::unknown, "", {}, source_, asked_});
}

Page build_page(PageInput input) {
  Page page;
  page.target = escape_for_display(input.target);  // A manifest may have named it.
  page.id = {input.id.ecosystem, escape_for_display(input.id.name),
             escape_for_display(input.id.version)};
  page.purl = input.id.purl();
  page.now = input.now;
  page.error = input.error;
  if (page.error) page.error->message = shown(page.error->message);
  const Facts& facts = *input.artifacts.front();
  if (facts.metadata) page.summary = shown(facts.metadata->record.summary, 200);
  if (page.summary.empty() && facts.npm) page.summary = shown(facts.npm->description, 200);
  page.artifacts = input.reports;
  take_verdicts(page);
  page.answer = answer_of(page, input);
  page.reasons = reasons_of(page, input);

  std::set<std::string_view> mentioned;
  std::vector<PageSection> rest;
  for (const SectionKind& kind : section_kinds) {
    SectionBuilder section(input, std::string(kind.title));
    kind.tell(section);
    mentioned.insert(section.mentioned().begin(), section.mentioned().end());
    rest.push_back(section.take());
  }
  SectionBuilder contents(input, "Contents");
  tell_contents(contents, mentioned);
  page.sections.push_back(contents.take());
  for (PageSection& section : rest) {
    if (!section.lines.empty()) page.sections.push_back(std::move(section));
  }
  return page;
}

}  // namespace assay
