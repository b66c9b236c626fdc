#include <cstdint>
#include <set>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Layers whose own code reaches out of the language.
std::set<std::int32_t> acting_layers(const Facts& facts) {
  std::set<std::int32_t> layers;
  for (const Action& action : facts.actions) {
    if (is_network(action.act) || is_run(action.act)) layers.insert(action.where.layer);
  }
  return layers;
}

Severity severity_of(const Facts& facts, const Action& action,
                     const std::set<std::int32_t>& acting) {
  if (!runs_uncalled(action)) return Severity::high;
  if (at_install(action) || action.target_from.has(Source::decrypted)) return Severity::critical;
  // Undecodable, nested, or with its hands on the system.
  if (action.program < 0) return Severity::critical;
  const Layer& layer = facts.layers[static_cast<std::size_t>(action.program)];
  const bool is_python = layer.kind == Layer::Kind::python;
  return is_python || layer.depth > 1 || acting.contains(action.program) ? Severity::critical
                                                                         : Severity::high;
}

std::string how_of(const Facts& facts, const Action& action) {
  if (action.program < 0) return "";
  const std::string& how = facts.layers[static_cast<std::size_t>(action.program)].how;
  return how.empty() ? "" : " (" + shown(how) + ")";
}

void check(const Facts& facts, Findings& findings) {
  const std::set<std::int32_t> acting = acting_layers(facts);
  const HiddenCode hidden(facts);
  for (const Action& action : facts.actions) {
    if (action.act != Act::run_code || !is_shipped(action)) continue;
    if (!action.target_from.any(undone)) continue;
    // What came from elsewhere in its encoded form was not stored by the package.
    const bool is_given =
        action.target_from.any(Source::argument | Source::user_input | Source::local_file);
    if (is_given && !runs_uncalled(action)) continue;
    const Severity severity =
        hidden.is_idle(action) ? Severity::low : severity_of(facts, action, acting);
    findings.add(severity, action.where,
                 sentence("runs code that was stored encoded" + how_of(facts, action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule runs_decoded_code = {
    .id = "runs-decoded-code",
    .title = "The package runs code that it had encoded or encrypted",
    .why =
        "Code that is stored encoded and run with eval or exec exists to be overlooked: "
        "neither a search nor a reviewer sees what it does.",
    .harmless_when =
        "A self-extracting installer or a bundler's inlined module whose decoded "
        "text is ordinary library code. What was decoded whole and does nothing uncalled weighs "
        "little.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script executes base64", .expect = "setup.py:3", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import base64
from setuptools import setup
exec(base64.b64decode("cHJpbnQoImhlbGxvIik="))
setup(name="widget", version="1.0.0")
)"},
    {.name = "a module evaluates a decoded string through an alias",
     .expect = "index.js:2",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const run = globalThis["ev" + "al"];
run(Buffer.from("cmVxdWlyZSgiY2hpbGRfcHJvY2VzcyIpLmV4ZWMoInVuYW1lIik7", "base64").toString());
)"},
    {.name = "a template is compiled from plain text", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
template = "def f(x):\n    return x + {0}\n".format(1)
exec(template)
)"},
    {.name = "data is decoded and parsed, not run", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.table = JSON.parse(Buffer.from("eyJhIjogMX0=", "base64").toString());
)"},
};
extern const std::span<const Sample> runs_decoded_code_samples = samples;
#endif

}  // namespace assay::rules
