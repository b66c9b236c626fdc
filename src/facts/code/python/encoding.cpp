#include "facts/code/python/encoding.h"

#include <algorithm>
#include <string>

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

}  // namespace

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
