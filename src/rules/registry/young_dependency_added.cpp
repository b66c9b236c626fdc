#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  const Known<std::chrono::seconds> age = metadata.project_age();
  // Young projects are made of young parts.
  if (!metadata.new_dependencies || !age || *age < std::chrono::days(180)) return;
  const Time then = metadata.listed()->published.value_or(metadata.now);
  for (const NewDependency& dependency : *metadata.new_dependencies) {
    if (!dependency.first_published) continue;
    const std::chrono::seconds before = then - *dependency.first_published;
    if (before >= std::chrono::days(14)) continue;
    const bool runs_code = dependency.install_script && *dependency.install_script;
    findings.add(runs_code ? Severity::high : Severity::medium, place(facts, "package.json"),
                 "now depends on " + shown(dependency.name) + ", which was " + format_span(before) +
                     " old" + (runs_code ? " and runs code when it is installed" : ""));
  }
}

}  // namespace

extern constinit const Rule young_dependency_added = {
    .id = "young-dependency-added",
    .title = "The update depends on a package that has only just appeared",
    .why =
        "A stolen package often stays as it was and brings in a new one, made for the purpose"
        " days before.",
    .harmless_when = "A project that split a part of itself off.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a dependency of yesterday", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {"dependencies": {"plain-part": "^1"}}}}
==> //npm/plain-part.json
{"name": "plain-part", "time": {"created": "2025-11-30T00:00:00Z", "1.0.0": "2025-11-30T00:00:00Z"},
 "versions": {"1.0.0": {"hasInstallScript": true}}}
)"},
    {.name = "a dependency of many years", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {"dependencies": {"plain-part": "^1"}}}}
==> //npm/plain-part.json
{"name": "plain-part", "time": {"created": "2015-11-30T00:00:00Z", "1.0.0": "2015-11-30T00:00:00Z"}, "versions": {"1.0.0": {}}}
)"},
};
extern const std::span<const Sample> young_dependency_added_samples = samples;
#endif

}  // namespace assay::rules
