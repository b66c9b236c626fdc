// Classes of bytes, as the lexer tells them apart.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace assay::code::python {

enum class CharacterClass : std::uint8_t {
  bad,
  blank,
  letter,
  digit,
  quote,
  line_break,
  hash,
  backslash,
  punctuation,
};

inline constexpr std::array<CharacterClass, 256> character_classes = [] {
  std::array<CharacterClass, 256> table{};
  const auto set = [&](std::string_view bytes, CharacterClass kind) {
    for (const char c : bytes) table[static_cast<unsigned char>(c)] = kind;
  };
  set(" \t\f", CharacterClass::blank);
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", CharacterClass::letter);
  set("0123456789", CharacterClass::digit);
  set("\"'", CharacterClass::quote);
  set("\n\r", CharacterClass::line_break);
  set("#", CharacterClass::hash);
  set("\\", CharacterClass::backslash);
  set("()[]{},:;.=`!~+-*/%@&|^<>", CharacterClass::punctuation);
  // Identifiers outside ASCII are taken as they come; which letters are allowed is not checked.
  for (std::size_t byte = 0x80; byte < 256; ++byte) table[byte] = CharacterClass::letter;
  return table;
}();

constexpr CharacterClass class_of(char c) {
  return character_classes[static_cast<unsigned char>(c)];
}

inline constexpr std::array<bool, 256> word_bytes = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    table[byte] = character_classes[byte] == CharacterClass::letter ||
                  character_classes[byte] == CharacterClass::digit;
  }
  return table;
}();

constexpr bool is_word(char c) { return word_bytes[static_cast<unsigned char>(c)]; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_line_break(char c) { return c == '\n' || c == '\r'; }

// 36 for what is no digit in any base.
constexpr int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 36;
}

}  // namespace assay::code::python
