#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "ecosystems/npm/version.h"
#include "facts/metadata/compare.h"

namespace assay {
namespace {

using Kind = ManifestDifference::Kind;
using Texts = std::map<std::string, std::string>;

// What runs when a package from a registry is installed; "prepare" does not.
constexpr std::array<std::string_view, 3> install_hooks = {"preinstall", "install", "postinstall"};
constexpr std::string_view implied_by_gyp = "node-gyp rebuild";

Texts hooks_of(const std::vector<std::pair<std::string, std::string>>& scripts) {
  Texts hooks;
  for (const auto& [name, command] : scripts) {
    if (std::ranges::find(install_hooks, name) != install_hooks.end()) hooks[name] = command;
  }
  return hooks;
}

Texts hooks_of(const NpmManifest& manifest) {
  std::vector<std::pair<std::string, std::string>> scripts;
  for (const NpmScript& script : manifest.scripts) {
    scripts.emplace_back(script.name, script.command);
  }
  return hooks_of(scripts);
}

std::string plain_path(std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  return path;
}

Texts commands_of(const NpmManifest& manifest) {
  Texts commands;
  for (const NpmBin& bin : manifest.bins) {
    // Those of a folder are listed file by file, which only npm's own list tells.
    if (!bin.name.empty()) commands[bin.name] = plain_path(bin.path);
  }
  return commands;
}

Texts dependencies_of(const NpmManifest& manifest) {
  Texts dependencies;
  for (const NpmDependency& dependency : manifest.dependencies) {
    if (dependency.group == NpmDependencyGroup::dependencies ||
        dependency.group == NpmDependencyGroup::optional) {
      dependencies[dependency.name] = dependency.spec;
    }
  }
  return dependencies;
}

void compare(const Texts& listed, const Texts& packaged, Kind hidden, Kind added, Kind changed,
             std::vector<ManifestDifference>& out) {
  for (const auto& [name, text] : packaged) {
    const auto found = listed.find(name);
    if (found == listed.end()) out.push_back({hidden, name, "", text});
    if (found != listed.end() && trim(found->second) != trim(text)) {
      out.push_back({changed, name, found->second, text});
    }
  }
  for (const auto& [name, text] : listed) {
    if (!packaged.contains(name)) out.push_back({added, name, text, ""});
  }
}

bool is_same_version(std::string_view a, std::string_view b) {
  const std::optional<NpmVersion> first = parse_npm_version(a), second = parse_npm_version(b);
  return a == b || (first && second && *first == *second);
}

}  // namespace

std::vector<ManifestDifference> compare_manifests(const ListedManifest& listed,
                                                  const NpmManifest& packaged, bool has_gyp) {
  std::vector<ManifestDifference> differences;
  if (!listed.name.empty() && listed.name != packaged.name) {
    differences.push_back({Kind::name, "name", listed.name, packaged.name});
  }
  if (!listed.version.empty() && !is_same_version(listed.version, packaged.version)) {
    differences.push_back({Kind::version, "version", listed.version, packaged.version});
  }
  Texts listed_hooks = hooks_of(listed.scripts);
  const Texts packaged_hooks = hooks_of(packaged);
  const auto implied = listed_hooks.find("install");
  if (has_gyp && implied != listed_hooks.end() && trim(implied->second) == implied_by_gyp &&
      !packaged_hooks.contains("install")) {
    listed_hooks.erase(implied);
  }
  compare(listed_hooks, packaged_hooks, Kind::install_script, Kind::install_script,
          Kind::install_script, differences);
  compare({listed.dependencies.begin(), listed.dependencies.end()}, dependencies_of(packaged),
          Kind::hidden_dependency, Kind::added_dependency, Kind::changed_dependency, differences);
  Texts listed_commands;
  for (const auto& [name, path] : listed.bins) listed_commands[name] = plain_path(path);
  const bool has_bin_folder =
      std::ranges::any_of(packaged.bins, [](const NpmBin& bin) { return bin.name.empty(); });
  if (!has_bin_folder) {
    compare(listed_commands, commands_of(packaged), Kind::command, Kind::command, Kind::command,
            differences);
  }
  return differences;
}

}  // namespace assay
