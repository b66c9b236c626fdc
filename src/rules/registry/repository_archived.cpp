#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.health || !facts.health->archived || !*facts.health->archived) return;
  findings.add(Where{}, "names a repository that was archived: nobody works on it any more");
}

}  // namespace

extern constinit const Rule repository_archived = {
    .id = "repository-archived",
    .title = "The repository was archived",
    .why =
        "Nobody will repair what is found in it, and a release after that day did not come from "
        "the repository.",
    .harmless_when = "Software that is finished.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "archived", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "ann/widget"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //forge/repos/ann/widget
{"archived": true}
)"},
    {.name = "alive", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "ann/widget"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //forge/repos/ann/widget
{"archived": false}
)"},
};
extern const std::span<const Sample> repository_archived_samples = samples;
#endif

}  // namespace assay::rules
