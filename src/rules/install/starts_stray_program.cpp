#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || moment_of(action) < Moment::import || !action.target_complete)
      continue;
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
};
extern const std::span<const Sample> starts_stray_program_samples = samples;
#endif

}  // namespace assay::rules
