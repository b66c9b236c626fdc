#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  // Two lines a day is how many projects keep their old line alive.
  if (metadata.burst.size() < 2) return;
  const bool is_strange = metadata.trust_loss || !metadata.added_hooks.empty() ||
                          (metadata.publisher_is_new && *metadata.publisher_is_new);
  std::string versions;
  for (const std::string& version : metadata.burst) {
    versions += (versions.empty() ? "" : ", ") + shown(version);
  }
  findings.add(is_strange ? Severity::medium : Severity::low, Where{},
               "came out on the same day as " + shown(versions) + " of other lines");
}

}  // namespace

extern constinit const Rule release_burst = {
    .id = "release-burst",
    .title = "Several release lines were published on one day",
    .why =
        "Who wants to reach everybody publishes an update for each line that is in use at "
        "once.",
    .harmless_when = "Security fixes that are brought to all supported lines.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "three lines at once", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z", "2.0.1": "2025-12-01T00:05:00Z", "3.0.1": "2025-12-01T00:09:00Z"},
 "versions": {"1.0.1": {}, "2.0.1": {}, "3.0.1": {}}}
)"},
    {.name = "one line", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
};
extern const std::span<const Sample> release_burst_samples = samples;
#endif

}  // namespace assay::rules
