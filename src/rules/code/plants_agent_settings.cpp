#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::write_file || !runs_uncalled(action)) continue;
    if (path_kind(action.target) != PathKind::agent_settings) continue;
    findings.add(action.where, sentence("writes to " + shown(action.target), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule plants_agent_settings = {
    .id = "plants-agent-settings",
    .title = "The package changes what an editor or a coding agent runs or believes",
    .why =
        "Tasks, hooks, tool servers and instructions of editors and agents run with their "
        "user's rights and look like the user's own.",
    .harmless_when = "A tool that registers itself with an editor when its user asks for it.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook adds a tool server to an agent",
     .expect = "index.js:3",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const fs = require("fs");
const os = require("os");
fs.writeFileSync(os.homedir() + "/.cursor/mcp.json", "{}");
)"},
    {.name = "a tool registers itself when asked", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const fs = require("fs");
exports.register = (home) => fs.writeFileSync(home + "/.cursor/mcp.json", "{}");
)"},
};
extern const std::span<const Sample> plants_agent_settings_samples = samples;
#endif

}  // namespace assay::rules
