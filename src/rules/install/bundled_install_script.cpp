#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    if (executor.kind != ExecutorKind::bundled_script) continue;
    findings.add(executor.where, "holds a bundled package whose " + shown(executor.name) +
                                     " hook runs \"" + shown(executor.command) + "\"");
  }
}

}  // namespace

extern constinit const Rule bundled_install_script = {
    .id = "bundled-install-script",
    .title = "A bundled dependency has an install hook",
    .why =
        "Packages inside node_modules of the archive are installed with it, and their hooks "
        "run, but no registry lists them.",
    .harmless_when = "A command line tool that ships its tested dependencies.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a bundled package has a hook",
     .expect = "node_modules/inner/package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "dependencies": {"inner": "1.0.0"}, "bundledDependencies": ["inner"]}
==> node_modules/inner/package.json
{"name": "inner", "version": "1.0.0", "scripts": {"postinstall": "node run.js"}}
==> node_modules/inner/run.js
console.log("hello");
)"},
    {.name = "a bundled package has none", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "dependencies": {"inner": "1.0.0"}, "bundledDependencies": ["inner"]}
==> node_modules/inner/package.json
{"name": "inner", "version": "1.0.0"}
)"},
};
extern const std::span<const Sample> bundled_install_script_samples = samples;
#endif

}  // namespace assay::rules
