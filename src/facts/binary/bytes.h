// Reads numbers and slices at offsets that the file itself states. Nothing outside the file is ever
// touched: what is not there reads as nullopt or as empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::binary {

class Bytes {
 public:
  explicit Bytes(std::string_view bytes, bool is_big_endian = false)
      : bytes_(bytes), is_big_endian_(is_big_endian) {}

  std::uint64_t size() const { return bytes_.size(); }
  bool has(std::uint64_t at, std::uint64_t length) const {
    return at <= bytes_.size() && length <= bytes_.size() - at;
  }

  // Zero outside the file: callers that must tell ask has() first.
  std::uint8_t u8(std::uint64_t at) const { return static_cast<std::uint8_t>(number(at, 1)); }
  std::uint16_t u16(std::uint64_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint32_t u32(std::uint64_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::uint64_t u64(std::uint64_t at) const { return number(at, 8); }

  // Shorter than asked for at the end of the file.
  std::string_view slice(std::uint64_t at, std::uint64_t length) const {
    return at < bytes_.size() ? bytes_.substr(at, length) : std::string_view();
  }
  // Up to a zero byte, at most `limit` bytes; empty when there is none in reach.
  std::string_view text(std::uint64_t at, std::uint64_t limit = 512) const {
    const std::string_view found = slice(at, limit);
    const std::size_t end = found.find('\0');
    return end == std::string_view::npos ? std::string_view() : found.substr(0, end);
  }

 private:
  std::uint64_t number(std::uint64_t at, unsigned length) const {
    if (!has(at, length)) return 0;
    std::uint64_t value = 0;
    for (unsigned i = 0; i < length; ++i) {
      const unsigned from = is_big_endian_ ? i : length - 1 - i;
      value = (value << 8) | static_cast<unsigned char>(bytes_[at + from]);
    }
    return value;
  }

  std::string_view bytes_;
  bool is_big_endian_;
};

}  // namespace assay::binary
