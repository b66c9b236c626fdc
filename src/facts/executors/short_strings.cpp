#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/executors/references.h"

namespace assay {
namespace {

// Paths and specifiers are shorter; a longer string is data.
constexpr std::size_t most_bytes = 240;

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

constexpr std::array<bool, 256> make_inner() {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x20; c < 0x100; ++c) table[c] = c != 0x7F;
  for (const char c : {'"', '\'', '`', '<', '>', '|', '{', '}'}) {
    table[static_cast<unsigned char>(c)] = false;
  }
  return table;
}
constexpr std::array<bool, 256> is_inner = make_inner();

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 >= text.size()) {
      out += text[at];
      continue;
    }
    const char letter = text[++at];
    const std::size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 0;
    char32_t value = 0;
    std::size_t read = 0;
    while (read < digits && at + 1 + read < text.size() && digit_of(text[at + 1 + read]) >= 0) {
      value = value * 16 + static_cast<char32_t>(digit_of(text[at + 1 + read]));
      ++read;
    }
    if (digits > 0 && read == digits) {
      append_utf8(out, value);
      at += digits;
    } else {
      out += letter;  // "\\" of a Windows path, or an escape that no path has
    }
  }
  return out;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
    ++at;
  }
  return at;
}

}  // namespace

ShortString next_short_string(std::string_view text, std::size_t& at) {
  while (at < text.size()) {
    if (!is_quote(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at + 1;
    const std::size_t most = std::min(text.size(), begin + most_bytes);
    std::size_t end = begin;
    while (end < most && is_inner[static_cast<unsigned char>(text[end])]) ++end;
    const bool is_closed = end < text.size() && text[end] == text[at] && end > begin;
    at = end;  // the closing quote may open the next string
    if (is_closed) return {begin, text.substr(begin, end - begin)};
  }
  return {};
}

std::string joined_string(std::string_view text, const ShortString& first) {
  std::string out = unescaped(first.text);
  std::size_t at = first.begin + first.text.size() + 1;
  // A path in more parts than this is not worth following.
  for (int parts = 0; parts < 8 && out.size() <= most_bytes; ++parts) {
    std::size_t next = skip_spaces(text, at);
    if (next >= text.size() || text[next] != '+') break;
    next = skip_spaces(text, next + 1);
    if (next >= text.size() || !is_quote(text[next])) break;
    const std::size_t begin = next + 1;
    std::size_t end = begin;
    while (end < text.size() && end - begin <= most_bytes &&
           is_inner[static_cast<unsigned char>(text[end])]) {
      ++end;
    }
    if (end >= text.size() || text[end] != text[next]) break;
    out += unescaped(text.substr(begin, end - begin));
    at = end + 1;
  }
  return out;
}

}  // namespace assay
