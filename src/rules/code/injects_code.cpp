#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::inject_code || !is_shipped(action)) continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::low, action.where,
                 sentence("runs machine code through " + shown(action.api), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule injects_code = {
    .id = "injects-code",
    .title = "The package writes machine code into memory and runs it",
    .why = "Shell code in executable memory is a program that no file shows.",
    .harmless_when =
        "Debuggers, emulators and instrumentation do this to a process that their "
        "user names.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module runs a buffer as code",
     .expect = "widget/__init__.py:4",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import ctypes
code = bytearray(b"\x90\x90\xc3")
kernel = ctypes.windll.kernel32
place = kernel.VirtualAlloc(0, len(code), 0x3000, 0x40)
kernel.RtlMoveMemory(place, bytes(code), len(code))
kernel.CreateThread(0, 0, place, 0, 0, 0)
)"},
    {.name = "a library asks the system for a window title",
     .expect = silent,
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import ctypes
def title():
    return ctypes.windll.user32.GetForegroundWindow()
)"},
};
extern const std::span<const Sample> injects_code_samples = samples;
#endif

}  // namespace assay::rules
