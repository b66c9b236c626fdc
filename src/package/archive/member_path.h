// The one place where a name from an archive becomes a path. What leaves here is relative, has '/'
// between components, no "." or "..", no NUL, and is valid UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"

namespace assay {

struct CheckedPath {
  std::string path;     // when refused: for display only
  std::string problem;  // empty when the name was an honest one
  bool refused = false;
};

// Roots and drive letters are taken off and told, as npm's reader does, so that the member is still
// examined; a name with "..", or over the limits, is refused, as the clients do.
CheckedPath check_member_path(std::string_view raw_name, const Limits& limits);

// The first component, and what follows it; empty rest for a single component.
std::string_view first_component(std::string_view path);
std::string_view without_first_component(std::string_view path);
std::string_view last_component(std::string_view path);

// Where a symbolic link at `path` leads; empty when that is outside.
std::string resolve_link(std::string_view path, std::string_view target);

// Whether a component says that the folder holds tests: fixtures are broken on purpose.
bool is_in_test_folder(std::string_view path);

}  // namespace assay
