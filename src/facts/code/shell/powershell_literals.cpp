// Names, variables and strings of PowerShell.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/powershell_parser.h"

namespace assay::code::shell {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_name_start(c) || is_digit(c); }

char backtick_escape(char c) {
  constexpr std::string_view letters = "0abefnrtv";
  constexpr std::string_view values("\0\a\b\x1b\f\n\r\t\v", 9);
  const std::size_t at = letters.find(c);
  return at == std::string_view::npos ? c : values[at];
}

// Variables that droppers rely on and that every PowerShell has.
struct Standard {
  std::string_view name;
  std::string_view value;
};
constexpr std::array standard_variables = {
    Standard{"env:comspec", "cmd.exe"},
    Standard{"env:systemroot", "C:\\Windows"},
    Standard{"env:windir", "C:\\Windows"},
    Standard{"null", "$null"},
    Standard{"true", "True"},
    Standard{"false", "False"},
    Standard{"pshome", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0"},
    Standard{"shellid", "Microsoft.PowerShell"},
    Standard{"verbosepreference", "SilentlyContinue"},
    Standard{"executioncontext", ""},
};

}  // namespace

std::string PowerShellParser::read_name() {
  const std::size_t begin = at_;
  while (is_name(peek())) ++at_;
  return std::string(text_.substr(begin, at_ - begin));
}

// $name, ${name}, $env:NAME from the dollar on.
PsValue PowerShellParser::parse_variable() {
  ++at_;
  std::string name;
  if (peek() == '{') {
    const std::size_t close = text_.substr(0, std::min(text_.size(), at_ + 256)).find('}', at_);
    if (close != std::string_view::npos) {
      name = text_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
    }
  } else if (is_name_start(peek()) || is_digit(peek())) {
    name = read_name();
    if (peek() == ':' && is_name_start(peek(1))) {
      ++at_;
      name += ":" + read_name();
    }
  } else if (peek() == '_' || peek() == '$' || peek() == '?' || peek() == '^') {
    name = std::string(1, text_[at_++]);
  }
  if (name.empty()) return constant("$");
  const std::string lower = to_lower_ascii(name);
  PsValue value;
  const auto known = session_.windows_variables.find(lower);
  const auto standard = std::ranges::find(standard_variables, lower, &Standard::name);
  if (known != session_.windows_variables.end() && session_.spend(known->second.value.size())) {
    value.is_array = !known->second.items.empty();
    value.items = known->second.items;
    if (!value.is_array) value.items.push_back(known->second.value);
    value.from = known->second.from;
    value.unset = known->second.unset;
    value.type = known->second.type;
    value.is_known = !contains(known->second.value, hole);
  } else if (standard != standard_variables.end()) {
    value = constant(std::string(standard->value));
    value.type = lower == "executioncontext" ? lower : "";
  } else {
    value.items.emplace_back(hole);
    if (lower.starts_with("env:")) value.unset.push_back(name.substr(4));
  }
  return value;
}

PsValue PowerShellParser::parse_single_quoted() {
  const std::size_t begin = ++at_;
  std::string text;
  bool is_verbatim = true;
  while (at_ < text_.size()) {
    if (text_[at_] == '\'') {
      if (peek(1) != '\'') break;
      ++at_;
      is_verbatim = false;
    }
    text += text_[at_++];
  }
  at_ = std::min(at_ + 1, text_.size());
  PsValue value = constant(std::move(text));
  if (is_verbatim) value.at = static_cast<std::int64_t>(begin);
  return value;
}

PsValue PowerShellParser::parse_double_quoted() {
  const std::size_t begin = ++at_;
  PsValue value;
  std::string text;
  bool is_verbatim = true;
  while (!done()) {
    const char c = peek();
    if (c == '"' && peek(1) != '"') break;
    if (c == '"' || c == '`') {
      is_verbatim = false;
      text += c == '"' ? '"' : backtick_escape(peek(1));
      at_ = std::min(at_ + 2, text_.size());
    } else if (c == '$' && (peek(1) == '(' || peek(1) == '{' || is_name_start(peek(1)))) {
      is_verbatim = false;
      PsValue inner = parse_primary();
      text += text_of(inner);
      add_origins(value, inner);
    } else {
      text += c;
      ++at_;
    }
  }
  at_ = std::min(at_ + 1, text_.size());
  value.is_known = !contains(text, hole);
  value.items.push_back(std::move(text));
  if (is_verbatim) value.at = static_cast<std::int64_t>(begin);
  return value;
}

// @'…'@ and @"…"@, each ending at the start of a line.
PsValue PowerShellParser::parse_here_string() {
  const std::string end = std::string("\n") + text_[at_ + 1] + "@";
  const std::size_t begin = std::min(text_.find('\n', at_), text_.size());
  const std::size_t close = std::min(text_.find(end, begin), text_.size());
  const std::size_t first = std::min(begin + 1, close);
  PsValue value = constant(std::string(text_.substr(first, close - first)));
  value.at = static_cast<std::int64_t>(first);
  at_ = std::min(close + end.size(), text_.size());
  return value;
}

// A word without quotes around it, backticks and inner quotes removed.
std::string PowerShellParser::read_bareword(bool is_argument) {
  std::string word;
  while (!done()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';' || c == '|' || c == '(' ||
        c == ')' || c == '{' || c == '}' || c == ',') {
      break;
    }
    if (c == '&' || c == '>' || (c == '<' && !is_argument)) break;
    if (c == ']' && is_argument && word.find('[') == std::string::npos) break;
    if (c == '`') {
      ++at_;
      if (at_ < text_.size()) word += text_[at_++];
    } else if (c == '"' || c == '\'') {
      word += text_of(c == '"' ? parse_double_quoted() : parse_single_quoted());
    } else if (c == '$' && is_argument) {
      word += text_of(parse_primary());
    } else if (c == '.' && peek(1) == '.' && is_argument && !word.empty() &&
               is_digit(word.back())) {
      break;
    } else {
      word += c;
      ++at_;
    }
  }
  return word;
}

}  // namespace assay::code::shell
