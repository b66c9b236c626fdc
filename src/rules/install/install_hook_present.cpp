#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    const bool is_hook =
        (executor.kind == ExecutorKind::npm_script && executor.trigger == Trigger::install) ||
        executor.kind == ExecutorKind::implicit_gyp;
    if (!is_hook) continue;
    const std::string command = executor.command.empty() ? "" : ": " + shown(executor.command);
    findings.add(executor.where, "has the install hook " + shown(executor.name) + command);
  }
}

}  // namespace

extern constinit const Rule install_hook_present = {
    .id = "install-hook-present",
    .title = "The package runs code when it is installed",
    .why =
        "Whoever installs it runs its code at once, with all rights of the user, before any of "
        "it can be looked at.",
    .harmless_when =
        "Native add-ons are compiled or fetched this way; most packages need no "
        "hook.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a package compiles an add-on",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"install": "node-gyp rebuild"}}
)"},
    {.name = "a package has a build script for its developers",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"build": "tsc", "test": "mocha"}}
)"},
};
extern const std::span<const Sample> install_hook_present_samples = samples;
#endif

}  // namespace assay::rules
