#include <chrono>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.name || !facts.name->is_flagged) return;
  // Without an age it may be as old as the package that it resembles.
  const bool has_age = facts.metadata && facts.metadata->project_age();
  findings.add(has_age ? Severity::high : Severity::medium, Where{},
               "has a name like a better known one: " + facts.name->relations.front().evidence);
}

}  // namespace

extern constinit const Rule name_imitates = {
    .id = "name-imitates",
    .title = "The name imitates a better known one",
    .why =
        "Whoever mistypes the known name, or is shown this one, installs it in place of the known "
        "package.",
    .harmless_when =
        "A fork or a port by the same people, which the registry's record shows, or a name that "
        "is near by chance.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "two letters swapped, new, by somebody else",
     .expect = "package",
     .bundle = R"(==> package.json
{"name": "widgetarain", "version": "1.0.0"}
==> //package
npm widgetarain 1.0.0
==> //names/npm
widgetarian
==> //npm/widgetarain.json
{"name": "widgetarain", "time": {"created": "2026-01-01T00:00:00Z", "1.0.0": "2026-01-01T00:00:00Z"}, "versions": {"1.0.0": {}},
 "maintainers": [{"name": "eve"}]}
==> //npm/widgetarian.json
{"name": "widgetarian", "versions": {"1.0.0": {}}, "maintainers": [{"name": "ann"}]}
)"},
    {.name = "the same people", .expect = silent, .bundle = R"(==> package.json
{"name": "widgetarain", "version": "1.0.0"}
==> //package
npm widgetarain 1.0.0
==> //names/npm
widgetarian
==> //npm/widgetarain.json
{"name": "widgetarain", "time": {"created": "2026-01-01T00:00:00Z", "1.0.0": "2026-01-01T00:00:00Z"}, "versions": {"1.0.0": {}},
 "maintainers": [{"name": "ann"}]}
==> //npm/widgetarian.json
{"name": "widgetarian", "versions": {"1.0.0": {}}, "maintainers": [{"name": "ann"}]}
)"},
    {.name = "a name of its own", .expect = silent, .bundle = R"(==> package.json
{"name": "left-shelf", "version": "1.0.0"}
==> //package
npm left-shelf 1.0.0
==> //names/npm
widgetarian
)"},
};
extern const std::span<const Sample> name_imitates_samples = samples;
#endif

}  // namespace assay::rules
