#include "ecosystems/pypi/toml_depth.h"

#include <algorithm>
#include <vector>

namespace assay {
namespace {

// Past a string that starts at `at`; multi-line ones have three quotes.
std::size_t skip_string(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  const bool is_triple = toml.substr(at + 1, 2) == std::string_view(quote == '"' ? "\"\"" : "''");
  const std::string_view close = toml.substr(at, is_triple ? 3 : 1);
  at += close.size();
  while (at < toml.size()) {
    if (quote == '"' && toml[at] == '\\') {
      at += 2;
    } else if (toml.substr(at, close.size()) == close) {
      at += close.size();
      // Two more quotes may stand in front of the closing three.
      for (int i = 0; is_triple && i < 2 && at < toml.size() && toml[at] == quote; ++i) ++at;
      return at;
    } else if (!is_triple && toml[at] == '\n') {
      return at;
    } else {
      ++at;
    }
  }
  return toml.size();
}

}  // namespace

std::size_t toml_depth(std::string_view toml) {
  std::vector<std::size_t> open;  // dots of the key in front of each bracket
  std::size_t deepest = 0, enclosing = 0, dots = 0;
  for (std::size_t at = 0; at < toml.size();) {
    const char c = toml[at];
    if (c == '"' || c == '\'') {
      at = skip_string(toml, at);
      continue;
    }
    ++at;
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
    } else if (c == '.') {
      ++dots;
      deepest = std::max(deepest, enclosing + dots);
    } else if (c == '[' || c == '{') {
      open.push_back(dots + 1);
      enclosing += dots + 1;
      dots = 0;
      deepest = std::max(deepest, enclosing);
    } else if ((c == ']' || c == '}') && !open.empty()) {
      enclosing -= open.back();
      open.pop_back();
      dots = 0;
    } else if (c == ',' || c == '\n') {
      dots = 0;
    }
  }
  return deepest;
}

}  // namespace assay
