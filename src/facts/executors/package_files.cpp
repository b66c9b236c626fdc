#include "facts/executors/package_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/test_paths.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 11> node_extensions = {
    ".js", ".cjs", ".mjs", ".json", ".node", ".ts", ".tsx", ".jsx", ".mts", ".cts", ".wasm"};

// TypeScript sources name the file that they will become.
struct Twin {
  std::string_view written, source;
};
constexpr std::array<Twin, 5> twins = {
    {{".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}}};

constexpr std::array<FileKind, 9> code_kinds = {
    FileKind::javascript, FileKind::typescript, FileKind::python,
    FileKind::shell,      FileKind::powershell, FileKind::batch,
    FileKind::bytecode,   FileKind::native,     FileKind::wasm};

// More package.json files than any bundle in use has.
constexpr std::size_t most_manifests = 10'000;

}  // namespace

bool is_code(const File& file) {
  return std::ranges::find(code_kinds, file.kind) != code_kinds.end();
}

void sort_unique(FileList& files) {
  std::ranges::sort(files);
  const auto repeated = std::ranges::unique(files);
  files.erase(repeated.begin(), repeated.end());
}

PackageFiles::PackageFiles(const Package& package) : package_(package) {
  by_path_.reserve(package.files.size());
  for (std::size_t i = 0; i < package.files.size(); ++i) {
    const std::string_view path = package.files[i].path;
    const auto index = static_cast<std::int32_t>(i);
    by_path_.emplace(path, index);
    const auto [known, is_new] = by_base_name_.try_emplace(base_name_of(path), index);
    if (!is_new) known->second = -1;
    std::string_view folder = path;
    // A folder that is known has known parents.
    do {
      folder = folder_of(folder);
    } while (folders_.insert(folder).second && !folder.empty());
    bundles_modules_ =
        bundles_modules_ || path.starts_with("node_modules/") || contains(path, "/node_modules/");
  }
}

std::int32_t PackageFiles::find(std::string_view path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? -1 : found->second;
}

std::int32_t PackageFiles::only_file_named(std::string_view base_name) const {
  const auto found = by_base_name_.find(base_name);
  return found == by_base_name_.end() ? -1 : found->second;
}

void PackageFiles::add_if_present(std::string_view path, FileList& into) const {
  const std::int32_t index = find(path);
  if (index >= 0) into.push_back(index);
}

void PackageFiles::add_node_module(std::string_view path, FileList& into) const {
  if (path == ".") path = {};
  if (!has_folder(folder_of(path))) return;
  const std::size_t before = into.size();
  if (!path.empty()) {
    add_if_present(path, into);
    for (const std::string_view extension : node_extensions) {
      add_if_present(std::string(path) + std::string(extension), into);
    }
    for (const Twin& twin : twins) {
      if (into.size() > before || !path.ends_with(twin.written)) continue;
      const std::string_view stem = path.substr(0, path.size() - twin.written.size());
      add_if_present(std::string(stem) + std::string(twin.source), into);
    }
  }
  if (into.size() > before || !has_folder(path)) return;
  const NpmManifest* manifest = path.empty() ? nullptr : manifest_of(path);
  if (manifest) {
    for (const std::string& entry : manifest->entry_points) {
      const auto joined = join_path(path, entry);
      // One level: an entry point that is a folder stands for its index.
      if (!joined) continue;
      const std::size_t at = into.size();
      add_if_present(*joined, into);
      for (const std::string_view extension : node_extensions) {
        add_if_present(*joined + std::string(extension), into);
        if (into.size() == at) add_if_present(*joined + "/index" + std::string(extension), into);
      }
    }
  }
  const std::string index = path.empty() ? "index" : std::string(path) + "/index";
  for (const std::string_view extension : node_extensions) {
    add_if_present(index + std::string(extension), into);
  }
}

std::pair<std::int32_t, std::int32_t> PackageFiles::range_with_prefix(
    std::string_view prefix) const {
  const auto begin = std::ranges::lower_bound(package_.files, prefix, {}, &File::path);
  const auto end = std::partition_point(begin, package_.files.end(), [&](const File& file) {
    return std::string_view(file.path).starts_with(prefix);
  });
  return {static_cast<std::int32_t>(begin - package_.files.begin()),
          static_cast<std::int32_t>(end - package_.files.begin())};
}

void PackageFiles::add_pattern(std::string_view pattern, FileList& into) const {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return;
  const std::string_view prefix = pattern.substr(0, star), suffix = pattern.substr(star + 1);
  const auto [begin, end] = range_with_prefix(prefix);
  for (std::int32_t i = begin; i < end; ++i) {
    const std::string_view rest = std::string_view(file(i).path).substr(prefix.size());
    if (rest.ends_with(suffix) && !contains(file(i).path, "node_modules/")) into.push_back(i);
  }
}

void PackageFiles::add_code_in(std::string_view folder, FileList& into) const {
  const std::string prefix = folder.empty() ? std::string() : std::string(folder) + '/';
  const auto [begin, end] = range_with_prefix(prefix);
  for (std::int32_t i = begin; i < end; ++i) {
    if (folder_of(file(i).path) != folder || !is_code(file(i))) continue;
    if (!has_test_name(base_name_of(file(i).path))) into.push_back(i);
  }
}

std::int32_t PackageFiles::manifest_file_of(std::string_view folder) const {
  return find(folder.empty() ? "package.json" : std::string(folder) + "/package.json");
}

const NpmManifest* PackageFiles::manifest_of(std::string_view folder) const {
  const auto known = manifests_.find(folder);
  if (known != manifests_.end()) return known->second ? &*known->second : nullptr;
  std::optional<NpmManifest>& slot = manifests_[std::string(folder)];
  const std::int32_t index = manifest_file_of(folder);
  if (index < 0 || manifests_.size() > most_manifests) return nullptr;
  if (Result<NpmManifest> manifest = read_npm_manifest(file(index).bytes)) {
    slot = std::move(*manifest);
    slot->path = file(index).path;
  }
  return slot ? &*slot : nullptr;
}

std::optional<std::string> PackageFiles::bundled_folder(std::string_view module,
                                                        std::string_view folder) const {
  if (!bundles_modules_ || module.empty()) return {};
  while (true) {
    std::string candidate = folder.empty() ? std::string() : std::string(folder) + '/';
    candidate += "node_modules/";
    candidate += module;
    if (has_folder(candidate)) return candidate;
    if (folder.empty()) return {};
    folder = folder_of(folder);
  }
}

}  // namespace assay
