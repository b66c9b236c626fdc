#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Old reports were dealt with, or the release would not be there any more.
constexpr std::chrono::days recent{90};

void check(const Facts& facts, Findings& findings) {
  if (!facts.health || !facts.health->reports || !facts.metadata) return;
  for (const MaliceReport& report : *facts.health->reports) {
    const bool is_recent = report.written && facts.metadata->now - *report.written <= recent &&
                           facts.metadata->now + std::chrono::days(1) >= *report.written;
    findings.add(is_recent ? Severity::medium : Severity::info, Where{},
                 "is reported to do harm" +
                     (report.written ? " on " + format_date(*report.written) : std::string()) +
                     ": \"" + shown(report.title) + "\"" + (report.is_open ? ", open" : ""));
  }
}

}  // namespace

extern constinit const Rule malice_reported = {
    .id = "malice-reported",
    .title = "Its users report that it does harm",
    .why =
        "Stolen releases are most often told first in the project's own issues, hours before "
        "registries and advisories know.",
    .harmless_when = "Reports that are wrong, long settled, or about something else.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an issue of last week", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "ann/widget"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //forge/repos/ann/widget
{"archived": false}
==> //forge/search/issues
{"total_count": 1, "items": [{"title": "Version 1.0.1 contains malware", "state": "open",
 "html_url": "https://code.example.test/1", "created_at": "2026-01-10T00:00:00Z"}]}
)"},
    {.name = "a scanner that is wrong", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "ann/widget"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //forge/repos/ann/widget
{"archived": false}
==> //forge/search/issues
{"total_count": 1, "items": [{"title": "False positive: defender says malware", "state": "open",
 "html_url": "https://code.example.test/1", "created_at": "2026-01-10T00:00:00Z"}]}
)"},
};
extern const std::span<const Sample> malice_reported_samples = samples;
#endif

}  // namespace assay::rules
