#include "package/archive/stream.h"

#include <algorithm>

#include "package/archive/inflate.h"

namespace assay {
namespace {

// gzip streams that unpack to no more than this are held in memory whole: one call of libdeflate,
// three times as fast as zlib.
constexpr std::size_t whole_bytes = 128_MiB;
// Of other streams, this much is held while names are surveyed; the rest streams past.
constexpr std::size_t head_bytes = 64_MiB;

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
    if (std::optional<WholeGzip> whole = gunzip_whole(packed, at_once)) {
      stream.owned_head_ = std::move(whole->bytes);
      stream.head_ = {stream.owned_head_.get(), whole->size_bytes};
      return stream;
    }
  }
  // All else is left to the source, which knows what is wrong.
  stream.rest_ = open_packed(packed, format, most_bytes);
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
