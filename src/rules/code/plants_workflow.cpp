#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::write_file || !runs_uncalled(action)) continue;
    if (path_kind(action.target) != PathKind::workflow) continue;
    findings.add(action.where, sentence("writes the workflow " + shown(action.target), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule plants_workflow = {
    .id = "plants-workflow",
    .title = "The package writes a continuous integration workflow",
    .why =
        "A workflow runs with a repository's secrets. A package that writes one while it is "
        "installed or imported sends them to itself later.",
    .harmless_when = "A project generator writes workflows when its user starts it.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook writes a workflow",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const fs = require("fs");
fs.writeFileSync("../../.github/workflows/check.yml", "on: push");
)"},
    {.name = "a generator writes one when started", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const fs = require("fs");
exports.init = (folder) => fs.writeFileSync(folder + "/.github/workflows/test.yml", "on: push");
)"},
};
extern const std::span<const Sample> plants_workflow_samples = samples;
#endif

}  // namespace assay::rules
