// The advisories that `assay db update` took in for this user.
#pragma once

#include <optional>
#include <string>

#include "base/mapped_file.h"
#include "ecosystems/registry/client_environment.h"
#include "facts/advisories/advisory_index.h"

namespace assay {

struct AdvisoriesData {
  MappedFile file;  // what `index` looks at
  AdvisoryIndex index;
  std::string path;
};

std::string advisory_index_path(const ClientEnvironment& environment);
// Kind missing when nothing was taken in yet; the message says what to do.
[[nodiscard]] Result<AdvisoriesData> load_advisories(const ClientEnvironment& environment);

}  // namespace assay
