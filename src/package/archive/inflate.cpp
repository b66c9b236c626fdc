#include "package/archive/inflate.h"

#include <libdeflate.h>

#include "package/archive/little_endian.h"

namespace assay {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};
using Decompressor = std::unique_ptr<libdeflate_decompressor, FreeDecompressor>;

}  // namespace

std::optional<std::string> inflate_exactly(std::string_view packed, std::size_t size_bytes) {
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  if (!decompressor) return std::nullopt;
  bool is_sound = false;
  std::string out;
  out.resize_and_overwrite(size_bytes, [&](char* buffer, std::size_t size) {
    is_sound = libdeflate_deflate_decompress(decompressor.get(), packed.data(), packed.size(),
                                             buffer, size, nullptr) == LIBDEFLATE_SUCCESS;
    return is_sound ? size : 0;
  });
  return is_sound ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<WholeGzip> gunzip_whole(std::string_view packed, std::size_t most_bytes) {
  constexpr std::size_t smallest = 18;  // header and trailer
  if (packed.size() < smallest) return std::nullopt;
  const std::size_t expected = le32(packed, packed.size() - 4);
  if (expected > most_bytes) return std::nullopt;
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  if (!decompressor) return std::nullopt;
  WholeGzip whole{std::make_unique_for_overwrite<char[]>(expected + 1), expected};
  std::size_t used = 0;
  std::size_t made = 0;
  if (libdeflate_gzip_decompress_ex(decompressor.get(), packed.data(), packed.size(),
                                    whole.bytes.get(), expected, &used,
                                    &made) != LIBDEFLATE_SUCCESS ||
      used != packed.size() || made != expected) {
    return std::nullopt;
  }
  return whole;
}

std::uint32_t crc32_of(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace assay
