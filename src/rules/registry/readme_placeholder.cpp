#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata || !facts.metadata->documentation) return;
  const Documentation& documentation = *facts.metadata->documentation;
  if (documentation.placeholder.empty() || documentation.words >= 150) return;
  findings.add(place(facts, documentation.source),
               "says \"" + shown(documentation.placeholder) + "\" and little more");
}

}  // namespace

extern constinit const Rule readme_placeholder = {
    .id = "readme-placeholder",
    .title = "The README is a template that nobody filled in",
    .why = "Packages that are published to be there, or to be found, are not described.",
    .harmless_when = "A name that is reserved by its owner.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a template", .expect = "README.md:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> README.md
# widget
Add your description here
==> //npm/widget.json
{"name": "widget", "versions": {}}
)"},
    {.name = "a description", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> README.md
# widget
Adds widgets to a page.
==> //npm/widget.json
{"name": "widget", "versions": {}}
)"},
};
extern const std::span<const Sample> readme_placeholder_samples = samples;
#endif

}  // namespace assay::rules
