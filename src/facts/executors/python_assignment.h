// Whether a Python module gives a name a plain string at its top level, as setuptools asks before
// it decides to import the module instead.
#pragma once

#include <string_view>

namespace assay {

// True when the first assignment to `name` at the start of a line is `name = "text"` and no more.
bool assigns_plain_string(std::string_view python, std::string_view name);

}  // namespace assay
