#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm || facts.npm->name.empty()) return;
  for (const NpmDependency& dependency : facts.npm->dependencies) {
    if (dependency.group != NpmDependencyGroup::dependencies) continue;
    if (dependency.name != facts.npm->name || dependency.kind == NpmSpecKind::file) continue;
    findings.add(place(facts, facts.npm->path, dependency.where.begin, dependency.where.end),
                 "requires its own name, " + shown(dependency.name));
  }
}

}  // namespace

extern constinit const Rule depends_on_itself = {
    .id = "depends-on-itself",
    .title = "The package depends on itself",
    .why =
        "A package that requires its own name from the registry was made to stand in for "
        "another of that name.",
    .harmless_when = "A slip of a release script.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a package requires its own name",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "dependencies": {"widget": "^0.9.0"}}
)"},
    {.name = "a package requires its types", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "dependencies": {"@types/widget": "^1.0.0"}}
)"},
};
extern const std::span<const Sample> depends_on_itself_samples = samples;
#endif

}  // namespace assay::rules
