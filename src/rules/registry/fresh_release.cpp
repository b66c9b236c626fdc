#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  const Known<std::chrono::seconds> age = metadata.age();
  if (!age || *age >= std::chrono::days(7)) return;
  findings.add(Where{}, "was published " + format_span(*age) + " ago");
}

}  // namespace

extern constinit const Rule fresh_release = {
    .id = "fresh-release",
    .title = "The release is younger than a week",
    .why =
        "Stolen accounts are found out within hours or days: who waits a week misses nearly "
        "all of it.",
    .harmless_when = "Always, once somebody has looked.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "two days old", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2026-01-13T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
    {.name = "a month old", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
};
extern const std::span<const Sample> fresh_release_samples = samples;
#endif

}  // namespace assay::rules
