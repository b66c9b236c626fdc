#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata || !facts.metadata->documentation) return;
  const Documentation& documentation = *facts.metadata->documentation;
  if (documentation.shows_use || documentation.installs.empty()) return;
  findings.add(place(facts, documentation.source),
               "tells to install " + shown(documentation.installs.front()) +
                   " and does not show how this package is used");
}

}  // namespace

extern constinit const Rule readme_of_another = {
    .id = "readme-of-another",
    .title = "The README tells to install another package and never this one",
    .why = "A copy of a known package carries that package's README.",
    .harmless_when = "Forks and parts of a larger project that share one README.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "another package's README", .expect = "README.md:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> README.md
# gadget
Run npm install gadget first.
==> //npm/widget.json
{"name": "widget", "versions": {}}
)"},
    {.name = "its own README", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> README.md
# widget
Run npm install widget first.
==> //npm/widget.json
{"name": "widget", "versions": {}}
)"},
};
extern const std::span<const Sample> readme_of_another_samples = samples;
#endif

}  // namespace assay::rules
