#include "facts/code/python/escapes.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "facts/code/python/characters.h"
#include "facts/code/python/utf8.h"

namespace assay::code::python {
namespace {

// What the letter after a backslash stands for; 0 where it is no single character.
constexpr std::array<char, 256> simple_escapes = [] {
  std::array<char, 256> table{};
  table['\\'] = '\\';
  table['\''] = '\'';
  table['"'] = '"';
  table['a'] = '\a';
  table['b'] = '\b';
  table['f'] = '\f';
  table['n'] = '\n';
  table['r'] = '\r';
  table['t'] = '\t';
  table['v'] = '\v';
  return table;
}();

constexpr std::size_t hex_digits(char letter, bool bytes) {
  if (letter == 'x') return 2;
  if (bytes) return 0;
  return letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

// Reads up to `most` digits of `base`; sets `used` to how many there were.
std::uint32_t read_number(std::string_view text, std::size_t most, int base, std::size_t& used) {
  std::uint32_t value = 0;
  for (used = 0; used < most && used < text.size() && digit_value(text[used]) < base; ++used) {
    value = value * static_cast<std::uint32_t>(base) +
            static_cast<std::uint32_t>(digit_value(text[used]));
  }
  return value;
}

void append_code(std::string& out, std::uint32_t code, bool bytes) {
  if (bytes) {
    out += static_cast<char>(code);
  } else {
    append_utf8(out, code);
  }
}

// `rest` follows a backslash. Returns how much of it was used; nothing when it is no escape.
std::size_t append_escape(std::string& out, std::string_view rest, bool bytes) {
  if (rest.empty()) return 0;
  if (rest[0] == '\r') return rest.starts_with("\r\n") ? 2 : 1;
  if (rest[0] == '\n') return 1;
  if (const char simple = simple_escapes[static_cast<unsigned char>(rest[0])]; simple != 0) {
    out += simple;
    return 1;
  }
  std::size_t used = 0;
  if (digit_value(rest[0]) < 8) {
    append_code(out, read_number(rest, 3, 8, used), bytes);
    return used;
  }
  const std::size_t digits = hex_digits(rest[0], bytes);
  if (digits == 0) return 0;
  const std::uint32_t code = read_number(rest.substr(1), digits, 16, used);
  if (used != digits || code > 0x10FFFF) return 0;
  append_code(out, code, bytes);
  return 1 + digits;
}

}  // namespace

void append_string_value(std::string& out, std::string_view body, StringStyle style) {
  const auto stops = [&](char c) { return c == '\r' || (c == '\\' && !style.raw); };
  for (;;) {
    const auto stop = std::ranges::find_if(body, stops);
    out.append(body.begin(), stop);
    if (stop == body.end()) return;
    const char c = *stop;
    body = {stop + 1, body.end()};
    if (c == '\r') {
      // Python reads every kind of line end as \n.
      out += '\n';
      if (body.starts_with('\n')) body.remove_prefix(1);
      continue;
    }
    const std::size_t used = append_escape(out, body, style.bytes);
    if (used == 0) out += '\\';
    body.remove_prefix(used);
  }
}

}  // namespace assay::code::python
