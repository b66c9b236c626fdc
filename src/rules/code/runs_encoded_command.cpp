#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// The program stands in plain text and only its arguments were computed. Texts are searched for so
// many words only; beyond that a package is strange enough.
bool is_visible(const Facts& facts, const Action& action, int& searches) {
  const std::vector<std::string> words = words_of(action.target);
  if (words.empty() || searches-- <= 0) return false;
  const std::string_view text =
      action.where.layer < 0 ? facts.file(action.where).bytes
                             : facts.layers[static_cast<std::size_t>(action.where.layer)].text;
  if (words[0] != hole && contains(text, words[0])) return true;
  // Where the program was searched for, or is the interpreter itself, most of its words tell.
  constexpr std::size_t looked_at = 20, telling_bytes = 12;
  std::size_t known = 0, seen = 0;
  for (std::size_t i = 1; i < std::min(words.size(), looked_at); ++i) {
    if (contains(words[i], hole)) continue;
    known += words[i].size();
    if (contains(text, words[i])) seen += words[i].size();
  }
  return known >= telling_bytes && seen * 3 >= known * 2;
}

void check(const Facts& facts, Findings& findings) {
  int searches = 50;
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !is_shipped(action) || action.through_shell) continue;
    if (!action.target_from.any(undone) || action.target_from.any(foreign)) continue;
    if (is_visible(facts, action, searches)) continue;
    const bool is_everyday_command = action.target_complete && is_everyday(action.target);
    findings.add(
        is_everyday_command     ? Severity::low
        : runs_uncalled(action) ? Severity::critical
                                : Severity::high,
        action.where,
        sentence("runs the command \"" + shown(action.target) + "\", which is stored encoded,",
                 action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule runs_encoded_command = {
    .id = "runs-encoded-command",
    .title = "The package runs a command that it had encoded or encrypted",
    .why =
        "A command line that is stored encoded hides from whoever reads the code which program "
        "is started.",
    .harmless_when = "A client that runs what its user's own configuration holds encoded.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module starts a decoded command",
     .expect = "widget/__init__.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import base64
import os
os.system(base64.b64decode("ZWNobyBoZWxsbw==").decode())
)"},
    {.name = "a command is given in plain", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
def version():
    return subprocess.check_output(["git", "--version"])
)"},
};
extern const std::span<const Sample> runs_encoded_command_samples = samples;
#endif

}  // namespace assay::rules
