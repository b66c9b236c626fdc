#include "scan/manifest_targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/text.h"
#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/requirements.h"
#include "ecosystems/pypi/toml.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_manifest_bytes = 16 << 20;
// Requirements files that include one another in a circle are read once each; more are a mistake.
constexpr std::size_t most_files = 64;

std::string_view described(NpmSpecKind kind) {
  switch (kind) {
    case NpmSpecKind::git: return "a git repository, which no registry checks";
    case NpmSpecKind::remote_tarball: return "an archive at an address, which no registry checks";
    case NpmSpecKind::file: return "a path of this machine: use assay scan";
    case NpmSpecKind::workspace: return "a part of this project";
    default: return "";
  }
}

VetTarget target_of(std::string given, Result<PackageSpec> spec) {
  VetTarget target;
  target.given = std::move(given);
  if (spec) {
    target.spec = std::move(*spec);
  } else {
    target.problem = spec.error().message;
  }
  return target;
}

VetTarget target_of(const NpmDependency& dependency) {
  std::string given = fmt::format("npm:{}@{}", dependency.name, dependency.spec);
  if (dependency.kind == NpmSpecKind::alias) {  // "npm:other@^1"
    Result<PackageSpec> other = parse_package_spec(dependency.spec);
    return target_of(std::move(given), std::move(other));
  }
  const std::string_view problem = described(dependency.kind);
  if (!problem.empty()) return {std::move(given), std::nullopt, std::string(problem)};
  const std::string wanted = dependency.spec.empty() ? "" : "@" + dependency.spec;
  return target_of(std::move(given), parse_package_spec("npm:" + dependency.name + wanted));
}

VetTarget target_of(const PypiRequirement& requirement) {
  std::string given = "pypi:" + requirement.text;
  if (!requirement.url.empty()) {
    return {std::move(given), std::nullopt, "an address or a path, which no index checks"};
  }
  return target_of(std::move(given),
                   parse_package_spec("pypi:" + requirement.name + requirement.wanted));
}

VetTarget target_of_text(const std::string& text) {
  const std::optional<PypiRequirement> requirement = parse_requirement(text);
  if (requirement) return target_of(*requirement);
  return {"pypi:" + text, std::nullopt, "is no requirement that PEP 508 knows"};
}

// The same package at the same version is vetted once.
void keep_first_of_each(std::vector<VetTarget>& targets) {
  std::set<std::string> seen;
  std::erase_if(targets, [&](const VetTarget& target) {
    const std::string key = target.spec
                                ? fmt::format("{} {} {}", static_cast<int>(target.spec->ecosystem),
                                              target.spec->name, target.spec->wanted)
                                : target.given;
    return !seen.insert(key).second;
  });
}

Result<std::string> read_text(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return fail(ErrorKind::missing, path.string() + ": " + error.message());
  if (size > most_manifest_bytes) {
    return fail(ErrorKind::limit,
                fmt::format("{}: {} bytes exceed {}", path.string(), size, most_manifest_bytes));
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(size, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(size))) {
    return fail(ErrorKind::environment, path.string() + ": cannot be read");
  }
  return text;
}

// With the files that it includes.
Result<std::vector<VetTarget>> targets_of_requirements(const fs::path& first) {
  std::vector<VetTarget> targets;
  std::vector<fs::path> waiting = {first};
  std::set<fs::path> seen;
  while (!waiting.empty()) {
    const fs::path path = waiting.back().lexically_normal();
    waiting.pop_back();
    if (!seen.insert(path).second) continue;
    if (seen.size() > most_files) {
      return fail(ErrorKind::limit,
                  fmt::format("{}: includes more than {} files", first.string(), most_files));
    }
    const std::string text = TRY(read_text(path));
    const RequirementsFile file = parse_requirements_file(text);
    for (const PypiRequirement& requirement : file.requirements) {
      targets.push_back(target_of(requirement));
    }
    for (const std::string& line : file.unread) targets.push_back(target_of_text(line));
    for (const std::string& name : file.includes) {
      if (!contains(name, "://")) waiting.push_back(path.parent_path() / name);
    }
  }
  return targets;
}

void add_texts(const std::vector<std::string>& texts, std::vector<VetTarget>& targets) {
  for (const std::string& text : texts) targets.push_back(target_of_text(text));
}

// Poetry: "name = "^1.0"", whose operators pip does not know.
void add_poetry(const TomlTree& toml, const TomlNode& table, std::vector<VetTarget>& targets) {
  for (const TomlNode* entry : toml.children(table)) {
    if (entry->key == "python") continue;
    targets.push_back(target_of("pypi:" + entry->key, parse_package_spec("pypi:" + entry->key)));
  }
}

Result<std::vector<VetTarget>> targets_of_file(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name == "package.json") {
    const std::string text = TRY(read_text(path));
    return targets_of_package_json(text);
  }
  if (name.ends_with(".toml")) {
    const std::string text = TRY(read_text(path));
    return targets_of_pyproject(text);
  }
  if (name.ends_with(".txt") || name.ends_with(".in")) return targets_of_requirements(path);
  return fail(ErrorKind::usage,
              path.string() +
                  ": vet takes npm:NAME, pypi:NAME, package.json, pyproject.toml and "
                  "requirements files; use assay scan for other files");
}

Result<std::vector<VetTarget>> targets_of_folder(const fs::path& folder) {
  std::vector<VetTarget> targets;
  bool has_any = false;
  for (const std::string_view name : {"package.json", "pyproject.toml", "requirements.txt"}) {
    std::error_code ignored;
    if (!fs::is_regular_file(folder / name, ignored)) continue;
    has_any = true;
    std::vector<VetTarget> more = TRY(targets_of_file(folder / name));
    std::ranges::move(more, std::back_inserter(targets));
  }
  if (has_any) return targets;
  return fail(ErrorKind::missing, folder.string() +
                                      ": holds no package.json, pyproject.toml or "
                                      "requirements.txt");
}

}  // namespace

Result<std::vector<VetTarget>> targets_of_package_json(std::string_view text) {
  const NpmManifest manifest = TRY(read_npm_manifest(text));
  std::vector<VetTarget> targets;
  for (const NpmDependency& dependency : manifest.dependencies) {
    // Bundled ones come with their parent, overrides only change what others ask for.
    if (dependency.group == NpmDependencyGroup::bundled ||
        dependency.group == NpmDependencyGroup::overrides) {
      continue;
    }
    targets.push_back(target_of(dependency));
  }
  keep_first_of_each(targets);
  return targets;
}

Result<std::vector<VetTarget>> targets_of_pyproject(std::string_view text) {
  const TomlTree toml = TRY(TomlTree::read(text));
  std::vector<VetTarget> targets;
  if (const TomlNode* project = toml.at("project")) {
    add_texts(toml.texts(*project, "dependencies"), targets);
  }
  if (const TomlNode* build = toml.at("build-system")) {
    add_texts(toml.texts(*build, "requires"), targets);
  }
  for (const std::string_view groups : {"project.optional-dependencies", "dependency-groups"}) {
    const TomlNode* table = toml.at(groups);
    if (table == nullptr) continue;
    for (const TomlNode* group : toml.children(*table)) {
      add_texts(toml.texts(*table, group->key), targets);
    }
  }
  if (const TomlNode* poetry = toml.at("tool.poetry.dependencies")) {
    add_poetry(toml, *poetry, targets);
  }
  if (const TomlNode* groups = toml.at("tool.poetry.group")) {
    for (const TomlNode* group : toml.children(*groups)) {
      if (const TomlNode* table = toml.find(*group, "dependencies")) {
        add_poetry(toml, *table, targets);
      }
    }
  }
  keep_first_of_each(targets);
  return targets;
}

Result<std::vector<VetTarget>> parse_vet_target(std::string_view text) {
  if (text.empty()) return fail(ErrorKind::usage, "a target is empty");
  if (is_package_spec(text)) {
    PackageSpec spec = TRY(parse_package_spec(text));
    std::vector<VetTarget> targets(1);
    targets[0].given = text;
    targets[0].spec = std::move(spec);
    return targets;
  }
  const fs::path path(text);
  std::error_code error;
  if (fs::is_directory(path, error)) return targets_of_folder(path);
  std::vector<VetTarget> targets = TRY(targets_of_file(path));
  keep_first_of_each(targets);
  return targets;
}

}  // namespace assay
