#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata) return;
  const MetadataFacts& metadata = *facts.metadata;
  if (!metadata.likenesses) return;
  for (const Likeness& like : *metadata.likenesses) {
    const bool is_copy = like.readme >= 0.7 || (like.same_summary && like.same_repository);
    const bool is_later = like.is_older && *like.is_older;
    if (!is_copy || !is_later || (like.shares_people && *like.shares_people)) continue;
    // Where nobody tells who may publish, it may well be the same people.
    findings.add(like.shares_people ? Severity::medium : Severity::low, Where{},
                 "has the " + std::string(like.readme >= 0.7 ? "README" : "description") + " of " +
                     shown(like.name) + (like.same_repository ? " and claims its repository" : "") +
                     (like.shares_people ? ", and no maintainer in common with it" : ""));
  }
}

}  // namespace

extern constinit const Rule copies_another_package = {
    .id = "copies-another-package",
    .title = "It shows the face of a package by other people",
    .why =
        "A README, a description or a repository that belong to a known package lend its "
        "trust to whatever is inside.",
    .harmless_when = "Forks that say what they are, and packages that changed hands.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "the README and the repository of another",
     .expect = "package",
     .bundle = R"(==> package.json
{"name": "widget-pro", "version": "1.0.1", "repository": "https://code.example.test/ann/gadget.git"}
==> README.md
# gadget
disc wheel relay bolt lamp board coil relay cable dial pump panel.
coil shaft fuse gear cable handle sensor spring motor bolt valve magnet.
gear nut seal motor ring gear panel relay lever hinge wheel spring.
dial magnet fuse nut spring fuse lamp corner switch disc disc shaft.
switch switch panel magnet panel lever fuse lever spring magnet spring frame.
plate lever seal sensor socket cable lever spring board lever sensor nut.
frame panel bolt hinge spring dial switch wheel corner plate frame coil.
disc ring panel disc socket board plate corner frame bolt coil frame.
==> //package
npm widget-pro 1.0.1
==> //npm/widget-pro.json
{"name": "widget-pro", "maintainers": [{"name": "eve"}], "time": {"created": "2025-12-01", "1.0.1": "2025-12-01"}, "versions": {"1.0.1": {}}}
==> //npm/gadget.json
{"name": "gadget", "maintainers": [{"name": "ann"}], "repository": {"url": "git+https://code.example.test/ann/gadget.git"},
 "time": {"created": "2015-12-01", "1.0.0": "2015-12-01"}, "readme": "# gadget\ndisc wheel relay bolt lamp board coil relay cable dial pump panel.\ncoil shaft fuse gear cable handle sensor spring motor bolt valve magnet.\ngear nut seal motor ring gear panel relay lever hinge wheel spring.\ndial magnet fuse nut spring fuse lamp corner switch disc disc shaft.\nswitch switch panel magnet panel lever fuse lever spring magnet spring frame.\nplate lever seal sensor socket cable lever spring board lever sensor nut.\nframe panel bolt hinge spring dial switch wheel corner plate frame coil.\ndisc ring panel disc socket board plate corner frame bolt coil frame.",
 "versions": {"1.0.0": {}}}
)"},
    {.name = "the same people", .expect = silent, .bundle = R"(==> package.json
{"name": "widget-pro", "version": "1.0.1", "repository": "https://code.example.test/ann/gadget.git"}
==> README.md
# gadget
disc wheel relay bolt lamp board coil relay cable dial pump panel.
coil shaft fuse gear cable handle sensor spring motor bolt valve magnet.
gear nut seal motor ring gear panel relay lever hinge wheel spring.
dial magnet fuse nut spring fuse lamp corner switch disc disc shaft.
switch switch panel magnet panel lever fuse lever spring magnet spring frame.
plate lever seal sensor socket cable lever spring board lever sensor nut.
frame panel bolt hinge spring dial switch wheel corner plate frame coil.
disc ring panel disc socket board plate corner frame bolt coil frame.
==> //package
npm widget-pro 1.0.1
==> //npm/widget-pro.json
{"name": "widget-pro", "maintainers": [{"name": "ann"}], "time": {"created": "2025-12-01", "1.0.1": "2025-12-01"}, "versions": {"1.0.1": {}}}
==> //npm/gadget.json
{"name": "gadget", "maintainers": [{"name": "ann"}], "repository": {"url": "git+https://code.example.test/ann/gadget.git"},
 "time": {"created": "2015-12-01", "1.0.0": "2015-12-01"}, "readme": "# gadget\ndisc wheel relay bolt lamp board coil relay cable dial pump panel.\ncoil shaft fuse gear cable handle sensor spring motor bolt valve magnet.\ngear nut seal motor ring gear panel relay lever hinge wheel spring.\ndial magnet fuse nut spring fuse lamp corner switch disc disc shaft.\nswitch switch panel magnet panel lever fuse lever spring magnet spring frame.\nplate lever seal sensor socket cable lever spring board lever sensor nut.\nframe panel bolt hinge spring dial switch wheel corner plate frame coil.\ndisc ring panel disc socket board plate corner frame bolt coil frame.",
 "versions": {"1.0.0": {}}}
)"},
};
extern const std::span<const Sample> copies_another_package_samples = samples;
#endif

}  // namespace assay::rules
