#include <fmt/format.h>

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/commands.h"
#include "report/wrap.h"
#include "rules/measured.h"
#include "rules/rule.h"
#include "verdict/verdict.h"

namespace assay {
namespace {

std::string_view meaning_of(Severity severity) {
  switch (severity) {
    case Severity::info: return "good to know; never changes a verdict";
    case Severity::low: return "unusual, and harmless alone";
    case Severity::medium: return "several different ones together ask for a review";
    case Severity::high: return "asks for a review alone; two different ones block";
    case Severity::critical: return "blocks alone";
  }
  return "";
}

}  // namespace

ExitCode run_explain(const std::string& id, const World& world) {
  const auto found = std::ranges::find(all_rules(), id, &Rule::id);
  if (found == all_rules().end()) {
    if (id.starts_with("yara:") || id.starts_with("house:")) {
      complain(
          fmt::format("'{}' would be a rule of yours: 'assay rules' with --yara or --house-rules "
                      "lists it, and its file explains it",
                      escape_for_display(id, 80)));
      return ExitCode::usage;
    }
    std::vector<std::string> ids;
    for (const Rule* rule : all_rules()) ids.emplace_back(rule->id);
    complain(fmt::format("there is no rule '{}'{} 'assay rules' lists them all",
                         escape_for_display(id, 80), did_you_mean(id, ids)));
    return ExitCode::usage;
  }
  const Rule& rule = **found;
  const std::size_t width = world.terminal.width;
  fmt::print("{}\n\n", rule.id);
  fmt::print("{}", wrap("", rule.title, width));
  fmt::print("\n{}", wrap("Severity        ",
                          fmt::format("{}, weight {}: {}", to_string(rule.severity),
                                      weight_of(rule.severity), meaning_of(rule.severity)),
                          width));
  fmt::print("{}", wrap("Why it matters  ", rule.why, width));
  fmt::print("{}", wrap("Harmless when   ", rule.harmless_when, width));
  fmt::print("{}", wrap("Measured        ", tell_measured(rule.id), width));
  return ExitCode::clean;
}

}  // namespace assay
