// The files of a package beside those of a commit.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "facts/repository/find_manifest.h"
#include "facts/repository/repository_facts.h"
#include "facts/repository/tree_index.h"
#include "package/package.h"

namespace assay {

// What is known of a file of the package from its own analysis; parallel to Package::files.
struct FileRole {
  bool at_install = false, acts = false;
};

struct ChangedFile {
  std::size_t file = 0;  // in Package::files
  const TreeFile* there = nullptr;
};

struct FileComparison {
  RepositoryFacts facts;             // only what counts files
  std::vector<ChangedFile> changed;  // whose contents are to be looked at
};

// By the ids of contents alone, so that nothing has to be fetched. Line ends are no difference.
FileComparison compare_files(const Package& package, std::span<const FileRole> roles,
                             const TreeIndex& tree, const FoundManifest& manifest);

// Looks into those that differ; `contents` of those that could be had. Blanks, comments that were
// taken out and places that a release writes its version into are no difference either.
void judge_changed(const Package& package, std::span<const FileRole> roles,
                   const std::vector<ChangedFile>& changed, const Contents& contents,
                   RepositoryFacts& facts);

// package.json against the repository's own; what a release changes by rule is no difference.
std::vector<RepositoryField> compare_fields(std::string_view package_json,
                                            std::string_view repository_json);

}  // namespace assay
