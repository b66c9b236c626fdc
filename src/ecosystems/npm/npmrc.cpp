#include "ecosystems/npm/npmrc.h"

#include "base/text.h"

namespace assay {
namespace {

bool is_quoted(std::string_view text) {
  return text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
         text.back() == text.front();
}

// As npm's reader has it: a backslash escapes itself, ';' and '#'; the latter two end the value.
std::string unescape(std::string_view text) {
  text = trim(text);
  if (is_quoted(text)) return std::string(text.substr(1, text.size() - 2));
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ';' || text[i] == '#') break;
    if (text[i] == '\\' && i + 1 < text.size() && std::string_view("\\;#").contains(text[i + 1])) {
      out += text[++i];
    } else {
      out += text[i];
    }
  }
  return std::string(trim(out));
}

}  // namespace

NpmSettings parse_npmrc(std::string_view text) {
  NpmSettings settings;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::string_view line : split_lines(text)) {
    line = trim(line);
    if (line.empty() || line.front() == ';' || line.front() == '#') continue;
    // npm's own settings stand above the first section.
    if (line.front() == '[' && line.back() == ']') break;
    const std::size_t equals = line.find('=');
    std::string key = unescape(line.substr(0, equals));
    if (key.ends_with("[]")) key.resize(key.size() - 2);
    const std::string value =
        equals == std::string_view::npos ? "true" : unescape(line.substr(equals + 1));
    if (!key.empty()) settings.emplace_back(std::move(key), value);
  }
  return settings;
}

std::string expand_npm_variables(std::string_view text,
                                 const std::map<std::string, std::string>& variables) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t start = text.find("${", at);
    const std::size_t end = start == std::string_view::npos ? start : text.find('}', start);
    if (end == std::string_view::npos) break;
    if (start > at && text[start - 1] == '\\') {
      out += text.substr(at, start - 1 - at);
      out += text.substr(start, end + 1 - start);
      at = end + 1;
      continue;
    }
    out += text.substr(at, start - at);
    std::string name(text.substr(start + 2, end - start - 2));
    const bool may_be_unset = name.ends_with('?');
    if (may_be_unset) name.pop_back();
    const auto found = variables.find(name);
    if (found != variables.end()) {
      out += found->second;
    } else if (!may_be_unset) {
      out += text.substr(start, end + 1 - start);
    }
    at = end + 1;
  }
  out += text.substr(at);
  return out;
}

}  // namespace assay
