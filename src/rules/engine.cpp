#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "rules/rule.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 5> severity_names = {"info", "low", "medium", "high",
                                                            "critical"};

bool is_graver(const Finding& a, const Finding& b) {
  return std::tie(b.severity, a.rule, a.where, a.message) <
         std::tie(a.severity, b.rule, b.where, b.message);
}

// The same words about the same file are one sight, told at its first place.
void drop_repetitions(std::vector<Finding>& list) {
  std::set<std::pair<std::int32_t, std::string>> told;
  std::vector<Finding> kept;
  for (Finding& finding : list) {
    if (!told.emplace(finding.where.file, finding.message).second) continue;
    kept.push_back(std::move(finding));
  }
  list = std::move(kept);
}

}  // namespace

std::string_view to_string(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severity_from(std::string_view text) {
  const auto found = std::ranges::find(severity_names, text);
  if (found == severity_names.end()) return std::nullopt;
  return static_cast<Severity>(found - severity_names.begin());
}

void Findings::add(const Where& where, std::string message, std::vector<Step> steps) {
  add(rule_->severity, where, std::move(message), std::move(steps));
}

void Findings::add(Severity severity, const Where& where, std::string message,
                   std::vector<Step> steps) {
  list_.push_back({rule_->id, severity, where, std::move(message), std::move(steps)});
}

void keep_best(std::vector<Finding>& findings, std::size_t most) {
  std::ranges::sort(findings, is_graver);
  drop_repetitions(findings);
  if (findings.size() > most) findings.resize(most);
}

void sort_findings(std::vector<Finding>& findings) { std::ranges::sort(findings, is_graver); }

std::vector<Finding> run_rules(std::span<const Rule* const> rules, const Facts& facts,
                               std::size_t most_per_rule) {
  std::vector<Finding> all;
  for (const Rule* rule : rules) {
    Findings findings(*rule);
    rule->check(facts, findings);
    std::vector<Finding> list = findings.take();
    keep_best(list, most_per_rule);
    std::ranges::move(list, std::back_inserter(all));
  }
  sort_findings(all);
  return all;
}

}  // namespace assay
