// Two descriptions of the same release that should agree: the registry's manifest and the
// package's, a wheel and its source distribution.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ecosystems/npm/manifest.h"
#include "facts/metadata/metadata_facts.h"
#include "package/package.h"

namespace assay {

// What npm itself changes while publishing is no difference: merged optional dependencies, "./"
// before paths of commands, and the install script that a binding.gyp implies.
std::vector<ManifestDifference> compare_manifests(const ListedManifest& listed,
                                                  const NpmManifest& packaged, bool has_gyp);

// Only Python modules. `acting` names those of the wheel that reach outside uncalled.
WheelComparison compare_wheel(const Package& wheel, const Package& sdist,
                              const std::set<std::string>& acting);

}  // namespace assay
