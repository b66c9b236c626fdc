#include "facts/executors/python_assignment.h"

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

bool is_quote(char c) { return c == '"' || c == '\''; }

// Past the string that starts at `at`; one quote ends with its line, three do not.
std::size_t skip_string(std::string_view text, std::size_t at) {
  const bool is_triple =
      text.size() - at >= 3 && text[at + 1] == text[at] && text[at + 2] == text[at];
  const std::string_view close = text.substr(at, is_triple ? 3 : 1);
  for (at += close.size(); at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text.substr(at, close.size()) == close) {
      return at + close.size();
    } else if (!is_triple && text[at] == '\n') {
      return at;
    }
  }
  return text.size();
}

// To the start of the next line that is not inside a string.
std::size_t next_line(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n') {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_quote(text[at])) {
      at = skip_string(text, at);
    } else {
      ++at;
    }
  }
  return std::min(at + 1, text.size());
}

bool is_plain_string(std::string_view value) {
  if (value.empty() || !is_quote(value.front())) return false;
  const std::string_view after = trim(value.substr(skip_string(value, 0)));
  return after.empty() || after.front() == '#';
}

}  // namespace

bool assigns_plain_string(std::string_view python, std::string_view name) {
  if (name.empty()) return false;
  for (std::size_t at = 0; at < python.size(); at = next_line(python, at)) {
    if (!python.substr(at).starts_with(name)) continue;
    std::string_view line = python.substr(at, python.find('\n', at) - at);
    line = trim(line.substr(name.size()));
    if (line.starts_with(':')) line = trim(line.substr(std::min(line.find('='), line.size())));
    if (line.starts_with('=') && !line.starts_with("==")) {
      return is_plain_string(trim(line.substr(1)));
    }
  }
  return false;
}

}  // namespace assay
