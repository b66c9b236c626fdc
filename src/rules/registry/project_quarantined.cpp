#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (!metadata.record.state || *metadata.record.state != ProjectState::quarantined) return;
  findings.add(Where{}, "is in quarantine" + (metadata.record.state_reason.empty()
                                                  ? std::string()
                                                  : ": " + shown(metadata.record.state_reason)));
}

}  // namespace

extern constinit const Rule project_quarantined = {
    .id = "project-quarantined",
    .title = "The index has put the project into quarantine",
    .why = "An index does that when it has reason to think that the project is malicious.",
    .harmless_when = "After the index has looked and released it, which shows in its state.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "in quarantine", .expect = "package", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "project-status": {"status": "quarantined"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
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
extern const std::span<const Sample> project_quarantined_samples = samples;
#endif

}  // namespace assay::rules
