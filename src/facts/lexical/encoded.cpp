#include "facts/lexical/encoded.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace assay::lexical {
namespace {

constexpr std::size_t min_length = 512;
// Wrapped base64 has lines of 64 or 76; shorter ones are words.
constexpr std::size_t min_wrapped = 40;
constexpr std::size_t max_spans = 64;

constexpr std::array<bool, 256> alphabet = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789+/=-_\\")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();
bool is_encoded(char c) { return alphabet[static_cast<unsigned char>(c)]; }

// How images, fonts, sound, source maps, certificates and keys begin in base64. They are in
// packages for what they show.
constexpr std::array<std::string_view, 20> media_starts = {
    "iVBORw0KGgo",     "/9j/",        "R0lGOD",      "d09GRg", "d09GMg", "AAEAAAA",
    "PHN2Zy",          "UklGR",       "Qk0",         "AAABAA", "T1RUTw", "SUQz",
    "PD94bW",          "AAAAIGZ0eXB", "AAAAHGZ0eXB", "//u",    "T2dnUw", "MYEw",
    "eyJ2ZXJzaW9uIjo", "MII"};

bool is_media(std::string_view run) {
  return std::ranges::any_of(media_starts,
                             [&](std::string_view start) { return run.starts_with(start); });
}

struct Alphabet {
  std::size_t size = 0;
  std::size_t distinct = 0;
  std::size_t upper = 0, lower = 0, digits = 0;
  std::size_t escapes = 0;         // backslashes
  std::size_t double_escapes = 0;  // of regular expressions in strings
  bool is_hex = true;
};

Alphabet alphabet_of(std::string_view run) {
  Alphabet found;
  run = run.substr(0, 8192);
  found.size = run.size();
  std::bitset<256> seen;
  char before = 0;
  for (const char c : run) {
    seen.set(static_cast<unsigned char>(c));
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    found.upper += is_upper ? 1 : 0;
    found.lower += is_lower ? 1 : 0;
    found.digits += is_digit ? 1 : 0;
    found.escapes += c == '\\' ? 1 : 0;
    found.double_escapes += c == '\\' && before == '\\' ? 1 : 0;
    found.is_hex = found.is_hex && (is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
    before = c;
  }
  found.distinct = seen.count();
  return found;
}

// Words and identifiers use few of the letters that random bytes would need, and few digits.
bool is_random(std::string_view run) {
  const Alphabet found = alphabet_of(run);
  if (found.escapes > 0) {
    return found.escapes * 6 >= found.size && found.distinct >= 10 &&
           found.double_escapes * 20 < found.size;
  }
  if (found.is_hex) return found.distinct >= 10;
  return found.distinct >= 24 && found.upper * 20 >= found.size && found.lower * 20 >= found.size &&
         found.digits * 33 >= found.size;
}

// From the end of a line of a wrapped literal to the start of its next one, over quotes, escapes,
// plus signs and indentation; `at` itself when the literal does not go on.
std::size_t skip_wrap(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  const std::size_t limit = std::min(text.size(), at + 64);
  bool has_newline = false;
  while (at < limit && !is_encoded(text[at])) {
    const char c = text[at];
    has_newline = has_newline || c == '\n';
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t' && c != '"' && c != '\'') return begin;
    ++at;
  }
  return has_newline && at < limit ? at : begin;
}

}  // namespace

void find_encoded_strings(std::string_view text, LexicalFacts& facts) {
  std::size_t done = 0;
  // Lines of wrapped literals are shorter than the stride of an unwrapped one would have to be.
  for (std::size_t at = min_wrapped - 1; at < text.size(); at += min_wrapped) {
    if (at < done || !is_encoded(text[at])) continue;
    std::size_t begin = at;
    while (begin > done && is_encoded(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_encoded(text[end])) ++end;
    done = end;
    const std::size_t first_line = end - begin;
    if (first_line < min_wrapped) continue;
    std::size_t encoded = first_line;
    std::size_t line = first_line;
    while (line == first_line && first_line < min_length) {
      const std::size_t next = skip_wrap(text, end);
      if (next == end) break;
      std::size_t next_end = next;
      while (next_end < text.size() && is_encoded(text[next_end])) ++next_end;
      line = next_end - next;
      if (line > first_line) break;
      encoded += line;
      end = done = next_end;
    }
    const std::string_view run = text.substr(begin, end - begin);
    if (encoded < min_length || is_media(run) || !is_random(run)) continue;
    if (facts.long_encoded_strings.size() < max_spans) {
      facts.long_encoded_strings.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
  }
}

}  // namespace assay::lexical
