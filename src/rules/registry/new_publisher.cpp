#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (!metadata.publisher_is_new || !*metadata.publisher_is_new) return;
  const bool was_asleep = metadata.quiet_before && *metadata.quiet_before >= std::chrono::days(365);
  findings.add(was_asleep ? Severity::medium : Severity::low, Where{},
               "was published by " + shown(metadata.listed()->publisher->name) +
                   ", who published none of the releases before it" +
                   (was_asleep ? ", the last more than a year earlier" : ""));
}

}  // namespace

extern constinit const Rule new_publisher = {
    .id = "new-publisher",
    .title = "An account published it that never published this package before",
    .why = "A stolen or handed over package shows first in who publishes it.",
    .harmless_when = "Teams whose members take turns, and new maintainers.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "after a long sleep", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"_npmUser": {"name": "ann"}},
  "1.0.1": {"_npmUser": {"name": "eve"}}}}
)"},
    {.name = "the same account", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"_npmUser": {"name": "ann"}},
  "1.0.1": {"_npmUser": {"name": "ann"}}}}
)"},
    {.name = "a registry that does not tell", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
};
extern const std::span<const Sample> new_publisher_samples = samples;
#endif

}  // namespace assay::rules
