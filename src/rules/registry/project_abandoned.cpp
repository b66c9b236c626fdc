#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (!metadata.record.state) return;
  const ProjectState state = *metadata.record.state;
  if (state != ProjectState::archived && state != ProjectState::deprecated) return;
  findings.add(Where{}, "is " + std::string(to_string(state)) +
                            (metadata.record.state_reason.empty()
                                 ? std::string()
                                 : ": " + shown(metadata.record.state_reason)));
}

}  // namespace

extern constinit const Rule project_abandoned = {
    .id = "project-abandoned",
    .title = "Its owners say that nobody looks after the project any more",
    .why = "Nobody will repair what is found in it, and nobody watches who takes it over.",
    .harmless_when = "Software that is finished.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "archived", .expect = "package", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "project-status": {"status": "archived"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
)"},
    {.name = "active", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "project-status": {"status": "active"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
)"},
};
extern const std::span<const Sample> project_abandoned_samples = samples;
#endif

}  // namespace assay::rules
