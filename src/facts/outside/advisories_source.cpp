#include "facts/outside/advisories_source.h"

#include "ecosystems/pypi/manifest.h"

namespace assay {

void AdvisoriesSource::collect(const Subject& subject, Facts& facts) {
  if (!index_) {
    facts.advisories = Unknown{index_.error().message};
    return;
  }
  const PackageId& id = subject.id;
  const std::string name = id.ecosystem == Ecosystem::pypi ? normalise_pypi_name(id.name) : id.name;
  Result<std::vector<Advisory>> found = index_->find(id.ecosystem, name);
  if (!found) {
    facts.advisories = Unknown{found.error().message};
    return;
  }
  AdvisoryFacts weighed = weigh_advisories(std::move(*found), id.ecosystem, id.version);
  weighed.built = index_->built();
  facts.advisories = std::move(weighed);
}

}  // namespace assay
