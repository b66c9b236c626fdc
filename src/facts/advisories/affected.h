// Whether a version is one of those that a record is about, by the order of its own registry:
// Semantic Versioning on npm, PEP 440 on PyPI.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/advisories/advisory.h"

namespace assay {

// Nullopt when the version, or a version of the record that decides, is none of the registry's.
std::optional<bool> affects(const Advisory& advisory, Ecosystem ecosystem,
                            std::string_view version);

// The first version after this one in which the record says it is fixed; empty when there is none.
std::string fixed_in(const Advisory& advisory, Ecosystem ecosystem, std::string_view version);

// Leaves out of `versions` what the ranges say already.
void drop_covered_versions(Advisory& advisory, Ecosystem ecosystem);

}  // namespace assay
