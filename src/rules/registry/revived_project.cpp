#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  const Known<std::chrono::seconds> age = metadata.age();
  if (!metadata.quiet_before || *metadata.quiet_before < std::chrono::days(365) || !age) return;
  const bool is_recent = *age <= std::chrono::days(90);
  const bool by_others = (metadata.publisher_is_new && *metadata.publisher_is_new) ||
                         (metadata.joined && !metadata.joined->empty());
  const bool with_hook = !metadata.added_hooks.empty();
  const Severity severity = !is_recent               ? Severity::info
                            : by_others || with_hook ? Severity::medium
                                                     : Severity::low;
  findings.add(severity, Where{},
               "came after " + format_span(*metadata.quiet_before) + " without a release" +
                   (by_others   ? ", from somebody new"
                    : with_hook ? ", with a new install script"
                                : ""));
}

}  // namespace

extern constinit const Rule revived_project = {
    .id = "revived-project",
    .title = "Something was published after more than a year of silence",
    .why =
        "Sleeping packages are taken over through lapsed mail addresses and forgotten tokens:"
        " nobody watches them.",
    .harmless_when =
        "A maintainer who comes back, and small libraries that need a release every few "
        "years.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a year and a half later by another",
     .expect = "package",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2025-12-01T00:00:00Z"},
 "versions": {"1.0.0": {"_npmUser": {"name": "ann"}},
  "1.0.1": {"_npmUser": {"name": "eve"}}}}
)"},
    {.name = "a release a month later", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "time": {"created": "2020-01-01T00:00:00Z", "1.0.0": "2024-01-01T00:00:00Z", "1.0.1": "2024-02-01T00:00:00Z"},
 "versions": {"1.0.0": {},
  "1.0.1": {}}}
)"},
};
extern const std::span<const Sample> revived_project_samples = samples;
#endif

}  // namespace assay::rules
