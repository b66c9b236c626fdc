#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (metadata.added_hooks.empty() || metadata.before.empty()) return;
  // A project's first releases find their shape.
  const bool is_settled = metadata.published_releases >= 5;
  for (const std::string& hook : metadata.added_hooks) {
    findings.add(
        is_settled ? Severity::medium : Severity::low, place(facts, "package.json"),
        "runs a " + shown(hook) + " script, which " + shown(metadata.before) + " did not have");
  }
}

}  // namespace

extern constinit const Rule install_hook_added = {
    .id = "install-hook-added",
    .title = "Something new runs when this update is installed",
    .why =
        "Nearly every stolen account publishes an update with an install script that the "
        "package never had.",
    .harmless_when = "Packages that begin to compile or to fetch a program for each platform.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook in a patch release", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"scripts": {"test": "t"}},
  "1.0.1": {"scripts": {"postinstall": "node setup.js"}}}}
)"},
    {.name = "a hook that was always there", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"scripts": {"postinstall": "node a"}},
  "1.0.1": {"scripts": {"postinstall": "node b"}}}}
)"},
};
extern const std::span<const Sample> install_hook_added_samples = samples;
#endif

}  // namespace assay::rules
