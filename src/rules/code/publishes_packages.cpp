#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_setup_command(const Facts& facts, const Action& action) {
  // `python setup.py publish` by hand: the branch that runs it asks for its argument.
  return contains(action.target, "twine") && facts.file(action.where).path.ends_with("setup.py");
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action) || !publishes(action.target)) continue;
    if (is_setup_command(facts, action)) continue;
    findings.add(action.where, sentence("runs \"" + shown(action.target) + "\"", action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule publishes_packages = {
    .id = "publishes-packages",
    .title = "The package publishes packages while it is installed",
    .why =
        "Code that publishes with whatever token it finds is a worm: it spreads to every "
        "package of its victim.",
    .harmless_when = "Release tools publish when their user starts them.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook publishes", .expect = "index.js:3", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const {execSync} = require("child_process");
for (const name of ["a", "b"]) {
  execSync("npm publish --access public", {cwd: name});
}
)"},
    {.name = "a setup script uploads when it is told to",
     .expect = silent,
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
import sys
from setuptools import setup
if sys.argv[-1] == "publish":
    os.system("twine upload dist/*")
    sys.exit()
setup(name="widget", version="1.0.0")
)"},
    {.name = "a release tool publishes when called", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const {execSync} = require("child_process");
exports.release = () => execSync("npm publish");
)"},
};
extern const std::span<const Sample> publishes_packages_samples = samples;
#endif

}  // namespace assay::rules
