#include "package/archive/stream.h"

#include <libdeflate.h>

#include <algorithm>

namespace assay {
namespace {

// gzip streams that unpack to no more than this are held in memory whole: one call of libdeflate,
// three times as fast as zlib.
constexpr std::size_t whole_bytes = 256_MiB;
// Of other streams, this much is held while names are surveyed; the rest streams past.
constexpr std::size_t head_bytes = 64_MiB;

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};

std::uint32_t last_four_bytes(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[bytes.size() - 1 - i]);
  }
  return value;
}

struct WholeGzip {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;
};

// Succeeds only for what nearly every package is: one sound gzip member and nothing behind it, as
// long as its last field says. All else is left to the stream reader, which knows what is wrong.
std::optional<WholeGzip> unpack_whole_gzip(std::string_view packed, std::size_t most_bytes) {
  constexpr std::size_t smallest = 18;  // header and trailer
  if (packed.size() < smallest) return std::nullopt;
  const std::size_t expected = last_four_bytes(packed);
  if (expected > most_bytes) return std::nullopt;
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
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

}  // namespace

std::uint64_t allowed_unpacked_bytes(std::uint64_t packed_bytes, const Limits& limits) {
  return std::min<std::uint64_t>(
      limits.unpacked_bytes,
      std::max<std::uint64_t>(limits.ratio_floor_bytes, limits.ratio * packed_bytes));
}

Stream Stream::open(std::string_view packed, ArchiveFormat format, const Limits& limits) {
  Stream stream;
  if (format == ArchiveFormat::none || format == ArchiveFormat::tar) {
    stream.head_ = packed;
    return stream;
  }
  const std::uint64_t most_bytes = allowed_unpacked_bytes(packed.size(), limits);
  if (format == ArchiveFormat::gzip) {
    const std::size_t at_once =
        static_cast<std::size_t>(std::min<std::uint64_t>(whole_bytes, most_bytes));
    if (std::optional<WholeGzip> whole = unpack_whole_gzip(packed, at_once)) {
      stream.owned_head_ = std::move(whole->bytes);
      stream.head_ = {stream.owned_head_.get(), whole->size};
      return stream;
    }
  }
  stream.rest_ = format == ArchiveFormat::gzip ? open_gzip(packed, most_bytes)
                                               : open_libarchive_filter(packed, format, most_bytes);
  stream.fill_head(packed.size());
  return stream;
}

void Stream::fill_head(std::size_t packed_bytes) {
  std::string head;
  // Text packs to a quarter or so; this saves the last and largest copies.
  head.reserve(std::min(head_bytes, 4 * packed_bytes));
  while (head.size() < head_bytes) {
    const std::string_view piece = rest_->next();
    if (piece.empty()) {
      head_problem_ = rest_->problem();
      rest_.reset();
      break;
    }
    head += piece;
  }
  grown_head_ = std::make_unique<const std::string>(std::move(head));
  head_ = *grown_head_;
}

std::string_view Stream::next_after_head() {
  head_ = {};
  owned_head_.reset();
  grown_head_.reset();
  return rest_ ? rest_->next() : std::string_view();
}

const std::optional<StreamProblem>& Stream::problem() const {
  return rest_ ? rest_->problem() : head_problem_;
}

}  // namespace assay
