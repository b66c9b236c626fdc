#include <zlib.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "package/archive/stream.h"

namespace assay {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;
constexpr int gzip_window_bits = 15 + 16;  // zlib: 16 asks for the gzip wrapper and its checksum

// Any number of gzip members one after the other, as RFC 1952 section 2.2 allows.
class GzipSource final : public ByteSource {
 public:
  GzipSource(std::string_view packed, std::uint64_t most_bytes)
      : rest_(packed), most_bytes_(most_bytes), buffer_(new char[buffer_bytes]) {
    is_open_ = inflateInit2(&stream_, gzip_window_bits) == Z_OK;
    if (!is_open_) end_with(GapKind::malformed, "zlib could not start");
  }
  ~GzipSource() override {
    if (is_open_) inflateEnd(&stream_);
  }

  std::string_view next() override {
    while (is_open_ && !is_finished_) {
      const std::string_view out = step();
      produced_ += out.size();
      if (produced_ > most_bytes_) {
        is_finished_ = true;
        end_with(GapKind::bomb, fmt::format("unpacks to more than {} MB", most_bytes_ >> 20));
        return {};
      }
      if (!out.empty()) return out;
    }
    return {};
  }

 private:
  std::string_view step() {
    // zlib counts its input in 32 bits.
    const std::size_t offered = std::min<std::size_t>(rest_.size(), 1U << 30);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
    stream_.avail_in = static_cast<uInt>(offered);
    stream_.next_out = reinterpret_cast<Bytef*>(buffer_.get());
    stream_.avail_out = static_cast<uInt>(buffer_bytes);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    rest_.remove_prefix(offered - stream_.avail_in);
    const std::size_t made = buffer_bytes - stream_.avail_out;
    if (status == Z_STREAM_END) {
      start_next_member();
    } else if (status == Z_BUF_ERROR || (status == Z_OK && rest_.empty() && made == 0)) {
      is_finished_ = true;
      end_with(GapKind::truncated, "the gzip stream ends early");
    } else if (status != Z_OK) {
      is_finished_ = true;
      end_with(GapKind::malformed,
               fmt::format("gzip: {}", stream_.msg != nullptr ? stream_.msg : "broken stream"));
    }
    return {buffer_.get(), made};
  }

  void start_next_member() {
    // Tape writers pad with zeros, which every reader passes over.
    const std::size_t content = rest_.find_first_not_of('\0');
    if (content == std::string_view::npos) {
      is_finished_ = true;
    } else if (rest_.starts_with("\x1f\x8b")) {
      is_finished_ = inflateReset(&stream_) != Z_OK;
    } else {
      is_finished_ = true;
      end_with(GapKind::polyglot,
               fmt::format("{} bytes follow the end of the gzip stream", rest_.size()));
    }
  }

  std::string_view rest_;
  std::uint64_t most_bytes_;
  std::uint64_t produced_ = 0;
  std::unique_ptr<char[]> buffer_;
  z_stream stream_{};
  bool is_open_ = false;
  bool is_finished_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> open_gzip(std::string_view packed, std::uint64_t most_bytes) {
  return std::make_unique<GzipSource>(packed, most_bytes);
}

}  // namespace assay
