// Python (2 leftovers and 3.14 alike) to a Tree. Accepts any bytes, never throws, never validates.
// Time is linear in the source.
#pragma once

#include "facts/code/syntax/tree.h"

namespace assay::code {

// `source` must outlive the tree.
Tree parse_python(std::string_view source, const ParseLimits& limits = {});

}  // namespace assay::code
