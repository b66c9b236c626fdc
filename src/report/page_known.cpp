// The sections on the name, and on what is published about the package.
#include <fmt/format.h>

#include "base/text.h"
#include "report/section.h"

namespace assay {

void tell_name(SectionBuilder& section) {
  const Known<names::Opinion>& name = section.facts().name;
  if (!name) {
    section.tell_unknown("name", name.reason());
    return;
  }
  section.set_source("index of popular names");
  if (name->rank) {
    section.tell("popularity", fmt::format("rank {} by downloads", *name->rank));
  } else if (name->relations.empty()) {
    section.tell("popularity", "not among the popular ones, and near none of them");
  } else if (name->is_flagged) {
    section.tell("imitation", name->relations.front().evidence, {"name-imitates"});
  } else {
    section.tell("near", name->relations.front().evidence);
    if (!name->cleared_by.empty()) section.tell("no imitation", name->cleared_by);
  }
}

void tell_advisories(SectionBuilder& section) {
  const Known<AdvisoryFacts>& facts = section.facts().advisories;
  if (!facts) {
    section.tell_unknown("advisories", facts.reason());
    return;
  }
  section.set_source("advisories", facts->built);
  for (const AdvisoryHit& hit : facts->hits) {
    std::string text = hit.advisory.id;
    if (!hit.advisory.summary.empty()) text += ": " + hit.advisory.summary;
    if (!hit.advisory.severity.empty()) text += ", " + hit.advisory.severity;
    if (!hit.affects) text += "; whether it is about this version is not known";
    if (!hit.fixed_in.empty()) text += "; mended in " + hit.fixed_in;
    if (hit.advisory.is_malware) {
      section.tell("malware", text, {"known-malware"});
    } else {
      section.tell("vulnerability", text, {"known-vulnerability"});
    }
  }
  if (!facts->hits.empty()) return;
  section.tell("advisories", facts->of_other_versions == 0
                                 ? "none about this package"
                                 : fmt::format("none about this version, {} about others",
                                               facts->of_other_versions));
}

}  // namespace assay
