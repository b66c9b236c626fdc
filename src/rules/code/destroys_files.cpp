#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// In a command line the target is its arguments, options included.
bool deletes_everything(const Action& action) {
  if (is_process(action.act)) return wipes(action.target);
  if (action.act != Act::delete_file) return false;
  return action.through_shell ? wipes(action.api + " " + action.target)
                              : is_whole_tree(action.target);
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_shipped(action)) continue;
    if (!deletes_everything(action)) continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::medium, action.where,
                 sentence("deletes " + shown(action.target), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule destroys_files = {
    .id = "destroys-files",
    .title = "The package deletes whole trees or wipes disks",
    .why =
        "Deleting a home folder, a system folder or a disk is sabotage, whatever the author "
        "protests against.",
    .harmless_when = "A container or disk tool that does so on a path that its user gave.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module deletes the home folder when imported",
     .expect = "widget/__init__.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import shutil
shutil.rmtree(os.path.expanduser("~"))
)"},
    {.name = "a hook removes everything", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"postinstall": "rm -rf ~/"}}
)"},
    {.name = "a build folder is removed", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "rm -rf dist build"}}
)"},
};
extern const std::span<const Sample> destroys_files_samples = samples;
#endif

}  // namespace assay::rules
