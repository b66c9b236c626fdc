#include "facts/repository/find_manifest.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/manifest.h"
#include "ecosystems/pypi/pyproject.h"
#include "ecosystems/pypi/setup_cfg.h"

namespace assay {
namespace {

// The largest monorepos hold some hundred packages.
constexpr std::size_t most_likely = 20;
constexpr std::size_t most_others = 400;
constexpr std::size_t most_names = 20;
constexpr std::size_t most_manifest_bytes = 1_MiB;

constexpr std::string_view npm_manifests[] = {"package.json"};
constexpr std::string_view python_manifests[] = {"pyproject.toml", "setup.cfg", "setup.py"};

std::span<const std::string_view> manifest_names(Ecosystem ecosystem) {
  if (ecosystem == Ecosystem::npm) return npm_manifests;
  return python_manifests;
}

struct Told {
  std::string name, version;
};

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The text of `key = "…"` anywhere in a program, if its first value is a literal, or a name that
// has one.
std::string literal_of(std::string_view code, std::string_view key, bool may_be_name = true) {
  for (std::size_t at = code.find(key); at != std::string_view::npos; at = code.find(key, at + 1)) {
    if (at > 0 && is_name_letter(code[at - 1])) continue;
    std::string_view rest = trim(code.substr(at + key.size(), 300));
    if (!rest.starts_with('=') && !rest.starts_with(':')) continue;
    rest = trim(rest.substr(1));
    if (!rest.empty() && is_name_letter(rest[0]) && may_be_name) {
      const auto end = std::ranges::find_if_not(rest, is_name_letter);
      return literal_of(code, std::string_view(rest.begin(), end), false);
    }
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return {};
    const std::size_t end = rest.find(rest[0], 1);
    return end == std::string_view::npos ? std::string() : std::string(rest.substr(1, end - 1));
  }
  return {};
}

Told read_told(std::string_view path, std::string_view text) {
  const std::string_view name = base_name_of(path);
  if (text.size() > most_manifest_bytes) return {};
  if (name == "package.json") {
    const Result<NpmManifest> manifest = read_npm_manifest(text);
    return manifest ? Told{manifest->name, manifest->version} : Told{};
  }
  if (name == "pyproject.toml") {
    const Result<Pyproject> project = parse_pyproject(text);
    if (!project || !project->metadata) return {};
    return {project->metadata->name, project->metadata->version};
  }
  if (name == "setup.cfg") {
    const CoreMetadata metadata = parse_setup_cfg(text).metadata;
    return {metadata.name, contains(metadata.version, ":") ? std::string() : metadata.version};
  }
  return {literal_of(text, "name"), literal_of(text, "version")};
}

bool is_same_name(Ecosystem ecosystem, std::string_view a, std::string_view b) {
  return ecosystem == Ecosystem::pypi ? normalise_pypi_name(a) == normalise_pypi_name(b) : a == b;
}

// Manifests of what is installed or only an example are nobody's.
bool is_of_somebody(std::string_view path) {
  constexpr std::string_view not_ours[] = {"node_modules/", "fixtures/", "__fixtures__/",
                                           "testdata/", "templates/"};
  return std::ranges::none_of(not_ours,
                              [&](std::string_view part) { return contains(path, part); });
}

std::string plain_name(std::string_view name) {
  return normalise_pypi_name(name.substr(name.rfind('/') + 1));
}

void add(std::vector<const TreeFile*>& to, const TreeFile* file, std::size_t most) {
  const bool is_new =
      file != nullptr && file->kind == TreeKind::file && std::ranges::find(to, file) == to.end();
  if (is_new && to.size() < most) to.push_back(file);
}

}  // namespace

std::vector<const TreeFile*> likely_manifests(const TreeIndex& tree, const PackageId& package,
                                              const std::string& declared_folder) {
  std::vector<const TreeFile*> found;
  const auto names = manifest_names(package.ecosystem);
  for (const std::string& folder : {declared_folder, std::string()}) {
    for (const std::string_view name : names) {
      add(found, tree.at(path_below(folder, name)), most_likely);
    }
  }
  const std::string wanted = plain_name(package.name);
  for (const std::string_view name : names) {
    for (const TreeFile* file : tree.named(name)) {
      const std::string folder = normalise_pypi_name(base_name_of(folder_of(file->path)));
      const bool is_named_after =
          !folder.empty() && (folder == wanted || wanted.ends_with("-" + folder));
      if (is_named_after && is_of_somebody(file->path)) add(found, file, most_likely);
    }
  }
  return found;
}

std::vector<const TreeFile*> other_manifests(const TreeIndex& tree, const PackageId& package,
                                             std::span<const TreeFile* const> likely) {
  std::vector<const TreeFile*> found;
  for (const std::string_view name : manifest_names(package.ecosystem)) {
    for (const TreeFile* file : tree.named(name)) {
      const bool is_new = std::ranges::find(likely, file) == likely.end();
      if (is_new && is_of_somebody(file->path)) add(found, file, most_others);
    }
  }
  return found;
}

FoundManifest choose_manifest(std::span<const TreeFile* const> manifests, const Contents& contents,
                              const PackageId& package, bool is_complete) {
  FoundManifest found;
  bool all_tell = is_complete;
  for (const TreeFile* file : manifests) {
    const auto text = contents.find(file->id);
    if (text == contents.end()) {
      all_tell = false;
      continue;
    }
    const Told told = read_told(file->path, text->second);
    const bool is_ours =
        !told.name.empty() && is_same_name(package.ecosystem, told.name, package.name);
    if (found.path.empty() || is_ours) {
      found.folder = folder_of(file->path);
      found.path = file->path;
      found.text = text->second;
      found.version = told.version;
    }
    if (is_ours) {
      found.name = NameMatch::agrees;
      found.names.clear();
      return found;
    }
    // Python's manifests share a folder, and it is enough that one of them tells.
    const bool may_be_silent = package.ecosystem == Ecosystem::npm;
    if (told.name.empty() && !may_be_silent && file->path.ends_with("setup.py")) all_tell = false;
    if (!told.name.empty()) found.names.push_back(told.name);
  }
  std::ranges::sort(found.names);
  const auto same = std::ranges::unique(found.names);
  found.names.erase(same.begin(), same.end());
  if (found.names.size() > most_names) found.names.resize(most_names);
  if (all_tell && !found.names.empty()) found.name = NameMatch::differs;
  if (found.name == NameMatch::untold) found.names.clear();
  return found;
}

}  // namespace assay
