#include "facts/advisories/advisory_facts.h"

#include <algorithm>

#include "facts/advisories/affected.h"

namespace assay {
namespace {

bool is_alias_of(const Advisory& advisory, const Advisory& other) {
  const auto names = [](const Advisory& a, const std::string& id) {
    return std::ranges::find(a.aliases, id) != a.aliases.end();
  };
  return names(advisory, other.id) || names(other, advisory.id);
}

}  // namespace

AdvisoryFacts weigh_advisories(std::vector<Advisory> advisories, Ecosystem ecosystem,
                               std::string_view version) {
  AdvisoryFacts facts;
  for (Advisory& advisory : advisories) {
    const std::optional<bool> is_affected = affects(advisory, ecosystem, version);
    if (is_affected == false) {
      ++facts.of_other_versions;
      continue;
    }
    const bool is_known = std::ranges::any_of(
        facts.hits, [&](const AdvisoryHit& hit) { return is_alias_of(hit.advisory, advisory); });
    if (is_known) continue;
    std::string fix = fixed_in(advisory, ecosystem, version);
    facts.hits.push_back({std::move(advisory), is_affected, std::move(fix)});
  }
  return facts;
}

}  // namespace assay
