#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm) return;
  for (const std::size_t i : facts.unmentioned_dependencies) {
    const NpmDependency& dependency = facts.npm->dependencies[i];
    findings.add(place(facts, facts.npm->path, dependency.where.begin, dependency.where.end),
                 "depends on " + shown(dependency.name) + " and never mentions it");
  }
}

}  // namespace

extern constinit const Rule phantom_dependency = {
    .id = "phantom-dependency",
    .title = "A dependency is declared and never imported",
    .why =
        "A dependency that no file uses is there for what its installation does. A hijacked "
        "release of a popular package brought its payload in that way.",
    .harmless_when =
        "Left over, built into a bundle, or wanted for its programs: so common that alone it "
        "means nothing. New in a release it does.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a dependency that no file imports",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "dependencies": {"plain-gadget": "^4.2.1"}}
==> index.js
module.exports = 1;
)"},
    {.name = "a dependency in use", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "dependencies": {"plain-gadget": "^4.2.1"}}
==> index.js
module.exports = require("plain-gadget");
)"},
};
extern const std::span<const Sample> phantom_dependency_samples = samples;
#endif

}  // namespace assay::rules
