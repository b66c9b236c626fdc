// Where in a repository a package is: the folder whose manifest has its name. Repositories of many
// packages have many.
#pragma once

#include <string>
#include <vector>

#include "facts/repository/repository_facts.h"
#include "facts/repository/tree_index.h"
#include "package/package.h"

namespace assay {

// Contents by id, as Repositories::contents gives them.
using Contents = std::map<std::string, std::string>;

struct FoundManifest {
  std::string folder, path;  // `path` is empty when there is none
  std::string text;
  std::string version;  // empty where the manifest does not tell
  NameMatch name = NameMatch::untold;
  std::vector<std::string> names;  // of other packages, when `name` differs; sorted
};

// Manifests that are read first: of the declared folder, of the top, of folders named after the
// package. Then all others.
std::vector<const TreeFile*> likely_manifests(const TreeIndex& tree, const PackageId& package,
                                              const std::string& declared_folder);
std::vector<const TreeFile*> other_manifests(const TreeIndex& tree, const PackageId& package,
                                             std::span<const TreeFile* const> likely);

// Among those whose contents are there, the first one of the package; else the first of all.
// `is_complete` tells that every manifest of the repository was read.
FoundManifest choose_manifest(std::span<const TreeFile* const> manifests, const Contents& contents,
                              const PackageId& package, bool is_complete);

}  // namespace assay
