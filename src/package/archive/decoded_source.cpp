#include <fmt/format.h>

#include "package/archive/decoder.h"
#include "package/archive/stream.h"

namespace assay {
namespace {

using State = DecoderStep::State;

constexpr std::size_t buffer_bytes = 256_KiB;

// Any number of streams of one format, one after the other, as each of the formats allows.
class DecodedSource final : public ByteSource {
 public:
  DecodedSource(std::string_view packed, ArchiveFormat format, std::uint64_t most_bytes)
      : rest_(packed),
        format_(format),
        most_bytes_(most_bytes),
        decoder_(make_decoder(format)),
        buffer_(std::make_unique_for_overwrite<char[]>(buffer_bytes)) {}

  std::string_view next() override {
    while (decoder_ && !is_finished_) {
      const DecoderStep step = decoder_->step(rest_, {buffer_.get(), buffer_bytes});
      rest_.remove_prefix(step.used_bytes);
      produced_ += step.made_bytes;
      if (produced_ > most_bytes_) {
        finish(GapKind::bomb, fmt::format("unpacks to more than {} MB", most_bytes_ >> 20));
        return {};
      }
      settle(step);
      if (step.made_bytes != 0) return {buffer_.get(), step.made_bytes};
    }
    return {};
  }

 private:
  void settle(const DecoderStep& step) {
    switch (step.state) {
      case State::more:
        if (step.used_bytes == 0 && step.made_bytes == 0) {
          finish(GapKind::truncated, fmt::format("the {} stream ends early", to_string(format_)));
        }
        break;
      case State::end: start_next_stream(); break;
      case State::broken:
        finish(GapKind::malformed, fmt::format("the {} stream is broken {} bytes before its end",
                                               to_string(format_), rest_.size()));
        break;
      case State::wants_too_much_memory:
        finish(GapKind::too_large, fmt::format("the {} stream asks for more than {} MB of memory",
                                               to_string(format_), decoder_memory_bytes >> 20));
        break;
    }
  }

  void start_next_stream() {
    // Tape writers and xz pad with zeros, which every reader passes over.
    const std::size_t content = rest_.find_first_not_of('\0');
    if (content == std::string_view::npos) {
      is_finished_ = true;
    } else if (sniff_archive(rest_.substr(content)) == format_) {
      rest_.remove_prefix(content);
      is_finished_ = !decoder_->restart();
    } else {
      finish(GapKind::polyglot, fmt::format("{} bytes follow the end of the {} stream",
                                            rest_.size(), to_string(format_)));
    }
  }

  void finish(GapKind kind, std::string reason) {
    is_finished_ = true;
    end_with(kind, std::move(reason));
  }

  std::string_view rest_;
  ArchiveFormat format_;
  std::uint64_t most_bytes_;
  std::uint64_t produced_ = 0;
  std::unique_ptr<Decoder> decoder_;
  std::unique_ptr<char[]> buffer_;
  bool is_finished_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> open_packed(std::string_view packed, ArchiveFormat format,
                                        std::uint64_t most_bytes) {
  return std::make_unique<DecodedSource>(packed, format, most_bytes);
}

}  // namespace assay
