#include <string>
#include <string_view>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

struct Trick {
  GapKind kind;
  Severity severity;
  std::string_view words;
};

constexpr Trick tricks[] = {
    {GapKind::unsafe_path, Severity::medium, "has a path that leaves the package"},
    {GapKind::duplicate, Severity::low, "has two members of one name"},
    {GapKind::bomb, Severity::medium, "unpacks to far more than it should"},
    {GapKind::encrypted, Severity::medium, "has an encrypted member"},
    {GapKind::polyglot, Severity::medium, "is two formats at once"},
    {GapKind::wrong_type, Severity::low, "has contents that are not what its name says"},
};

void check(const Facts& facts, Findings& findings) {
  for (const Gap& gap : facts.gaps) {
    for (const Trick& trick : tricks) {
      if (gap.kind != trick.kind) continue;
      findings.add(
          trick.severity, place(facts, gap.path),
          std::string(trick.words) + ": " + shown(gap.path.empty() ? gap.reason : gap.path));
    }
  }
}

}  // namespace

extern constinit const Rule archive_tricks = {
    .id = "archive-tricks",
    .title = "The archive is built to be read in more than one way",
    .why =
        "Two members of one name, paths that leave the package, or two formats at once show a "
        "scanner one thing and an installer another.",
    .harmless_when = "Archives made by unusual or broken tools.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "two members have one name", .expect = "index.js:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
==> index.js
exports.a = 2;
)"},
    {.name = "every member has its own", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
)"},
};
extern const std::span<const Sample> archive_tricks_samples = samples;
#endif

}  // namespace assay::rules
