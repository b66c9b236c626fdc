// Requirements as pip reads them: PEP 508 lines, and requirements files
// (https://pip.pypa.io/en/stable/reference/requirements-file-format/).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct PypiRequirement {
  std::string name;
  std::string wanted;  // PEP 440 specifiers, blanks taken out; empty: any
  std::string url;     // of "name @ url", or of a line that is nothing but a URL or a path
  std::string text;    // as written, without comment and options

  bool operator==(const PypiRequirement&) const = default;
};

// "name[extra] >= 1, < 2 ; marker". Nullopt for what is none.
std::optional<PypiRequirement> parse_requirement(std::string_view text);

struct RequirementsFile {
  std::vector<PypiRequirement> requirements;
  std::vector<std::string> includes;  // of -r, as written; constraints (-c) install nothing
  std::vector<std::string> unread;    // lines that are neither requirement nor a known option
};
RequirementsFile parse_requirements_file(std::string_view text);

}  // namespace assay
