// How deep a TOML document nests, dotted keys included: toml++ limits brackets but not keys, and
// takes its tables apart by recursion.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay {

std::size_t toml_depth(std::string_view toml);

}  // namespace assay
