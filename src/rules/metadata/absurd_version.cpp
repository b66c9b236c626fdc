#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_all_nines(std::string_view part) {
  return part.size() >= 2 && part.find_first_not_of('9') == std::string_view::npos;
}

bool is_absurd(std::string_view version) {
  const std::vector<std::string_view> parts =
      split(version.substr(0, version.find_first_of("-+")), '.');
  if (parts.empty()) return false;
  // 99.x, 1.999.0, 99999.1.15, 2000.0.0 and 3000.0.0, but no year and no date.
  if (is_all_nines(parts[0]) && parts[0].size() >= 2) return true;
  if (parts.size() > 1 && is_all_nines(parts[1]) && parts[1].size() >= 3) return true;
  const bool is_number =
      !parts[0].empty() && parts[0].find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_number || parts[0].size() < 4 || parts[0].size() > 7) return false;
  const bool is_year = parts[0].size() == 4 && parts[0] > "1990" && parts[0] < "2100" &&
                       !(parts[0] == "2000" && parts.size() > 1 && parts[1] == "0");
  return !is_year && parts[0].size() != 6;
}

void check(const Facts& facts, Findings& findings) {
  const bool runs_code = std::ranges::any_of(facts.executors, [](const Executor& executor) {
    return executor.trigger == Trigger::install && executor.kind != ExecutorKind::setup_py;
  });
  const Severity severity = runs_code ? Severity::medium : Severity::low;
  if (facts.npm && is_absurd(facts.npm->version)) {
    findings.add(severity, place(facts, facts.npm->path),
                 "has the version " + shown(facts.npm->version));
  }
  if (facts.python && facts.python->metadata && is_absurd(facts.python->metadata->version)) {
    findings.add(severity, place(facts, facts.python->metadata->path),
                 "has the version " + shown(facts.python->metadata->version));
  }
}

}  // namespace

extern constinit const Rule absurd_version = {
    .id = "absurd-version",
    .title = "The version is absurdly high",
    .why =
        "Dependency confusion needs the higher version to win: 99.99.99 beats whatever a "
        "company uses inside.",
    .harmless_when = "Calendar versions, and counters of nightly builds.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "all nines", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "99.99.99"}
)"},
    {.name = "a calendar version", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "2026.11.24"}
)"},
};
extern const std::span<const Sample> absurd_version_samples = samples;
#endif

}  // namespace assay::rules
