// What `assay vet` is asked about: packages by name, and manifests, which stand for each package
// that they directly depend on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scan/vet.h"

namespace assay {

// "npm:NAME", "pypi:NAME==1", a package URL; the path of a package.json, a pyproject.toml or a
// requirements file; or a folder, which stands for those of these that are right inside it.
Result<std::vector<VetTarget>> parse_vet_target(std::string_view text);

// Dependencies of every group that an install in the project itself brings in.
Result<std::vector<VetTarget>> targets_of_package_json(std::string_view text);
Result<std::vector<VetTarget>> targets_of_pyproject(std::string_view text);

}  // namespace assay
