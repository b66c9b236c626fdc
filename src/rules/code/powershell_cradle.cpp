#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !is_shipped(action)) continue;
    if (!is_powershell_cradle(action.target)) continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::medium, action.where,
                 sentence("starts \"" + shown(action.target) + "\"", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule powershell_cradle = {
    .id = "powershell-cradle",
    .title = "The package starts PowerShell that hides, decodes or downloads",
    .why =
        "Encoded commands, hidden windows and download-and-run one-liners are how droppers use "
        "PowerShell; a package has no need of them.",
    .harmless_when =
        "A library that asks PowerShell for a fact with -EncodedCommand built at run "
        "time, or a tool that prints such a line as instructions.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script starts an encoded command in a hidden window",
     .expect = "setup.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import subprocess
from setuptools import setup
subprocess.Popen("powershell -WindowStyle Hidden -EncodedCommand ZQBjAGgAbwA=", shell=True)
setup(name="widget", version="1.0.0")
)"},
    {.name = "PowerShell is asked for a version", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const {execSync} = require("child_process");
exports.version = () => execSync("powershell -Command $PSVersionTable.PSVersion.Major");
)"},
};
extern const std::span<const Sample> powershell_cradle_samples = samples;
#endif

}  // namespace assay::rules
