#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm || facts.npm->oddities.empty()) return;
  findings.add(place(facts, facts.npm->path),
               "has an odd manifest: " + shown(facts.npm->oddities.front()));
}

}  // namespace

extern constinit const Rule odd_manifest = {
    .id = "odd-manifest",
    .title = "The manifest says something twice, or in a way that clients read differently",
    .why =
        "Where two readers disagree, a reviewer sees one package and an installer runs "
        "another.",
    .harmless_when = "A merge that went wrong.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook is written twice", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "echo a", "preinstall": "echo b"}}
)"},
    {.name = "a plain manifest", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"test": "echo a"}}
)"},
};
extern const std::span<const Sample> odd_manifest_samples = samples;
#endif

}  // namespace assay::rules
