// Which trigger gets to each file, from the executors through the files' references.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/executors/survey.h"

namespace assay {

// `top_level` are Python's import names: their modules can all be imported by whoever installs the
// package, so they count as reached by import even when nothing in the package asks for them.
// Fills reach and links of the result.
Surface find_reach(const Survey& survey, const std::vector<std::string>& top_level,
                   std::string_view npm_name);

}  // namespace assay
