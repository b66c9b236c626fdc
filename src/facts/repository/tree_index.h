// The files of a commit, to be found by contents, by place and by name.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ecosystems/relative_path.h"
#include "ecosystems/repository/repositories.h"

namespace assay {

std::string_view stem_of(std::string_view path);  // "b.test" of "a/b.test.js"
std::string path_below(std::string_view folder, std::string_view path);

class TreeIndex {
 public:
  // `files` are sorted by path and outlive this.
  explicit TreeIndex(std::span<const TreeFile> files);

  std::span<const TreeFile> files() const { return files_; }
  std::size_t id_digits() const { return files_.empty() ? 40 : files_.front().id.size(); }
  bool has_contents(std::string_view id) const { return ids_.contains(id); }
  const TreeFile* at(std::string_view path) const;
  bool has_folder(std::string_view folder) const { return folders_.contains(folder); }
  std::span<const TreeFile* const> named(std::string_view name) const;
  std::span<const TreeFile* const> with_stem(std::string_view stem) const;
  std::span<const TreeFile* const> submodules() const { return submodules_; }

 private:
  using ByName = std::unordered_map<std::string_view, std::vector<const TreeFile*>>;
  static std::span<const TreeFile* const> find(const ByName& by_name, std::string_view name);

  std::span<const TreeFile> files_;
  std::unordered_set<std::string_view> ids_;
  std::unordered_set<std::string_view> folders_;
  ByName names_, stems_;
  std::vector<const TreeFile*> submodules_;
};

}  // namespace assay
