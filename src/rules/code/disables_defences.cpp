#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !is_shipped(action)) continue;
    if (!weakens_defences(action.target)) continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::medium, action.where,
                 sentence("runs \"" + shown(action.target) + "\"", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule disables_defences = {
    .id = "disables-defences",
    .title = "The package switches off what protects the machine",
    .why =
        "Excluding folders from the virus scanner, stopping the firewall or deleting backups "
        "only helps what comes next.",
    .harmless_when = "An administration tool does what its user told it to.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module excludes a folder from the scanner",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
os.system("powershell Add-MpPreference -ExclusionPath C:/Sample")
)"},
    {.name = "a module asks for the system's name", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
def name():
    os.system("uname -a")
)"},
};
extern const std::span<const Sample> disables_defences_samples = samples;
#endif

}  // namespace assay::rules
