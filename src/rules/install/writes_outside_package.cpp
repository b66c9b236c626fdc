#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_cache(std::string_view path) {
  const std::string normal = normal_path(path);
  return contains(normal, "cache") || contains(normal, "/.npm") || contains(normal, "/tmp/");
}

bool is_program(std::string_view path) {
  static constexpr std::string_view endings[] = {".exe", ".bat", ".cmd", ".vbs", ".ps1", ".py",
                                                 ".pyw", ".scr", ".js",  ".jar", ".dll"};
  return std::ranges::any_of(
      endings, [&](std::string_view ending) { return ends_with_ignoring_case(path, ending); });
}

bool is_system(std::string_view path) {
  const std::string normal = normal_path(path);
  return normal.starts_with("/etc/") || normal.starts_with("/usr/") ||
         normal.starts_with("c:/windows");
}

Severity severity_of(const Facts& facts, const Action& action) {
  const bool is_python = facts.file(action.where).kind == FileKind::python;
  if (is_system(action.target)) return Severity::high;
  if (is_program(action.target)) return is_python ? Severity::high : Severity::medium;
  // What is installed is copied by pip; the script that builds it has no business in a home folder.
  return is_python && action.target_complete ? Severity::high
         : is_python                         ? Severity::medium
                                             : Severity::low;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::write_file || !at_install(action)) continue;
    if (!is_outside_package(action.target) || is_cache(action.target)) continue;
    if (path_kind(action.target) != PathKind::ordinary) continue;
    findings.add(severity_of(facts, action), action.where,
                 sentence("writes to " + shown(action.target), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule writes_outside_package = {
    .id = "writes-outside-package",
    .title = "Installing the package writes outside of it",
    .why = "An installer has its own folder. Files elsewhere stay when the package is removed.",
    .harmless_when =
        "Downloads are cached in the user's cache folder, git hooks are installed in "
        "the project's repository.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script leaves a file at home",
     .expect = "setup.py:6",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
from setuptools import setup
from setuptools.command.install import install
path = os.path.join(os.path.expanduser("~"), "widget.txt")
with open(path, "w") as file:
    file.write("hello")
setup(name="widget", version="1.0.0")
)"},
    {.name = "a setup script writes its version file", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
with open("widget/version.py", "w") as file:
    file.write("version = '1.0.0'")
setup(name="widget", version="1.0.0")
)"},
};
extern const std::span<const Sample> writes_outside_package_samples = samples;
#endif

}  // namespace assay::rules
