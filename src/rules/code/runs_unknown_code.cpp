#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr Sources explained = undone | foreign | Source::asset | Source::manifest |
                              Source::local_file | Source::argument | Source::user_input |
                              Source::command_output;

bool is_computable(const Action& action) {
  return action.target_complete || !(action.target.empty() || action.target == hole);
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::run_code || !runs_uncalled(action) || is_computable(action)) continue;
    if (action.program >= 0 || action.target_from.any(explained)) continue;
    // An obfuscator's marks around it leave no doubt what it is.
    const bool is_obfuscated =
        !facts.files[static_cast<std::size_t>(action.where.file)].lexical.obfuscators.empty();
    // A library that a setup script imports evaluates expressions of its own making.
    const std::string& reached_by =
        facts.files[static_cast<std::size_t>(action.where.file)].reached_by;
    const bool is_installer = at_install(action) && !reached_by.starts_with("imported by");
    findings.add(is_installer || is_obfuscated ? Severity::high : Severity::medium, action.where,
                 sentence("runs a text that could not be computed", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule runs_unknown_code = {
    .id = "runs-unknown-code",
    .title = "Code runs uncalled whose text cannot be computed",
    .why =
        "A setup script or module that runs a text which nothing in the package explains keeps "
        "its contents from every reader. What cannot be computed here was made so that it "
        "cannot.",
    .harmless_when =
        "A version file or template is read and run; then its origin is known and "
        "this rule is silent.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script runs what a custom cipher gives",
     .expect = "setup.py:4",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import cipherlib
from setuptools import setup
key = b"0000"
exec(cipherlib.Box(key).open(b"AAAA"))
setup(name="widget", version="1.0.0")
)"},
    {.name = "a setup script runs its version file", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
about = {}
with open("widget/version.py") as file:
    exec(file.read(), about)
setup(name="widget", version=about["version"])
==> widget/version.py
version = "1.0.0"
)"},
};
extern const std::span<const Sample> runs_unknown_code_samples = samples;
#endif

}  // namespace assay::rules
