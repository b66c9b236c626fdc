#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view shells[] = {"sh", "bash", "zsh", "dash", "cmd", "powershell", "pwsh"};
constexpr std::string_view desktop[] = {"calc", "notepad", "mspaint", "gnome-calculator", "xcalc"};

bool is_in(std::span<const std::string_view> list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

// `python <computed path>` without a window: a script that is not the package's own.
bool starts_unseen_script(const Facts& facts, const Action& action) {
  if (!action.hidden || facts.file(action.where).kind != FileKind::python) return false;
  const std::vector<std::string> words = words_of(action.target);
  if (words.size() != 2 || !contains(words[1], hole)) return false;
  const std::string program = program_of(action.target);
  return program.starts_with("python") || program == "wscript" || program == "cscript";
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || moment_of(action) < Moment::import) continue;
    if (starts_unseen_script(facts, action)) {
      findings.add(Severity::high, action.where,
                   sentence("starts a script outside the package, unseen,", action), action.steps);
    }
    if (!action.target_complete) continue;
    const std::vector<std::string> words = words_of(action.target);
    if (words.size() != 1) continue;
    const std::string program = program_of(action.target);
    // A shell with a pipe into it is another rule's business.
    const bool is_alone = !action.through_shell && action.data.empty() &&
                          (at_install(action) || facts.file(action.where).kind == FileKind::python);
    const bool is_empty_shell = is_in(shells, program) && is_alone;
    if (!is_empty_shell && !is_in(desktop, program)) continue;
    findings.add(is_empty_shell || at_install(action) ? Severity::high : Severity::medium,
                 action.where, sentence("starts " + shown(program), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule starts_stray_program = {
    .id = "starts-stray-program",
    .title = "The package starts a shell or a desktop program that nobody asked for",
    .why =
        "A calculator or an empty shell at installation or import does nothing for the "
        "package: it shows that code runs, or waits for whoever is connected.",
    .harmless_when = "A terminal program starts a shell when its user starts it.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module starts a shell when imported",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
subprocess.call("/bin/sh", shell=True)
)"},
    {.name = "a module starts a tool with arguments", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import subprocess
from setuptools import setup
subprocess.check_call(["bash", "configure.sh"])
setup(name="widget", version="1.0.0")
)"},
    {.name = "a module starts a script of the working folder, unseen",
     .expect = "widget/__init__.py:4",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import subprocess
import sys
subprocess.Popen([sys.executable, os.getcwd() + "/" + os.getlogin() + ".py"], stdout=subprocess.DEVNULL)
)"},
};
extern const std::span<const Sample> starts_stray_program_samples = samples;
#endif

}  // namespace assay::rules
