// Where a Python distribution keeps things: told by its files, since names and kinds lie.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "package/package.h"

namespace assay {

struct PythonLayout {
  std::vector<std::string> dist_infos;  // "pkg-1.0.dist-info" folders at the top: a wheel has one
  std::string dist_info;                // the one that counts; empty: not a wheel
  std::string egg_info;                 // "src/pkg.egg-info" or "EGG-INFO"; empty when absent
  // Folders that end up on the import path: "" first, then "src", "pkg-1.0.data/purelib" and kin.
  std::vector<std::string> import_roots;
  // Import names found in those, without what only tests, documents or builds the package.
  std::vector<std::string> top_level;

  bool is_wheel() const { return !dist_info.empty(); }
};

PythonLayout find_python_layout(const Package& package);

// "tests", "docs", "examples" and kin: at the top of a source tree they are not the package.
bool is_support_folder(std::string_view name);

}  // namespace assay
