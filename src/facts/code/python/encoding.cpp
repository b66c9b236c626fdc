#include "facts/code/python/encoding.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "facts/code/python/characters.h"

namespace assay::code::python {
namespace {

// Every byte below 0x80 means its ASCII character, wherever it stands. Written without separators.
constexpr std::string_view ascii_supersets[] = {
    "ascii",    "usascii", "646",    "utf8",   "utf8sig", "u8",     "utf",         "cp65001",
    "latin",    "latin1",  "latin2", "latin3", "latin4",  "latin5", "latin6",      "latin9",
    "latin10",  "l1",      "cp437",  "cp850",  "cp852",   "cp866",  "koi8r",       "koi8u",
    "macroman", "mac",     "eucjp",  "euckr",  "gb2312",  "euccn",  "eucgb2312cn", "tis620"};
constexpr std::string_view ascii_superset_families[] = {"iso8859", "88591", "cp125", "windows125"};

// Two-byte characters whose second byte may be an ASCII one, a backslash among them.
constexpr std::string_view double_byte_encodings[] = {
    "gbk",   "cp936",    "936",   "ms936",      "gb18030",      "big5",          "big5hkscs",
    "cp950", "shiftjis", "sjis",  "csshiftjis", "shiftjis2004", "shiftjisx0213", "cp932",
    "ms932", "mskanji",  "cp949", "uhc",        "johab"};

std::string plain_name(std::string_view encoding) {
  std::string name;
  for (const char c : encoding) {
    if (c == '-' || c == '_' || c == ' ' || c == '.') continue;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  // Editors add the line ends they want, which Python ignores for these two only.
  for (const std::string_view suffix : {"unix", "dos", "mac"}) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) {
      name.resize(name.size() - suffix.size());
      break;
    }
  }
  return name;
}

// A byte that means something to the lexer, as the second half of a character.
bool hides_syntax(std::string_view source) {
  for (std::size_t i = 1; i < source.size(); ++i) {
    const bool syntax = source[i] == '\\' || source[i] == '{' || source[i] == '}';
    if (syntax && static_cast<unsigned char>(source[i - 1]) >= 0x80) return true;
  }
  return false;
}

bool is_encoding_byte(char c) {
  return digit_value(c) < 10 || (c >= 'A' && c <= 'Z') || is_lower(c) || c == '-' || c == '_' ||
         c == '.';
}

std::string_view first_line(std::string_view text) {
  return {text.begin(), std::ranges::find_if(text, is_line_break)};
}

// The encoding named in a comment line, by the expression of PEP 263.
std::string_view encoding_in(std::string_view line) {
  const std::size_t hash = line.find_first_not_of(" \t\f");
  if (hash == std::string_view::npos || line[hash] != '#') return {};
  for (std::size_t at = line.find("coding", hash); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    std::size_t begin = at + 6;
    if (begin >= line.size() || (line[begin] != ':' && line[begin] != '=')) continue;
    begin = line.find_first_not_of(" \t", begin + 1);
    if (begin == std::string_view::npos) return {};
    std::size_t end = begin;
    while (end < line.size() && is_encoding_byte(line[end])) ++end;
    if (end > begin) return line.substr(begin, end - begin);
  }
  return {};
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// UTF-16 code units to UTF-8; halves of pairs that stand alone become the replacement character.
class Utf16 {
 public:
  explicit Utf16(std::string& out) : out_(out) {}
  void add(char32_t unit) {
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
      return;
    }
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    append_utf8(out_, !is_low      ? unit
                      : high_ != 0 ? 0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00)
                                   : 0xFFFD);
    high_ = 0;
  }

 private:
  std::string& out_;
  char32_t high_ = 0;
};

std::string decode_utf7(std::string_view source) {
  std::string out;
  for (std::size_t i = 0; i < source.size();) {
    if (source[i] != '+') {
      out += source[i++];
      continue;
    }
    ++i;
    if (i < source.size() && source[i] == '-') {
      out += '+';
      ++i;
      continue;
    }
    Utf16 units(out);
    std::uint32_t bits = 0, count = 0;
    for (; i < source.size() && base64_digit(source[i]) >= 0; ++i) {
      bits = bits << 6 | static_cast<std::uint32_t>(base64_digit(source[i]));
      count += 6;
      if (count >= 16) {
        count -= 16;
        units.add(bits >> count & 0xFFFF);
      }
    }
    if (i < source.size() && source[i] == '-') ++i;
  }
  return out;
}

std::string decode_escapes(std::string_view source) {
  std::string out;
  for (std::size_t i = 0; i < source.size();) {
    const char c = source[i++];
    if (c != '\\' || i >= source.size()) {
      append_utf8(out, static_cast<unsigned char>(c));
      continue;
    }
    const char kind = source[i++];
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    constexpr std::string_view names = "abfnrtv\\'\"", values = "\a\b\f\n\r\t\v\\'\"";
    if (digits > 0 || (kind >= '0' && kind <= '7')) {
      const int base = digits > 0 ? 16 : 8;
      if (digits == 0) --i;
      char32_t value = 0;
      for (std::size_t n = 0; n < (digits > 0 ? digits : 3) && i < source.size(); ++n, ++i) {
        const int digit = digit_value(source[i]);
        if (digit >= base) break;
        value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
      }
      append_utf8(out, value > 0x10FFFF ? 0xFFFD : value);
    } else if (const std::size_t known = names.find(kind); known != std::string_view::npos) {
      out += values[known];
    } else if (kind != '\n') {
      out += '\\';
      out += kind;
    }
  }
  return out;
}

std::string decode_utf16(std::string_view source) {
  const bool is_little = source.starts_with("\xFF\xFE");
  std::string out;
  Utf16 units(out);
  for (std::size_t i = 2; i + 1 < source.size(); i += 2) {
    const auto first = static_cast<unsigned char>(source[i]),
               second = static_cast<unsigned char>(source[i + 1]);
    units.add(is_little ? static_cast<char32_t>(second << 8 | first)
                        : static_cast<char32_t>(first << 8 | second));
  }
  return out;
}

}  // namespace

std::optional<std::string> decode_source(std::string_view source) {
  if (source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF")) return decode_utf16(source);
  const std::string_view declared = declared_encoding(source);
  const std::string name = plain_name(declared);
  const bool is_utf7 = name == "utf7" || name == "u7" || name == "unicode11utf7";
  const bool has_escapes = name == "unicodeescape" || name == "rawunicodeescape";
  if (!is_utf7 && !has_escapes) return std::nullopt;
  const auto end = static_cast<std::size_t>(declared.data() + declared.size() - source.data());
  std::string out = is_utf7 ? decode_utf7(source.substr(end)) : decode_escapes(source.substr(end));
  return "#" + out;
}

std::uint32_t byte_order_mark_size(std::string_view source) {
  return source.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::string_view declared_encoding(std::string_view source) {
  source.remove_prefix(byte_order_mark_size(source));
  for (int number = 0; number < 2; ++number) {
    const std::size_t first = source.find_first_not_of(" \t\f");
    if (first == std::string_view::npos) return {};
    if (source[first] == '#') {
      const std::string_view line = first_line(source);
      const std::string_view encoding = encoding_in(line);
      if (!encoding.empty()) return encoding;
      source.remove_prefix(line.size());
    } else if (is_line_break(source[first])) {
      source.remove_prefix(first);
    } else {
      return {};
    }
    source.remove_prefix(source.starts_with("\r\n") ? 2 : source.empty() ? 0 : 1);
  }
  return {};
}

std::string_view encoding_problem(std::string_view source) {
  if (source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF")) return "UTF-16 text";
  const std::string_view declared = declared_encoding(source);
  if (declared.empty()) return {};
  const std::string name = plain_name(declared);
  if (std::ranges::count(ascii_supersets, name) != 0) return {};
  if (std::ranges::any_of(ascii_superset_families, [&](auto p) { return name.starts_with(p); })) {
    return {};
  }
  if (std::ranges::count(double_byte_encodings, name) != 0 && !hides_syntax(source)) return {};
  return "source encoding that changes what the bytes mean";
}

}  // namespace assay::code::python
