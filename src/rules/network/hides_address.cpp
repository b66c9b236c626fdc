#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Keeps a download under a name that a click or an interpreter starts.
bool drops_program(const Action& action) {
  constexpr std::string_view endings[] = {".py",  ".pyw", ".js",  ".exe", ".scr", ".bat", ".cmd",
                                          ".ps1", ".vbs", ".msi", ".dll", ".jar", ".sh"};
  return action.act == Act::write_file && action.data.any(foreign) &&
         std::ranges::any_of(endings, [&](std::string_view ending) {
           return ends_with_ignoring_case(action.target, ending);
         });
}

Severity severity_of(const Action& action, const Beside& drops) {
  if (action.opted_in && !action.data.any(secrets | identity)) return Severity::low;
  switch (moment_of(action)) {
    case Moment::install:
    case Moment::startup: return Severity::critical;
    case Moment::import: return Severity::high;
    default:
      if (action.act == Act::fetch && drops(action) != nullptr) return Severity::high;
      return action.act == Act::send && !action.data.empty() ? Severity::medium : Severity::low;
  }
}

// The host stands in plain text, and only the rest was computed. Texts are searched for so many
// hosts only; beyond that a package is strange enough.
bool is_visible(const Facts& facts, const Action& action, std::string_view host, int& searches) {
  if (searches-- <= 0) return false;
  const std::string_view text =
      action.where.layer < 0 ? facts.file(action.where).bytes
                             : facts.layers[static_cast<std::size_t>(action.where.layer)].text;
  return contains_ignoring_case(text, host);
}

void check(const Facts& facts, Findings& findings) {
  const Beside drops(facts, drops_program);
  int searches = 50;
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || !is_shipped(action)) continue;
    if (!action.target_from.any(undone) || action.target_from.any(foreign)) continue;
    const Destination destination = destination_of(action.target);
    if (destination.kind == HostKind::local || destination.kind == HostKind::unknown) continue;
    if (is_visible(facts, action, destination.host, searches)) continue;
    findings.add(
        severity_of(action, drops), action.where,
        sentence("contacts " + shown_target(action) + ", which is stored encoded,", action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule hides_address = {
    .id = "hides-address",
    .title = "The package hides an address that it contacts",
    .why =
        "An address that is stored encoded is hidden from search and from reviewers. There is "
        "nothing to protect in an address that the program contacts in the open.",
    .harmless_when = "A test or a code generator that keeps sample data encoded.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module decodes the address that it fetches",
     .expect = "index.js:3",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
const address = Buffer.from("aHR0cHM6Ly9jb2xsZWN0LmV4YW1wbGUudGVzdC9h", "base64").toString();
https.get(address, (response) => response.resume());
)"},
    {.name = "an address is joined from its parts", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
const host = "api.example.test";
exports.get = (path) => https.get("https://" + host + "/v1/" + path);
)"},
};
extern const std::span<const Sample> hides_address_samples = samples;
#endif

}  // namespace assay::rules
