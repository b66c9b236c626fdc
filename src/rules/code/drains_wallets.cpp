#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool moves_money(std::string_view text) {
  for (const std::string_view method :
       {"sendTransaction", "eth_sign", "personal_sign", "signTransaction", "sendRawTransaction"}) {
    if (contains_ignoring_case(text, method)) return true;
  }
  return false;
}

bool speaks_to_server(const Action& action) {
  return is_network(action.act) && runs_uncalled(action) &&
         destination_of(action.target).kind != HostKind::local;
}

void check(const Facts& facts, Findings& findings) {
  const Beside servers(facts, speaks_to_server);
  for (const Action& action : facts.actions) {
    if (action.act != Act::ask_wallet || !runs_uncalled(action)) continue;
    const bool pays = moves_money(action.target) || moves_money(action.api);
    const bool is_steered = servers(action) != nullptr;
    findings.add(pays || is_steered ? Severity::critical : Severity::high, action.where,
                 sentence("asks the page's wallet for " + shown(action.target, 60), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule drains_wallets = {
    .id = "drains-wallets",
    .title = "Loading the package asks the page's wallet for accounts, signatures or payments",
    .why =
        "A drainer in a library waits in every page that loads it: it connects to the "
        "visitor's wallet and has payments signed that a server composes.",
    .harmless_when =
        "A library for wallets asks when its caller's button is pressed, not when it is loaded.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a player asks for a payment", .expect = "index.js:2", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.play = () => true;
window.ethereum.request({method: "eth_sendTransaction", params: [{to: "0x0"}]});
)"},
    {.name = "a connector asks when it is told to", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.connect = () => window.ethereum.request({method: "eth_requestAccounts"});
)"},
};
extern const std::span<const Sample> drains_wallets_samples = samples;
#endif

}  // namespace assay::rules
