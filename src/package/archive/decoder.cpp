#include "package/archive/decoder.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>

#include "package/archive/little_endian.h"

namespace assay {
namespace {

using State = DecoderStep::State;

// zlib and libbz2 count in 32 bits.
constexpr std::size_t most_per_call = 1U << 30;

std::size_t capped(std::size_t size) { return std::min(size, most_per_call); }

class ZlibDecoder final : public Decoder {
 public:
  explicit ZlibDecoder(int window_bits) { is_open_ = inflateInit2(&stream_, window_bits) == Z_OK; }
  ~ZlibDecoder() override {
    if (is_open_) inflateEnd(&stream_);
  }

  DecoderStep step(std::string_view packed, std::span<char> out) override {
    if (!is_open_) return {0, 0, State::broken};
    const std::size_t offered = capped(packed.size());
    const std::size_t room = capped(out.size());
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(offered);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    State state = State::broken;
    if (status == Z_OK || status == Z_BUF_ERROR) state = State::more;
    if (status == Z_STREAM_END) state = State::end;
    return {offered - stream_.avail_in, room - stream_.avail_out, state};
  }
  bool restart() override { return inflateReset(&stream_) == Z_OK; }

 private:
  z_stream stream_{};
  bool is_open_ = false;
};

class Bzip2Decoder final : public Decoder {
 public:
  Bzip2Decoder() { open(); }
  ~Bzip2Decoder() override { close(); }

  DecoderStep step(std::string_view packed, std::span<char> out) override {
    if (!is_open_) return {0, 0, State::broken};
    const std::size_t offered = capped(packed.size());
    const std::size_t room = capped(out.size());
    stream_.next_in = const_cast<char*>(packed.data());
    stream_.avail_in = static_cast<unsigned>(offered);
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<unsigned>(room);
    const int status = BZ2_bzDecompress(&stream_);
    State state = State::broken;
    if (status == BZ_OK) state = State::more;
    if (status == BZ_STREAM_END) state = State::end;
    return {offered - stream_.avail_in, room - stream_.avail_out, state};
  }
  bool restart() override {
    close();
    open();
    return is_open_;
  }

 private:
  void open() {
    stream_ = {};
    is_open_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
  }
  void close() {
    if (is_open_) BZ2_bzDecompressEnd(&stream_);
    is_open_ = false;
  }

  bz_stream stream_{};
  bool is_open_ = false;
};

// xz streams, and the raw LZMA streams of zip members when `properties` are given.
class LzmaDecoder final : public Decoder {
 public:
  explicit LzmaDecoder(std::string_view properties = {}) {
    status_ = properties.empty() ? lzma_stream_decoder(&stream_, decoder_memory_bytes, 0)
                                 : open_raw(properties);
  }
  ~LzmaDecoder() override { lzma_end(&stream_); }

  DecoderStep step(std::string_view packed, std::span<char> out) override {
    if (status_ == LZMA_OK) {
      stream_.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
      stream_.avail_in = packed.size();
      stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
      stream_.avail_out = out.size();
      status_ = lzma_code(&stream_, LZMA_RUN);
      if (status_ == LZMA_BUF_ERROR) status_ = LZMA_OK;  // no more input, for now
      const std::size_t used = packed.size() - stream_.avail_in;
      const std::size_t made = out.size() - stream_.avail_out;
      return {used, made, state()};
    }
    return {0, 0, state()};
  }
  bool restart() override {
    status_ = lzma_stream_decoder(&stream_, decoder_memory_bytes, 0);
    return status_ == LZMA_OK;
  }

 private:
  lzma_ret open_raw(std::string_view properties) {
    std::array<lzma_filter, 2> filters = {
        {{LZMA_FILTER_LZMA1, nullptr}, {LZMA_VLI_UNKNOWN, nullptr}}};
    const lzma_ret decoded = lzma_properties_decode(
        filters.data(), nullptr, reinterpret_cast<const std::uint8_t*>(properties.data()),
        properties.size());
    if (decoded != LZMA_OK) return decoded;
    const bool is_modest = lzma_raw_decoder_memusage(filters.data()) <= decoder_memory_bytes;
    const lzma_ret opened =
        is_modest ? lzma_raw_decoder(&stream_, filters.data()) : LZMA_MEMLIMIT_ERROR;
    free(filters[0].options);  // liblzma allocates it with malloc
    return opened;
  }

  State state() const {
    switch (status_) {
      case LZMA_OK: return State::more;
      case LZMA_STREAM_END: return State::end;
      case LZMA_MEMLIMIT_ERROR: return State::wants_too_much_memory;
      default: return State::broken;
    }
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_ret status_ = LZMA_OK;
};

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : stream_(ZSTD_createDStream()) {
    if (stream_) ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, largest_window_log);
  }

  DecoderStep step(std::string_view packed, std::span<char> out) override {
    if (!stream_) return {0, 0, State::broken};
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer made{out.data(), out.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream_.get(), &made, &in);
    State state = status == 0 ? State::end : State::more;
    if (ZSTD_isError(status) != 0) {
      const bool is_large = ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge;
      state = is_large ? State::wants_too_much_memory : State::broken;
    }
    return {in.pos, made.pos, state};
  }
  bool restart() override {
    return ZSTD_isError(ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only)) == 0;
  }

 private:
  static constexpr int largest_window_log = 27;  // 128 MiB

  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> stream_;
};

constexpr int gzip_window_bits = MAX_WBITS + 16;  // 16 asks zlib for the wrapper and its checksum

}  // namespace

std::unique_ptr<Decoder> make_decoder(ArchiveFormat format) {
  switch (format) {
    case ArchiveFormat::gzip: return std::make_unique<ZlibDecoder>(gzip_window_bits);
    case ArchiveFormat::bzip2: return std::make_unique<Bzip2Decoder>();
    case ArchiveFormat::xz: return std::make_unique<LzmaDecoder>();
    case ArchiveFormat::zstd: return std::make_unique<ZstdDecoder>();
    default: return nullptr;
  }
}

std::unique_ptr<Decoder> make_raw_deflate_decoder() {
  return std::make_unique<ZlibDecoder>(-MAX_WBITS);
}

std::unique_ptr<Decoder> make_zip_decoder(std::uint16_t method, std::string_view& packed) {
  switch (method) {
    case 8: return make_raw_deflate_decoder();
    case 12: return make_decoder(ArchiveFormat::bzip2);
    case 14: {
      // Version, then the size of the properties, then these (APPNOTE 5.8.8).
      constexpr std::size_t header_bytes = 4;
      constexpr std::size_t properties_bytes = 5;
      if (packed.size() < header_bytes + properties_bytes || le16(packed, 2) != properties_bytes) {
        return nullptr;
      }
      const std::string_view properties = packed.substr(header_bytes, properties_bytes);
      packed.remove_prefix(header_bytes + properties_bytes);
      return std::make_unique<LzmaDecoder>(properties);
    }
    case 93: return make_decoder(ArchiveFormat::zstd);
    case 95: return make_decoder(ArchiveFormat::xz);
    default: return nullptr;
  }
}

Decoded decode_at_most(Decoder& decoder, std::string_view packed, std::uint64_t limit_bytes,
                       bool keep_bytes) {
  Decoded decoded;
  std::array<char, 64_KiB> buffer;
  while (decoded.state == State::more && decoded.size_bytes <= limit_bytes) {
    const DecoderStep step =
        decoder.step(packed.substr(static_cast<std::size_t>(decoded.used_bytes)), buffer);
    decoded.used_bytes += step.used_bytes;
    decoded.size_bytes += step.made_bytes;
    decoded.state = step.state;
    if (keep_bytes && decoded.bytes.size() < limit_bytes) {
      decoded.bytes.append(buffer.data(),
                           static_cast<std::size_t>(std::min<std::uint64_t>(
                               step.made_bytes, limit_bytes - decoded.bytes.size())));
    }
    if (step.used_bytes == 0 && step.made_bytes == 0) break;
  }
  return decoded;
}

}  // namespace assay
