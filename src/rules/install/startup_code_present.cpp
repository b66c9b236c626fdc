#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    if (executor.kind == ExecutorKind::pth_line) {
      findings.add(executor.where,
                   "runs \"" + shown(executor.command) + "\" at every start of Python");
    } else if (executor.kind == ExecutorKind::site_customize) {
      findings.add(Severity::medium, executor.where,
                   "puts its own code into every start of Python");
    }
  }
}

}  // namespace

extern constinit const Rule startup_code_present = {
    .id = "startup-code-present",
    .title = "The package adds code to every start of the interpreter",
    .why =
        "Import lines of .pth files and sitecustomize.py run in every Python program on the "
        "machine.",
    .harmless_when = "Namespace packages, coverage tools and editable installs use such lines.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a wheel holds a sitecustomize module",
     .expect = "sitecustomize.py:1",
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> sitecustomize.py
print("hello")
)"},
    {.name = "a wheel holds a package only",
     .expect = silent,
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> widget/__init__.py
print("hello")
)"},
};
extern const std::span<const Sample> startup_code_present_samples = samples;
#endif

}  // namespace assay::rules
