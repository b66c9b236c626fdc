// One packed stream after the other, a piece at a time, through zlib, libbz2, liblzma and libzstd
// themselves. libarchive stands over the same libraries, but lets a stream ask for any amount of
// memory (4 GB for an xz dictionary) and loses what it had unpacked when the stream then breaks.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "package/archive/format.h"

namespace assay {

// xz -9 asks for 64 MiB and zstd --ultra for 128.
inline constexpr std::size_t decoder_memory_bytes = 256_MiB;

struct DecoderStep {
  enum class State : std::uint8_t { more, end, broken, wants_too_much_memory };
  std::size_t used_bytes = 0;
  std::size_t made_bytes = 0;
  State state = State::more;
};

class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  // Bytes made before a broken place are counted in the step that finds it.
  virtual DecoderStep step(std::string_view packed, std::span<char> out) = 0;
  // After the end of a stream: ready for the next one.
  virtual bool restart() = 0;
};

// Null for formats that are not packed streams.
std::unique_ptr<Decoder> make_decoder(ArchiveFormat format);
std::unique_ptr<Decoder> make_raw_deflate_decoder();
// For a zip member (APPNOTE 4.4.5): null for methods that are not read. Takes what stands before
// the stream itself off `packed`.
std::unique_ptr<Decoder> make_zip_decoder(std::uint16_t method, std::string_view& packed);

struct Decoded {
  std::string bytes;             // at most the limit; empty when only measuring
  std::uint64_t size_bytes = 0;  // of what came out; beyond the limit when it was stopped there
  std::uint64_t used_bytes = 0;
  DecoderStep::State state =
      DecoderStep::State::more;  // more: stopped, by the limit or too little input
};

// As much as can be had of one stream that may be broken or of unknown size.
Decoded decode_at_most(Decoder& decoder, std::string_view packed, std::uint64_t limit_bytes,
                       bool keep_bytes);

}  // namespace assay
