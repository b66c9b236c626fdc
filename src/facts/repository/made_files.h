// Which files of a package a build makes, so that no repository has to hold them.
#pragma once

#include <string>

#include "facts/repository/tree_index.h"
#include "package/package.h"

namespace assay {

struct MadeBy {
  std::string how;          // "built from src/a.ts"; empty: nothing says that it was made
  bool is_weak = false;     // by the name of its folder alone
  bool only_tells = false;  // such files tell which release it is: one that acts is none of them
};

// `folder` is the package's in the repository; `has_build` whether its manifest has a script that
// builds.
MadeBy made_by(const File& file, const TreeIndex& tree, std::string_view folder, bool has_build);

// Rewritten by the tools that publish, so that contents prove nothing: package.json is compared
// field by field.
bool is_rewritten(std::string_view path, Ecosystem ecosystem);

}  // namespace assay
