#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

using Kind = ManifestDifference::Kind;

Severity severity_of(const ManifestDifference& difference) {
  switch (difference.kind) {
    case Kind::name:
    case Kind::version: return Severity::high;
    // What the archive does not have cannot run.
    case Kind::install_script:
      return difference.packaged.empty() ? Severity::medium : Severity::high;
    case Kind::hidden_dependency:
    case Kind::added_dependency:
    case Kind::command: return Severity::medium;
    case Kind::changed_dependency: return Severity::low;
  }
  return Severity::low;
}

std::string quoted(const std::string& text) {
  return text.empty() ? "nothing" : "'" + shown(text) + "'";
}

std::string described(const ManifestDifference& difference) {
  return "has " + quoted(difference.packaged) + " for " + shown(difference.what) +
         ", and the registry lists " + quoted(difference.listed);
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata || !facts.metadata->manifest_differences) return;
  for (const ManifestDifference& difference : *facts.metadata->manifest_differences) {
    findings.add(severity_of(difference), place(facts, "package.json"), described(difference));
  }
}

}  // namespace

extern constinit const Rule manifest_confusion = {
    .id = "manifest-confusion",
    .title = "The registry lists another manifest than the archive has",
    .why =
        "Clients resolve dependencies by the registry's copy and run what the archive says, "
        "and reviewers see only one of the two: what differs is hidden from somebody.",
    .harmless_when = "Publishing tools that rewrite a manifest after packing it.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install script that the registry does not show",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "scripts": {"postinstall": "node setup.js"}}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {"name": "widget", "version": "1.0.1"}}}
)"},
    {.name = "a dependency that only the registry names",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {"name": "widget", "version": "1.0.1", "dependencies": {"other": "^1"}}}}
)"},
    {.name = "the same manifest twice", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {"name": "widget", "version": "1.0.1", "scripts": {"test": "t"}}}}
)"},
};
extern const std::span<const Sample> manifest_confusion_samples = samples;
#endif

}  // namespace assay::rules
