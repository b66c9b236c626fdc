// Which of a package's dependencies its own files never speak of.
#pragma once

#include <string>
#include <vector>

#include "ecosystems/npm/manifest.h"
#include "package/package.h"

namespace assay {

// Indices into manifest.dependencies, in order, of those that are installed with the package and
// whose names stand between quotes in none of its files and in none of its scripts. Empty where
// a file's contents are not at hand: it could be the one that imports them.
std::vector<std::size_t> find_unmentioned_dependencies(const Package& package,
                                                       const NpmManifest& manifest);

}  // namespace assay
