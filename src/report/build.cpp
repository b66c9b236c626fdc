#include <algorithm>
#include <map>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "report/places.h"
#include "report/report.h"

namespace assay {
namespace {

const Rule* rule_of(std::string_view id, std::span<const Rule* const> rules) {
  const auto found = std::ranges::find(rules, id, &Rule::id);
  CHECK(found != rules.end());
  return *found;
}

// Without line and content hash, so that it survives a new version; with the count of like ones
// before it, so that it is unique in a report.
std::string fingerprint(const ReportedFinding& finding, std::map<std::string, int>& seen) {
  std::string sight(finding.rule->id);
  sight += '\n' + finding.place.path + '\n' + finding.place.excerpt.text;
  if (finding.place.layer) sight += '\n' + finding.place.layer->excerpt.text;
  const int before = seen[sight]++;
  return hash_hex(HashKind::sha256, sight + '\n' + std::to_string(before)).substr(0, 32);
}

ReportedFinding reported(const Finding& finding, const Facts& facts, Places& places,
                         std::span<const Rule* const> rules) {
  ReportedFinding result;
  result.rule = rule_of(finding.rule, rules);
  result.severity = finding.severity;
  result.place = places.place(finding.where);
  result.message = shown(finding.message);
  for (const Step& step : finding.steps) {
    result.steps.push_back({places.place(step.where), shown(step.what)});
  }
  result.file_sha256 = places.file_sha256(finding.where);
  const auto file = static_cast<std::size_t>(finding.where.file);
  if (places.has_file(finding.where) && file < facts.files.size()) {
    result.trigger = facts.files[file].trigger;
    result.reached_by = escape_for_display(facts.files[file].reached_by);
  }
  return result;
}

// By what it was asked for, else by what it calls itself.
PackageId identity_of(const Facts& facts) {
  const PackageId& known = facts.package->id;
  if (!known.name.empty()) return known;
  if (facts.npm && !facts.npm->name.empty()) {
    return {Ecosystem::npm, facts.npm->name, facts.npm->version};
  }
  if (facts.python && facts.python->metadata && !facts.python->metadata->name.empty()) {
    return {Ecosystem::pypi, facts.python->metadata->name, facts.python->metadata->version};
  }
  return known;
}

}  // namespace

Report build_report(const Facts& facts, std::span<const Finding> findings, Verdict verdict,
                    std::span<const Rule* const> rules) {
  const Package& package = *facts.package;
  Report report;
  report.target = package.source;
  report.archive = package.source;
  const PackageId id = identity_of(facts);
  report.id = {id.ecosystem, escape_for_display(id.name), escape_for_display(id.version)};
  report.purl = id.purl();
  report.kind = package.kind;
  report.sha256 = package.sha256;
  report.archive_bytes = package.archive_bytes;
  report.files = package.files.size();

  Places places(facts);
  std::map<std::string, int> seen;
  for (const Finding& finding : findings) {
    report.findings.push_back(reported(finding, facts, places, rules));
    report.findings.back().fingerprint = fingerprint(report.findings.back(), seen);
  }
  for (const Excepted& excepted : verdict.excepted) {
    report.findings[excepted.finding].excepted = escape_for_display(excepted.reason);
  }
  for (const Gap& gap : facts.gaps) {
    report.gaps.push_back({gap.kind, escape_for_display(gap.path), shown(gap.reason)});
  }
  report.verdict = std::move(verdict);
  return report;
}

std::string identifier(std::string_view words) { return replace_all(std::string(words), " ", "-"); }

Report failed_report(std::string target, const Error& error) {
  Report report;
  report.target = target;
  report.archive = std::move(target);
  report.verdict.complete = false;
  report.error = Error{error.kind, shown(error.message)};
  return report;
}

}  // namespace assay
