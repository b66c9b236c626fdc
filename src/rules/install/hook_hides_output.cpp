#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Both streams, or the whole command in the background; errors alone are often silenced.
bool hides_everything(std::string_view command) {
  const std::string text = replace_all(to_lower_ascii(command), " ", "");
  const bool is_silent = (contains(text, ">/dev/null2>&1") || contains(text, "&>/dev/null") ||
                          contains(text, ">nul2>&1") || contains(text, ">/dev/null2>/dev/null"));
  const std::string_view end = trim(command);
  const bool is_background = end.ends_with('&') && !end.ends_with("&&");
  return is_silent || is_background;
}

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    if (executor.kind != ExecutorKind::npm_script || executor.trigger != Trigger::install) continue;
    if (!hides_everything(executor.command)) continue;
    findings.add(executor.where, "runs \"" + shown(executor.command) + "\" in its " +
                                     shown(executor.name) + " hook");
  }
}

}  // namespace

extern constinit const Rule hook_hides_output = {
    .id = "hook-hides-output",
    .title = "An install hook throws its output away",
    .why =
        "What a hook prints is all that its user sees of it. A hook that hides everything has "
        "something to hide.",
    .harmless_when = "A hook that silences one noisy tool, and only that tool's errors.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook runs its main file unseen",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "node index.js > /dev/null 2>&1"}}
==> index.js
console.log("hello");
)"},
    {.name = "a hook shows what it does", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
console.log("hello");
)"},
};
extern const std::span<const Sample> hook_hides_output_samples = samples;
#endif

}  // namespace assay::rules
