#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Not for the project that is being installed, but for every shell of the machine.
bool is_for_machine(std::string_view command) {
  const std::vector<std::string> words = words_of(command);
  return program_of(command) != "pip" && std::ranges::any_of(words, [](const std::string& word) {
           return word == "-g" || word == "--global" || word == "global";
         });
}

Severity severity_of(const Facts& facts, const Action& action, std::string_view specification) {
  if (contains(specification, "://") || specification.starts_with("git+")) {
    const bool is_shady = is_shady_origin(destination_of(specification).kind);
    return is_shady ? Severity::critical : Severity::high;
  }
  // What a package needs it declares; a setup script that runs pip goes behind the resolver's back.
  const bool is_python = facts.file(action.where).kind == FileKind::python;
  if (is_python && at_install(action)) return Severity::high;
  if (is_for_machine(action.target)) return Severity::high;
  if (action.hidden || is_python) return Severity::medium;
  return moment_of(action) == Moment::import ? Severity::medium : Severity::low;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action)) continue;
    const std::string specification = installed_package(action.target);
    if (specification.empty() || specification == "." || specification.starts_with("./")) continue;
    findings.add(severity_of(facts, action, specification), action.where,
                 sentence("installs " + shown(specification), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule installs_another_package = {
    .id = "installs-another-package",
    .title = "The package installs other packages by command",
    .why =
        "What is fetched by a command appears in no list of dependencies, and no lock file "
        "holds its version.",
    .harmless_when = "A bootstrap of a build tool; better declared as a build requirement.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module installs from an address when imported",
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
os.system("pip install https://packages.example.test/other-1.0.0-py3-none-any.whl -q")
)"},
    {.name = "a helper installs when asked", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
import sys
def install(name):
    subprocess.check_call([sys.executable, "-m", "pip", "install", name])
)"},
};
extern const std::span<const Sample> installs_another_package_samples = samples;
#endif

}  // namespace assay::rules
