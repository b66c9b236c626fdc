// Little-endian numbers at a checked offset: zero when they would lie outside.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay {

template <typename Number>
Number little_endian(std::string_view bytes, std::uint64_t at) {
  if (at > bytes.size() || bytes.size() - at < sizeof(Number)) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(Number); i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]);
  }
  return static_cast<Number>(value);
}

inline std::uint16_t le16(std::string_view bytes, std::uint64_t at) {
  return little_endian<std::uint16_t>(bytes, at);
}
inline std::uint32_t le32(std::string_view bytes, std::uint64_t at) {
  return little_endian<std::uint32_t>(bytes, at);
}
inline std::uint64_t le64(std::string_view bytes, std::uint64_t at) {
  return little_endian<std::uint64_t>(bytes, at);
}

}  // namespace assay
