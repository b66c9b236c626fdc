#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Archives that say what they are.
constexpr std::string_view honest[] = {".zip", ".egg", ".whl", ".pyz", ".jar"};

// The file of the package that an entry of the import path names; empty when it names none.
std::string file_on_path(const Facts& facts, const Action& action) {
  constexpr std::string_view own = "<package>/";
  std::string path = replace_all(action.target, "\\", "/");
  if (!path.starts_with(own)) return {};
  path = path.substr(own.size());
  return facts.package->find(path) == nullptr ? std::string() : path;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    const bool extends_path =
        action.act == Act::load_module &&
        (action.api.starts_with("sys.path.") || action.api == "site.addsitedir" ||
         action.api == "zipimport.zipimporter");
    if (!extends_path || !is_shipped(action)) continue;
    const std::string path = file_on_path(facts, action);
    const bool is_honest = std::ranges::any_of(
        honest, [&](std::string_view ending) { return ends_with_ignoring_case(path, ending); });
    if (path.empty() || is_honest) continue;
    findings.add(
        runs_uncalled(action) ? Severity::critical : Severity::high, action.where,
        sentence("imports code from " + shown(path) + ", which is named like data,", action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule imports_from_data_file = {
    .id = "imports-from-data-file",
    .title = "Code is imported from an archive that is named like data",
    .why =
        "Python imports from ZIP files whatever their name. One that is named like a picture or "
        "a marker file holds code that no tool which goes by names will read.",
    .harmless_when = "Nothing does this: an archive of modules can be called one.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a marker file is put on the import path",
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
import sys
sys.path.insert(0, f"{os.path.dirname(__file__)}\\widget.typed")
import widget_parts
==> widget/widget.typed
PK
)"},
    {.name = "a folder of the package is put on the import path",
     .expect = silent,
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "vendor"))
==> widget/vendor/part.py
1
)"},
};
extern const std::span<const Sample> imports_from_data_file_samples = samples;
#endif

}  // namespace assay::rules
