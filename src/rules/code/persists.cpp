#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(const Facts& facts, const Action& action, PathKind kind) {
  if (runs_uncalled(action)) {
    // Command line tools add completions there, and are wrong to, but that is no attack.
    return kind == PathKind::shell_start ? Severity::high : Severity::critical;
  }
  // A script that nothing starts sets a service up for whoever runs it by hand.
  const FileKind file = facts.file(action.where).kind;
  if (file == FileKind::shell || file == FileKind::batch || file == FileKind::powershell) {
    return Severity::info;
  }
  return action.data.any(foreign | undone) ? Severity::critical : Severity::info;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_shipped(action)) continue;
    if (action.act == Act::write_file || action.act == Act::move_file) {
      const PathKind kind = path_kind(action.target);
      if (!is_persistent(kind)) continue;
      const Severity severity = severity_of(facts, action, kind);
      if (severity == Severity::info) continue;
      findings.add(
          severity, action.where,
          sentence("writes to " + std::string(to_string(kind)) + ", " + shown(action.target) + ",",
                   action),
          action.steps);
    } else if (is_process(action.act) && runs_uncalled(action) &&
               registers_autostart(action.target)) {
      findings.add(action.where, sentence("runs \"" + shown(action.target) + "\"", action),
                   action.steps);
    }
  }
}

}  // namespace

extern constinit const Rule persists = {
    .id = "persists",
    .title = "The package arranges to be run again",
    .why =
        "An autostart entry, a scheduled task, a line in a shell's start file or a key in "
        "authorized_keys outlives the package and its removal.",
    .harmless_when =
        "A service manager or a tool that sets up its own completion or agent when "
        "its user asks for it.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script writes to the startup folder",
     .expect = "setup.py:5",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
from setuptools import setup
folder = os.path.join(os.getenv("APPDATA"), "Microsoft", "Windows", "Start Menu", "Programs", "Startup")
with open(os.path.join(folder, "update.bat"), "w") as file:
    file.write("echo hello")
setup(name="widget", version="1.0.0")
)"},
    {.name = "an install hook adds a cron job",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const {execSync} = require("child_process");
execSync("crontab /tmp/jobs");
)"},
    {.name = "a tool installs its service when asked", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
def enable(name):
    with open(os.path.expanduser("~/.config/systemd/user/" + name), "w") as file:
        file.write("[Service]")
)"},
};
extern const std::span<const Sample> persists_samples = samples;
#endif

}  // namespace assay::rules
