#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view well_known[] = {
    "requests", "urllib3",       "boto3",         "botocore",   "numpy",  "pandas",     "django",
    "flask",    "cryptography",  "pip",           "setuptools", "wheel",  "certifi",    "idna",
    "os",       "sys",           "json",          "ssl",        "socket", "subprocess", "base64",
    "hashlib",  "random",        "logging",       "typing",     "urllib", "http",       "email",
    "asyncio",  "ctypes",        "threading",     "re",         "shutil", "time",       "site",
    "builtins", "sitecustomize", "usercustomize", "paramiko",   "yaml",   "jwt"};

// yaml is PyYAML's and jwt is PyJWT's.
bool is_owner(std::string_view name, std::string_view module) {
  return contains(name, module) || (module == "yaml" && contains(name, "yaml")) ||
         (module == "jwt" && contains(name, "jwt"));
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.python || !facts.python->metadata) return;
  const std::string name = normalise_pypi_name(facts.python->metadata->name);
  for (const std::string& module : facts.python->top_level) {
    if (std::ranges::find(well_known, module) == std::end(well_known) || is_owner(name, module))
      continue;
    findings.add(place(facts, facts.python->metadata->path),
                 "is named " + shown(name) + " and brings a module named " + shown(module));
  }
}

}  // namespace

extern constinit const Rule claims_foreign_module = {
    .id = "claims-foreign-module",
    .title = "The distribution brings a module that belongs to another project or to Python",
    .why =
        "Installed beside or over the real one, it is imported in its place by every program "
        "on the machine.",
    .harmless_when = "A fork that replaces the original on purpose and says so in its name.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a package brings its own requests",
     .expect = "widget-1.0.0.dist-info/METADATA:1",
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> widget-1.0.0.dist-info/top_level.txt
requests
==> requests/__init__.py
version = "1.0.0"
)"},
    {.name = "a package brings its own module",
     .expect = silent,
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> widget-1.0.0.dist-info/top_level.txt
widget
==> widget/__init__.py
version = "1.0.0"
)"},
};
extern const std::span<const Sample> claims_foreign_module_samples = samples;
#endif

}  // namespace assay::rules
