#include <algorithm>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  const Known<std::chrono::seconds> age = metadata.project_age();
  if (!age || *age >= std::chrono::days(30)) return;
  const bool runs_code = std::ranges::any_of(facts.executors, [](const Executor& executor) {
    return executor.trigger == Trigger::install && executor.kind != ExecutorKind::setup_py;
  });
  findings.add(runs_code ? Severity::medium : Severity::low, Where{},
               "was first published " + format_span(*age) + " ago" +
                   (runs_code ? " and runs code when it is installed" : ""));
}

}  // namespace

extern constinit const Rule young_project = {
    .id = "young-project",
    .title = "The project is younger than a month",
    .why =
        "Most malicious packages are found within days of their first release, and live no "
        "longer.",
    .harmless_when = "Everything begins once.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "two weeks old", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2026-01-01T00:00:00Z", "1.0.1": "2026-01-01T00:00:00Z"}, "versions": {"1.0.1": {}}}
)"},
    {.name = "two years old", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
};
extern const std::span<const Sample> young_project_samples = samples;
#endif

}  // namespace assay::rules
