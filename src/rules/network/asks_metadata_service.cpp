#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !runs_uncalled(action)) continue;
    if (destination_of(action.target).kind != HostKind::metadata_service) continue;
    findings.add(at_install(action) ? Severity::critical : Severity::high, action.where,
                 sentence("asks the metadata service " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule asks_metadata_service = {
    .id = "asks-metadata-service",
    .title = "The package asks the cloud machine's metadata service",
    .why =
        "On a cloud machine that address hands out the machine's credentials to whoever asks. "
        "Installing or importing a package is no reason to ask.",
    .harmless_when =
        "A cloud vendor's library asks it for its user's own credentials when it is "
        "called.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script asks for the machine's data",
     .expect = "setup.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import requests
from setuptools import setup
data = requests.get("http://169.254.169.254/latest/user-data").text
setup(name="widget", version="1.0.0")
)"},
    {.name = "a cloud library asks when it is called", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import requests
def region():
    return requests.get("http://169.254.169.254/latest/meta-data/placement/region").text
)"},
};
extern const std::span<const Sample> asks_metadata_service_samples = samples;
#endif

}  // namespace assay::rules
