#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  const HiddenCode hidden(facts);
  for (const Action& action : facts.actions) {
    if (action.act != Act::run_code || !is_shipped(action)) continue;
    if (!action.target_from.has(Source::asset) || !action.target_from.any(undone)) continue;
    const Severity severity = hidden.is_idle(action)  ? Severity::low
                              : runs_uncalled(action) ? Severity::critical
                                                      : Severity::high;
    findings.add(severity, action.where,
                 sentence("decodes a file of the package and runs it", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule runs_asset_payload = {
    .id = "runs-asset-payload",
    .title = "The package runs code out of a file that is not code",
    .why =
        "Code inside an image, a font or a data file passes reviews that look at source files "
        "only.",
    .harmless_when = "A version file that a setup script executes is code by its name.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module decodes an image and runs it",
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
exec(base64.b64decode(open(os.path.join(os.path.dirname(__file__), "logo.png"), "rb").read()[8:]))
==> widget/logo.png
cHJpbnQoMSk=
)"},
    {.name = "a setup script executes its version file", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
about = {}
exec(open("widget/version.py").read(), about)
setup(name="widget", version=about["version"])
==> widget/version.py
version = "1.0.0"
)"},
};
extern const std::span<const Sample> runs_asset_payload_samples = samples;
#endif

}  // namespace assay::rules
