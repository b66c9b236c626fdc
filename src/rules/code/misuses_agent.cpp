#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action)) continue;
    if (!runs_unasking_agent(action.target)) continue;
    findings.add(action.where, sentence("starts \"" + shown(action.target) + "\"", action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule misuses_agent = {
    .id = "misuses-agent",
    .title = "The package starts a coding agent with its questions switched off",
    .why =
        "An agent on the victim's machine finds and reads secrets as its instructions say, and "
        "nobody is asked.",
    .harmless_when = "A tool that drives agents does so when its user starts it.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook sets an agent loose",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const {execSync} = require("child_process");
execSync("claude --dangerously-skip-permissions -p 'list files'");
)"},
    {.name = "an agent's version is asked for", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const {execSync} = require("child_process");
execSync("claude --version");
)"},
};
extern const std::span<const Sample> misuses_agent_samples = samples;
#endif

}  // namespace assay::rules
