#include <optional>
#include <set>
#include <string>

#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  std::set<std::string> asked;
  const Action* first = nullptr;
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action)) continue;
    const std::optional<std::string> probe = machine_probe(action.target);
    if (!probe) continue;
    asked.insert(*probe);
    if (first == nullptr || (at_install(action) && !at_install(*first))) first = &action;
  }
  if (first == nullptr) return;
  Severity severity = at_install(*first) ? Severity::medium : Severity::low;
  if (asked.size() > 1) severity = at_install(*first) ? Severity::high : Severity::medium;
  std::string names;
  for (const std::string& name : asked) names += (names.empty() ? "" : ", ") + name;
  findings.add(severity, first->where, sentence("runs " + shown(names), *first), first->steps);
}

}  // namespace

extern constinit const Rule probes_machine = {
    .id = "probes-machine",
    .title = "The package asks who and where it is while nobody called it",
    .why =
        "whoami, ipconfig, systeminfo and tasklist tell an intruder whose machine was reached. "
        "Builds ask for compilers and versions instead.",
    .harmless_when = "A diagnostic tool asks when its user starts it.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install hook looks around", .expect = "index.js:2", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const {execSync} = require("child_process");
const user = execSync("whoami");
const net = execSync("ipconfig /all");
console.log(user, net);
)"},
    {.name = "an installer asks for the kernel", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const {execSync} = require("child_process");
console.log(execSync("uname -a"));
)"},
};
extern const std::span<const Sample> probes_machine_samples = samples;
#endif

}  // namespace assay::rules
