// Addresses that money can be sent to, as they stand in a text.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay::rules {

// Distinct ones of the common chains by their shape alone, and no more than are needed to tell:
// at most four are counted.
std::size_t wallet_addresses_in(std::string_view text);

}  // namespace assay::rules
