#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_temporary(std::string_view path) {
  const std::string normal = normal_path(path);
  return contains(normal, "%temp%") || contains(normal, "/tmp/") ||
         contains(normal, "appdata/local/temp") || contains(normal, "c:/users/public");
}

// Decoded text was written somewhere, and an interpreter starts unseen on something: the same.
bool starts_unseen(const Action& action) {
  static constexpr std::string_view interpreters[] = {
      "", "python", "python3", "pythonw", "node", "wscript", "cscript", "powershell", "sh", "bash"};
  const std::vector<std::string> words = words_of(action.target);
  const bool is_vague =
      !action.target_complete || (words.size() < 3 && (words.size() < 2 || words[1].empty()));
  return action.hidden && is_vague &&
         std::ranges::find(interpreters, program_of(action.target)) != std::end(interpreters);
}

bool runs_windows_script(const Action& action) {
  return std::ranges::any_of(words_of(action.target), [](std::string_view word) {
    return ends_with_ignoring_case(word, ".vbs") || ends_with_ignoring_case(word, ".vbe") ||
           ends_with_ignoring_case(word, ".bat") || ends_with_ignoring_case(word, ".cmd") ||
           ends_with_ignoring_case(word, ".ps1");
  });
}

bool writes_decoded(const Action& action) {
  return action.act == Act::write_file && runs_uncalled(action) && action.data.any(undone);
}

Severity severity_of(const Action& action, const Written& decoded, const Beside& writers) {
  if (decoded.is_started_by(action)) return Severity::critical;
  if (starts_unseen(action) && writers(action) != nullptr) return Severity::critical;
  if (action.program < 0 || !is_temporary(action.target)) return Severity::info;
  if (runs_windows_script(action)) return Severity::high;
  return action.hidden ? Severity::high : Severity::medium;
}

void check(const Facts& facts, Findings& findings) {
  const Written decoded(facts, undone);
  const Beside writers(facts, writes_decoded);
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action)) continue;
    const Severity severity = severity_of(action, decoded, writers);
    if (severity == Severity::info) continue;
    findings.add(
        severity, action.where,
        sentence("writes a script and runs it as \"" + shown(action.target) + "\"", action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule drops_and_runs_script = {
    .id = "drops-and-runs-script",
    .title = "The package writes a script to a temporary folder and runs it",
    .why =
        "Moving code to another file and another process takes it out of sight of whoever "
        "watches the package, and lets it outlive the import.",
    .harmless_when = "A build helper that compiles a small test program in a temporary folder.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module drops a script and starts it unseen",
     .expect = "widget/__init__.py:5",
     .bundle = R"x(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
path = "/tmp/.update.py"
with open(path, "w") as file:
    file.write("print('hello')")
subprocess.Popen(["python3", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
)x"},
    {.name = "a script of the package is run when asked",
     .expect = silent,
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
import sys
def main(path):
    subprocess.run([sys.executable, path])
)"},
};
extern const std::span<const Sample> drops_and_runs_script_samples = samples;
#endif

}  // namespace assay::rules
