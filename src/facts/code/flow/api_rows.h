// The rows behind api.h, a file for each language.
#pragma once

#include "facts/code/flow/api.h"

namespace assay::code {

std::span<const Api> javascript_rows();
std::span<const std::string_view> javascript_patched();
std::span<const Api> python_rows();
std::span<const std::string_view> python_patched();

}  // namespace assay::code
