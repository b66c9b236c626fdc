#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (!metadata.trust_loss) return;
  const TrustLoss& loss = *metadata.trust_loss;
  // One release with proof may have been a trial; a row of them is how the project works.
  const bool was_habit = loss.streak >= 3;
  const std::string now =
      loss.now == Trust::none ? "no provenance" : std::string(to_string(loss.now)) + " alone";
  findings.add(
      was_habit ? Severity::high : Severity::medium, Where{},
      "has " + now + ", and " + shown(loss.before_version) + " before it had " +
          (loss.before == Trust::trusted_publisher ? "a trusted publisher" : "provenance"));
}

}  // namespace

extern constinit const Rule trust_downgraded = {
    .id = "trust-downgraded",
    .title = "It was made with less proof of origin than releases before it",
    .why =
        "Who steals a token publishes from another machine: the provenance or the trusted "
        "publisher of earlier releases is then missing.",
    .harmless_when = "A release that its maintainer made by hand because the pipeline was broken.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "provenance is gone", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"dist": {"signatures": [{"keyid": "k", "sig": "c2ln"}], "attestations": {"provenance": {"predicateType": "p"}}}},
  "1.0.1": {"dist": {"signatures": [{"keyid": "k", "sig": "c2ln"}]}}}}
)"},
    {.name = "a trusted publisher is gone", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"_npmUser": {"name": "r", "trustedPublisher": {"id": "g"}}, "dist": {"signatures": [{"keyid": "k", "sig": "c2ln"}], "attestations": {"provenance": {"predicateType": "p"}}}},
  "1.0.1": {"_npmUser": {"name": "r"}, "dist": {"signatures": [{"keyid": "k", "sig": "c2ln"}], "attestations": {"provenance": {"predicateType": "p"}}}}}}
)"},
    {.name = "provenance as before", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"dist": {"signatures": [{"keyid": "k", "sig": "c2ln"}], "attestations": {"provenance": {"predicateType": "p"}}}},
  "1.0.1": {"dist": {"signatures": [{"keyid": "k", "sig": "c2ln"}], "attestations": {"provenance": {"predicateType": "p"}}}}}}
)"},
    {.name = "a registry that serves none", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
};
extern const std::span<const Sample> trust_downgraded_samples = samples;
#endif

}  // namespace assay::rules
