#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(const Action& action) {
  const bool takes_something = outflow(action).any(secrets | identity | stores);
  switch (moment_of(action)) {
    case Moment::install:
    case Moment::startup: return Severity::critical;
    case Moment::import: return takes_something ? Severity::critical : Severity::high;
    default: return takes_something && action.act == Act::send ? Severity::medium : Severity::low;
  }
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || action.act == Act::resolve || !is_shipped(action)) continue;
    if (destination_of(action.target).kind != HostKind::raw_address) continue;
    findings.add(severity_of(action), action.where,
                 sentence("contacts the bare address " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule contacts_bare_address = {
    .id = "contacts-bare-address",
    .title = "The package contacts a bare IP address",
    .why =
        "A public address without a name cannot be checked by a certificate, and changes "
        "hands. Published software names its servers.",
    .harmless_when =
        "The address is a documented resolver or test network, or the user typed it "
        "in.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook posts to an address",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const http = require("http");
http.get("http://192.0.2.10:8080/hello");
)"},
    {.name = "a module downloads from an address when imported",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import requests
code = requests.get("http://192.0.2.10/key").text
)"},
    {.name = "loopback and private addresses are one's own",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const http = require("http");
http.get("http://127.0.0.1:9000/health");
http.get("http://10.0.0.2/health");
)"},
};
extern const std::span<const Sample> contacts_bare_address_samples = samples;
#endif

}  // namespace assay::rules
