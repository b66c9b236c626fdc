// Whole deflate streams of known size through libdeflate: three times as fast as zlib.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

// A raw stream, as zip members hold it. Nothing unless it is sound and unpacks to exactly
// `size_bytes`; the caller has checked that size against its limits.
std::optional<std::string> inflate_exactly(std::string_view packed, std::size_t size_bytes);

struct WholeGzip {
  std::unique_ptr<char[]> bytes;
  std::size_t size_bytes = 0;
};

// Succeeds only for what nearly every package is: one sound gzip member and nothing behind it, as
// long as its last field says and no longer than `most_bytes`.
std::optional<WholeGzip> gunzip_whole(std::string_view packed, std::size_t most_bytes);

std::uint32_t crc32_of(std::string_view bytes);

}  // namespace assay
