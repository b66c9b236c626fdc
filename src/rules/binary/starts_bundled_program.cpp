#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_opaque(FileKind kind) {
  return kind == FileKind::native || kind == FileKind::batch || kind == FileKind::powershell;
}

std::string base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return to_lower_ascii(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

struct Bundled {
  std::set<std::string> programs, libraries;  // names without folders
};

Bundled bundled_in(const Package& package) {
  Bundled bundled;
  for (const File& file : package.files) {
    const bool is_library = file.kind == FileKind::native &&
                            (file.path.ends_with(".dll") || contains(file.path, ".so") ||
                             file.path.ends_with(".dylib") || file.path.ends_with(".node") ||
                             file.path.ends_with(".pyd"));
    if (!is_opaque(file.kind)) continue;
    (is_library ? bundled.libraries : bundled.programs).insert(base_name(file.path));
  }
  return bundled;
}

// `rundll32 native.dll,main`: a system program lends its name to a library.
bool lends_name(const Bundled& bundled, const std::vector<std::string>& words) {
  static constexpr std::string_view lenders[] = {"rundll32", "regsvr32", "odbcconf", "mavinject"};
  const std::string program = words.empty() ? "" : program_of(words[0]);
  if (std::ranges::find(lenders, program) == std::end(lenders)) return false;
  return std::ranges::any_of(words, [&](const std::string& word) {
    return bundled.libraries.contains(base_name(word.substr(0, word.find(','))));
  });
}

void check(const Facts& facts, Findings& findings) {
  const Bundled bundled = bundled_in(*facts.package);
  const std::set<std::string>& programs = bundled.programs;
  if (programs.empty() && bundled.libraries.empty()) return;
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action)) continue;
    const std::vector<std::string> words = words_of(action.target);
    if (lends_name(bundled, words)) {
      findings.add(
          Severity::critical, action.where,
          sentence("has \"" + shown(action.target) + "\" load a library of the package", action),
          action.steps);
      continue;
    }
    const auto found = std::ranges::find_if(
        words, [&](const std::string& word) { return programs.contains(base_name(word)); });
    if (found == words.end()) continue;
    // Builds run batch files of their own; importing a module runs none.
    const bool is_script = !ends_with_ignoring_case(*found, ".exe");
    const bool is_python = facts.file(action.where).kind == FileKind::python;
    const bool is_grave = is_python && !(is_script && at_install(action));
    findings.add(is_grave ? Severity::high : Severity::medium, action.where,
                 sentence("starts " + shown(*found) + " of the package", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule starts_bundled_program = {
    .id = "starts-bundled-program",
    .title = "The package starts a program that it brings along, uncalled",
    .why =
        "The program runs when the package is installed or imported, and what it does cannot "
        "be read.",
    .harmless_when = "An installer that tries out the tool which the package is for.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module starts a batch file of its own",
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
folder = os.path.dirname(__file__)
os.system(os.path.join(folder, "update.bat"))
==> widget/update.bat
echo hello
)"},
    {.name = "a tool is started when asked", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
def run():
    os.system(os.path.join(os.path.dirname(__file__), "update.bat"))
==> widget/update.bat
echo hello
)"},
};
extern const std::span<const Sample> starts_bundled_program_samples = samples;
#endif

}  // namespace assay::rules
