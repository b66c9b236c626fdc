#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (moment_of(action) != Moment::startup) continue;
    const bool is_foreign_code =
        action.act == Act::run_code && action.target_from.any(undone | foreign);
    const bool asks_only = action.act == Act::resolve && outflow(action).empty();
    if (asks_only || (!is_network(action.act) && !is_process(action.act) && !is_foreign_code))
      continue;
    const bool is_start_file =
        facts.file(action.where).kind == FileKind::pth ||
        path_kind("/" + facts.file(action.where).path) == PathKind::interpreter_start;
    findings.add(is_start_file || is_foreign_code ? Severity::critical : Severity::high,
                 action.where, sentence("does \"" + shown(action.api) + "\"", action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule startup_acts = {
    .id = "startup-acts",
    .title = "The package acts at every start of the interpreter",
    .why =
        "A line in a .pth file, sitecustomize.py or a plug-in runs in every Python program on "
        "the machine, whether or not it uses the package.",
    .harmless_when =
        "Coverage and path helpers add such a line to set up themselves; they "
        "neither start programs nor open connections there.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a .pth line starts a program",
     .expect = "widget.pth:1",
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> widget.pth
import os; os.system("echo hello")
==> widget/__init__.py
)"},
    {.name = "a .pth line adds a folder",
     .expect = silent,
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> widget.pth
./src
==> widget/__init__.py
)"},
};
extern const std::span<const Sample> startup_acts_samples = samples;
#endif

}  // namespace assay::rules
