#include "package/archive/inflate.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace assay {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};

}  // namespace

std::optional<std::string> inflate_exactly(std::string_view packed, std::size_t size_bytes) {
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
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

Inflated inflate_at_most(std::string_view packed, std::uint64_t limit_bytes, bool keep_bytes) {
  Inflated result;
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return result;
  std::array<char, 64 * 1024> buffer{};
  int status = Z_OK;
  while (status == Z_OK && result.size_bytes <= limit_bytes) {
    const std::string_view rest = packed.substr(static_cast<std::size_t>(result.used_bytes));
    const std::size_t offered = std::min<std::size_t>(rest.size(), 1U << 30);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));
    stream.avail_in = static_cast<uInt>(offered);
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    result.used_bytes += offered - stream.avail_in;
    const std::size_t made = buffer.size() - stream.avail_out;
    result.size_bytes += made;
    if (keep_bytes && result.bytes.size() < limit_bytes) {
      result.bytes.append(buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(
                                             made, limit_bytes - result.bytes.size())));
    }
  }
  inflateEnd(&stream);
  result.is_sound = status == Z_STREAM_END && result.size_bytes <= limit_bytes;
  return result;
}

std::uint32_t crc32_of(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace assay
