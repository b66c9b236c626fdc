// Raw deflate streams, as zip members hold them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

// Nothing unless the stream is sound and unpacks to exactly `size_bytes`. Fast.
std::optional<std::string> inflate_exactly(std::string_view packed, std::size_t size_bytes);

struct Inflated {
  std::string bytes;             // at most the limit; empty when only measuring
  std::uint64_t size_bytes = 0;  // of what came out
  std::uint64_t used_bytes = 0;  // of `packed`
  bool is_sound = false;         // the end was reached within the limit
};

// As much as can be had of a stream that is broken or whose size is not known.
Inflated inflate_at_most(std::string_view packed, std::uint64_t limit_bytes, bool keep_bytes);

std::uint32_t crc32_of(std::string_view bytes);

}  // namespace assay
