#include <string_view>

#include "rules/conditions.h"
#include "rules/rule.h"
#include "rules/wallet_addresses.h"

namespace assay::rules {
namespace {

bool asks_network(const Action& action) { return is_network(action.act) && at_install(action); }

void check(const Facts& facts, Findings& findings) {
  const Beside askers(facts, asks_network);
  for (const Action& action : facts.actions) {
    if (action.act != Act::exit_process || action.trigger != Trigger::install) continue;
    if (action.in_test || action.where.layer >= 0 || askers(action) == nullptr) continue;
    if (wallet_addresses_in(facts.file(action.where).bytes) == 0) continue;
    findings.add(action.where, "ends the installation unless a server agrees, and names a wallet");
  }
}

}  // namespace

extern constinit const Rule demands_payment = {
    .id = "demands-payment",
    .title = "Installing the package fails unless somebody paid",
    .why =
        "A hook that asks a server and ends the installation, beside the address of a wallet, "
        "holds every project for ransom that already depends on the package.",
    .harmless_when = "None is known: licences are checked when a program is used.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook asks for money", .expect = "gate.js:4", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "node gate.js"}}
==> gate.js
fetch("https://pay.example.test/verify").then((answer) => {
  if (answer.ok) return;
  console.error("Send 0.1 to 0x00000000000000000000000000000000000000b1");
  process.exit(1);
});
)"},
    {.name = "an installer gives up without the network",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "node gate.js"}}
==> gate.js
fetch("https://downloads.example.test/widget").then((answer) => {
  if (!answer.ok) process.exit(1);
});
)"},
};
extern const std::span<const Sample> demands_payment_samples = samples;
#endif

}  // namespace assay::rules
