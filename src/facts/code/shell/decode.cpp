#include "facts/code/shell/decode.h"

#include <array>
#include <cstdint>

#include "base/text.h"

namespace assay::code::shell {
namespace {

constexpr std::int8_t skipped = -1;
constexpr std::int8_t refused = -2;

constexpr std::array<std::int8_t, 256> base64_values = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(refused);
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  table['-'] = 62;
  table['_'] = 63;
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<unsigned char>(c)] = skipped;
  return table;
}();

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::int8_t value = base64_values[static_cast<unsigned char>(c)];
    if (value == skipped) continue;
    if (value == refused) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> decode_hex(std::string_view text) {
  std::string out;
  int high = -1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '\\' && i + 1 < text.size() && text[i + 1] == 'x') {
      ++i;
      continue;
    }
    const int value = hex_value(c);
    if (value < 0) return std::nullopt;
    if (high < 0) {
      high = value;
    } else {
      out += static_cast<char>(high * 16 + value);
      high = -1;
    }
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::string utf16_to_utf8(std::string_view bytes) {
  std::string out;
  const auto unit = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[i]) |
                                 (static_cast<unsigned char>(bytes[i + 1]) << 8));
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
      const char32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    append_utf8(out, c);
  }
  return out;
}

std::string unescape(std::string_view text) {
  constexpr std::string_view letters = "abefnrtv\\\"'";
  constexpr std::string_view values = "\a\b\x1b\f\n\r\t\v\\\"'";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    const std::size_t simple = letters.find(c);
    if (simple != std::string_view::npos) {
      out += values[simple];
    } else if (c == 'x' && i + 1 < text.size() && hex_value(text[i + 1]) >= 0) {
      int value = hex_value(text[++i]);
      if (i + 1 < text.size() && hex_value(text[i + 1]) >= 0) {
        value = value * 16 + hex_value(text[++i]);
      }
      out += static_cast<char>(value);
    } else if (c >= '0' && c <= '7') {
      int value = 0;
      std::size_t end = i + (c == '0' ? 4 : 3);
      for (; i < text.size() && i < end && text[i] >= '0' && text[i] <= '7'; ++i) {
        value = value * 8 + (text[i] - '0');
      }
      --i;
      out += static_cast<char>(value & 0xFF);
    } else {
      out += '\\';
      out += c;
    }
  }
  return out;
}

}  // namespace assay::code::shell
