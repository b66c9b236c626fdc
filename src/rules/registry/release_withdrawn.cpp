#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  const ReleaseRecord* release = metadata.listed();
  if (release == nullptr) return;
  if (release->is_yanked) {
    findings.add(Where{},
                 "is yanked: " + (release->yanked_reason.empty() ? std::string("no reason is given")
                                                                 : shown(release->yanked_reason)));
  }
  if (!release->deprecated.empty()) {
    findings.add(Where{}, "is deprecated: " + shown(release->deprecated));
  }
}

}  // namespace

extern constinit const Rule release_withdrawn = {
    .id = "release-withdrawn",
    .title = "Its publisher withdrew this release",
    .why =
        "A release is deprecated or yanked because it is broken, replaced, or was not made by"
        " its owner.",
    .harmless_when = "A project that has moved to another name.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "deprecated", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {"deprecated": "use gadget"}}}
)"},
    {.name = "yanked", .expect = "package", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f", "yanked": "broken"}]}
)"},
    {.name = "neither", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f", "yanked": false}]}
)"},
};
extern const std::span<const Sample> release_withdrawn_samples = samples;
#endif

}  // namespace assay::rules
