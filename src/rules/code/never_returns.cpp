#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::endless_loop) continue;
    const Moment moment = moment_of(action);
    if (moment != Moment::import && moment != Moment::install) continue;
    findings.add(action.where, sentence("loops without an end", action), action.steps);
  }
}

}  // namespace

extern constinit const Rule never_returns = {
    .id = "never-returns",
    .title = "Importing the package never returns",
    .why =
        "A loop without an end at the top of a module stops every program that imports it. "
        "Maintainers have done this to their users in protest.",
    .harmless_when = "A program, not a library: its file is started, not imported.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module loops when it is imported",
     .expect = "index.js:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
for (;;) {
  console.log("hello");
}
)"},
    {.name = "a loop ends, another is in a function",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
for (let i = 0; i < 3; i++) console.log(i);
exports.serve = (next) => { for (;;) next(); };
)"},
};
extern const std::span<const Sample> never_returns_samples = samples;
#endif

}  // namespace assay::rules
