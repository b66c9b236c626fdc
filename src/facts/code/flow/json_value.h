// JSON text as a Value, for JSON.parse of constants and for required .json files.
#pragma once

#include <optional>
#include <string_view>

#include "facts/code/flow/value.h"

namespace assay::code {

class Interpreter;

// Nullopt when it is not JSON, or nested deeper than 64.
std::optional<Value> read_json_value(Interpreter& interpreter, std::string_view text);

}  // namespace assay::code
