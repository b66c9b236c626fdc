#include "ecosystems/pypi/requirements.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "ecosystems/pypi/pep440.h"

namespace assay {
namespace {

// Of files; people's have a few hundred lines.
constexpr std::size_t most_bytes = 4 << 20;

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t') out += c;
  }
  return out;
}

// Lines joined where one ends with a backslash, without comments.
std::vector<std::string> logical_lines(std::string_view text) {
  std::vector<std::string> lines;
  std::string line;
  for (const std::string_view part : split_lines(text)) {
    std::string_view rest = part;
    const std::size_t comment = rest.starts_with('#') ? 0 : rest.find(" #");
    rest = rest.substr(0, comment);
    const bool goes_on = rest.ends_with('\\');
    if (goes_on) rest.remove_suffix(1);
    line += rest;
    if (goes_on) continue;
    if (!trim(line).empty()) lines.emplace_back(trim(line));
    line.clear();
  }
  if (!trim(line).empty()) lines.emplace_back(trim(line));
  return lines;
}

// "-r file", "-rfile", "--requirement=file"; nullopt for another option.
std::optional<std::string> value_of(std::string_view line, std::string_view brief,
                                    std::string_view full) {
  for (const std::string_view option : {full, brief}) {
    if (!line.starts_with(option)) continue;
    std::string_view rest = trim(line.substr(option.size()));
    if (rest.starts_with('=')) rest = trim(rest.substr(1));
    return std::string(rest);
  }
  return std::nullopt;
}

bool is_place(std::string_view text) {
  return contains(text, "://") || text.starts_with('.') || text.starts_with('/') ||
         text.starts_with("file:");
}

}  // namespace

std::optional<PypiRequirement> parse_requirement(std::string_view text) {
  text = trim(text);
  PypiRequirement requirement;
  requirement.text = text;
  std::size_t end = 0;
  while (end < text.size() && is_name_character(text[end])) ++end;
  requirement.name = text.substr(0, end);
  std::string_view rest = trim(text.substr(end));
  if (requirement.name.empty() || !std::isalnum(static_cast<unsigned char>(requirement.name[0]))) {
    return std::nullopt;
  }
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    rest = trim(rest.substr(close + 1));
  }
  if (rest.starts_with('@')) {
    requirement.url = trim(rest.substr(1, rest.find(" ;") - 1));
    if (requirement.url.empty()) return std::nullopt;
    return requirement;
  }
  rest = trim(rest.substr(0, rest.find(';')));
  if (rest.starts_with('(') && rest.ends_with(')')) rest = rest.substr(1, rest.size() - 2);
  requirement.wanted = without_blanks(rest);
  if (!requirement.wanted.empty() && !Pep440Specifiers::parse(requirement.wanted)) {
    return std::nullopt;
  }
  return requirement;
}

RequirementsFile parse_requirements_file(std::string_view text) {
  RequirementsFile file;
  for (const std::string& line : logical_lines(text.substr(0, most_bytes))) {
    if (line.starts_with('-')) {
      if (std::optional<std::string> included = value_of(line, "-r", "--requirement")) {
        file.includes.push_back(std::move(*included));
      } else if (std::optional<std::string> editable = value_of(line, "-e", "--editable")) {
        file.requirements.push_back({"", "", *editable, *editable});
      }
      continue;  // Constraints, indexes and kin name nothing that is installed.
    }
    // Options of one requirement: --hash, --config-settings.
    const std::string_view plain = trim(std::string_view(line).substr(0, line.find(" --")));
    if (std::optional<PypiRequirement> requirement = parse_requirement(plain)) {
      file.requirements.push_back(std::move(*requirement));
    } else if (is_place(plain)) {
      file.requirements.push_back({"", "", std::string(plain), std::string(plain)});
    } else {
      file.unread.emplace_back(plain);
    }
  }
  return file;
}

}  // namespace assay
