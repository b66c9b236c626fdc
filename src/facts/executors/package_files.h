// The files of a package by path, as Node and Python would look them up. Resolution here may find
// more than a runtime would, never less: it only decides what can be reached.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ecosystems/npm/manifest.h"
#include "package/package.h"

namespace assay {

using FileList = std::vector<std::int32_t>;  // indices into Package::files

class PackageFiles {
 public:
  explicit PackageFiles(const Package& package);

  const Package& package() const { return package_; }
  const File& file(std::int32_t index) const {
    return package_.files[static_cast<std::size_t>(index)];
  }
  std::int32_t find(std::string_view path) const;  // -1 when absent
  bool has_folder(std::string_view path) const { return folders_.contains(path); }
  bool has_file_named(std::string_view base_name) const {
    return by_base_name_.contains(base_name);
  }
  // The only file of that base name, or -1.
  std::int32_t only_file_named(std::string_view base_name) const;

  // What require(path) can load: the file, the file with an extension, or what the folder's
  // package.json or index stands for. All variants count, since bundlers disagree on the order.
  void add_node_module(std::string_view path, FileList& into) const;
  // "lib/*.js", as in a package.json's exports.
  void add_pattern(std::string_view pattern, FileList& into) const;
  // Code directly in a folder, without tests.
  void add_code_in(std::string_view folder, FileList& into) const;
  // Files whose path starts with `prefix`, which the caller filters.
  std::pair<std::int32_t, std::int32_t> range_with_prefix(std::string_view prefix) const;

  // The package.json of a folder ("" is the top), read once; nullptr when absent or unreadable.
  const NpmManifest* manifest_of(std::string_view folder) const;
  // The file package.json in that folder, or -1.
  std::int32_t manifest_file_of(std::string_view folder) const;
  // "node_modules/x" for module "x" as seen from `folder`, when the package bundles it.
  std::optional<std::string> bundled_folder(std::string_view module, std::string_view folder) const;
  bool bundles_modules() const { return bundles_modules_; }

 private:
  void add_if_present(std::string_view path, FileList& into) const;

  const Package& package_;
  std::unordered_map<std::string_view, std::int32_t> by_path_;
  std::unordered_map<std::string_view, std::int32_t> by_base_name_;  // -1: several
  std::unordered_set<std::string_view> folders_;
  bool bundles_modules_ = false;
  mutable std::map<std::string, std::optional<NpmManifest>, std::less<>> manifests_;
};

// By extension and content kind: something that an interpreter or loader would run.
bool is_code(const File& file);

void sort_unique(FileList& files);

}  // namespace assay
