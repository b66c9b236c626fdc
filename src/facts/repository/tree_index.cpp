#include "facts/repository/tree_index.h"

#include <algorithm>

namespace assay {

std::string_view stem_of(std::string_view path) {
  const std::string_view name = base_name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == 0 ? name : name.substr(0, dot);
}

std::string path_below(std::string_view folder, std::string_view path) {
  return folder.empty() ? std::string(path) : std::string(folder) + "/" + std::string(path);
}

TreeIndex::TreeIndex(std::span<const TreeFile> files) : files_(files) {
  for (const TreeFile& file : files_) {
    if (file.kind == TreeKind::submodule) submodules_.push_back(&file);
    // Two empty files have nothing in common, but neither is one of them anything to look for.
    if (file.kind == TreeKind::file) ids_.insert(file.id);
    names_[base_name_of(file.path)].push_back(&file);
    stems_[stem_of(file.path)].push_back(&file);
    for (std::string_view folder = folder_of(file.path);
         !folder.empty() && folders_.insert(folder).second;) {
      folder = folder_of(folder);
    }
  }
}

const TreeFile* TreeIndex::at(std::string_view path) const {
  const auto found = std::ranges::lower_bound(files_, path, {}, &TreeFile::path);
  return found == files_.end() || found->path != path ? nullptr : &*found;
}

std::span<const TreeFile* const> TreeIndex::find(const ByName& by_name, std::string_view name) {
  const auto found = by_name.find(name);
  return found == by_name.end() ? std::span<const TreeFile* const>() : found->second;
}

std::span<const TreeFile* const> TreeIndex::named(std::string_view name) const {
  return find(names_, name);
}

std::span<const TreeFile* const> TreeIndex::with_stem(std::string_view stem) const {
  return find(stems_, stem);
}

}  // namespace assay
