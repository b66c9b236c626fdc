#include "facts/repository/compare_files.h"

#include <algorithm>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/npm/manifest.h"
#include "facts/repository/made_files.h"

namespace assay {
namespace {

// What can do something, as opposed to what is read by people.
bool is_code(const File& file) {
  switch (file.kind) {
    case FileKind::javascript:
    case FileKind::typescript:
    case FileKind::python:
    case FileKind::pth:
    case FileKind::shell:
    case FileKind::powershell:
    case FileKind::batch:
    case FileKind::gyp:
    case FileKind::native:
    case FileKind::wasm:
    case FileKind::bytecode:
    case FileKind::other_source: return true;
    default: return false;
  }
}

// "name.data/purelib/pkg/a.py" is installed as "pkg/a.py".
std::string_view installed_path(std::string_view path) {
  for (const std::string_view part : {".data/purelib/", ".data/platlib/", ".data/scripts/"}) {
    const std::size_t at = path.find(part);
    if (at != std::string_view::npos) return path.substr(at + part.size());
  }
  return path;
}

bool ends_in_path(std::string_view whole, std::string_view path) {
  return whole == path || (whole.ends_with(path) && whole[whole.size() - path.size() - 1] == '/');
}

// Where the same path is in the repository. Of Python, packages lie below any folder; of npm only
// below the package's own, since every package has an index.js.
const TreeFile* counterpart_of(const Package& package, std::string_view path, const TreeIndex& tree,
                               std::string_view folder) {
  if (const TreeFile* file = tree.at(path_below(folder, path))) return file;
  for (const std::string_view source : {"src", "lib", "source", "python"}) {
    const std::string below = path_below(source, path);
    if (const TreeFile* file = tree.at(path_below(folder, below))) return file;
  }
  const bool is_module = package.id.ecosystem == Ecosystem::pypi && contains(path, "/");
  if (!is_module) return nullptr;
  for (const TreeFile* file : tree.named(base_name_of(path))) {
    if (ends_in_path(file->path, path)) return file;
  }
  return nullptr;
}

// In a repository of its own, or behind a link to another folder.
bool is_elsewhere(std::string_view path, const TreeIndex& tree, std::string_view folder) {
  const std::string whole = path_below(folder, path);
  for (std::string_view above = folder_of(whole); !above.empty(); above = folder_of(above)) {
    const TreeFile* file = tree.at(above);
    if (file != nullptr && file->kind == TreeKind::link) return true;
  }
  return std::ranges::any_of(tree.submodules(), [&](const TreeFile* module) {
    return whole.starts_with(module->path + "/") || contains(path, module->path + "/");
  });
}

bool has_same_contents(const File& file, const TreeIndex& tree) {
  const std::size_t digits = tree.id_digits();
  if (tree.has_contents(blob_id(file.bytes, digits))) return true;
  if (!contains(file.bytes, "\n")) return false;
  const std::string unix_ends = replace_all(file.bytes, "\r\n", "\n");
  return tree.has_contents(blob_id(unix_ends, digits)) ||
         tree.has_contents(blob_id(replace_all(unix_ends, "\n", "\r\n"), digits));
}

RepositoryFile described(const File& file, const FileRole& role) {
  RepositoryFile described;
  described.path = file.path;
  described.at_install = role.at_install;
  described.acts = role.acts;
  return described;
}

bool runs_sooner(const RepositoryFile& a, const RepositoryFile& b) {
  const auto rank = [](const RepositoryFile& file) {
    return (file.at_install ? 4 : 0) + (file.acts ? 2 : 0) + (file.made_by.empty() ? 1 : 0);
  };
  if (rank(a) != rank(b)) return rank(a) > rank(b);
  return a.path < b.path;
}

void keep_first(std::vector<RepositoryFile>& files) {
  std::ranges::sort(files, runs_sooner);
  if (files.size() > most_repository_files) files.resize(most_repository_files);
}

bool has_build_script(const FoundManifest& manifest) {
  if (!manifest.path.ends_with("package.json")) return false;
  const Result<NpmManifest> read = read_npm_manifest(manifest.text);
  return read && std::ranges::any_of(read->scripts, [](const NpmScript& script) {
           return contains(script.name, "build") || contains(script.name, "prepublish") ||
                  script.name == "prepare" || script.name == "prepack" ||
                  contains(script.name, "compile") || contains(script.name, "bundle");
         });
}

bool is_metadata(std::string_view path) {
  return contains(path, ".dist-info/") || contains(path, ".egg-info/") || path == "PKG-INFO";
}

}  // namespace

FileComparison compare_files(const Package& package, std::span<const FileRole> roles,
                             const TreeIndex& tree, const FoundManifest& manifest) {
  FileComparison comparison;
  RepositoryFacts& facts = comparison.facts;
  const bool has_build = has_build_script(manifest);
  for (std::size_t i = 0; i < package.files.size(); ++i) {
    const File& file = package.files[i];
    const std::string_view path = installed_path(file.path);
    if (is_metadata(path) || contains(path, "!/")) continue;
    if (!file.dropped && has_same_contents(file, tree)) {
      ++facts.same;
      continue;
    }
    if (is_elsewhere(path, tree, manifest.folder) || path.starts_with("node_modules/")) {
      ++facts.uncompared;
      continue;
    }
    const TreeFile* there = counterpart_of(package, path, tree, manifest.folder);
    // Contents that were not kept have no id: a file of the name is all that can be looked for.
    const bool may_be_there = file.dropped && !tree.named(base_name_of(path)).empty();
    if (may_be_there || (there != nullptr && there->kind == TreeKind::link)) {
      ++facts.uncompared;
    } else if (there != nullptr && is_rewritten(path, package.id.ecosystem)) {
      ++facts.made;
    } else if (there != nullptr) {
      if (is_code(file)) comparison.changed.push_back({i, there});
    } else if (is_code(file)) {
      MadeBy made = made_by(file, tree, manifest.folder, has_build);
      if (made.only_tells && roles[i].acts) made = {};
      RepositoryFile missing = described(file, roles[i]);
      missing.made_by = made.how;
      missing.is_weakly_made = made.is_weak;
      facts.made += made.how.empty() ? 0 : 1;
      facts.missing_count += made.how.empty() ? 1 : 0;
      facts.missing.push_back(std::move(missing));
    } else if (file.dropped) {
      const bool is_made = !made_by(file, tree, manifest.folder, has_build).how.empty();
      ++(is_made ? facts.made : facts.uncompared);
    }
  }
  keep_first(facts.missing);
  return comparison;
}

namespace {

std::string_view without_end_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
    line.remove_suffix(1);
  }
  return line;
}

// Lines that say which release this is.
bool is_stamp(std::string_view line, const PackageId& package) {
  return line.size() <= 300 &&
         (contains_ignoring_case(line, "version") || contains_ignoring_case(line, "revision") ||
          (!package.version.empty() && contains(line, package.version)));
}

// "version https://git-lfs…\noid sha256:…": what stands in for a large file.
bool is_pointer_to(std::string_view there, const File& file) {
  constexpr std::string_view start = "version https://git-lfs", mark = "oid sha256:";
  const std::size_t at = there.find(mark);
  return there.starts_with(start) && at != std::string_view::npos &&
         there.substr(at + mark.size()).starts_with(hash_hex(HashKind::sha256, file.bytes));
}

struct NewLines {
  std::size_t lines = 0, unlike = 0, stamps = 0;
  std::string first;
};

NewLines new_lines_of(const File& file, std::string_view there, const PackageId& package) {
  std::unordered_set<std::string_view> known;
  for (const std::string_view line : split_lines(there)) known.insert(trim(line));
  NewLines result;
  for (const std::string_view whole : split_lines(file.bytes)) {
    const std::string_view line = trim(without_end_blanks(whole));
    if (line.empty()) continue;
    ++result.lines;
    if (known.contains(line)) continue;
    if (is_stamp(line, package)) {
      ++result.stamps;
      continue;
    }
    if (result.unlike++ == 0) result.first = line.substr(0, 200);
  }
  return result;
}

}  // namespace

void judge_changed(const Package& package, std::span<const FileRole> roles,
                   const std::vector<ChangedFile>& changed, const Contents& contents,
                   RepositoryFacts& facts) {
  for (const ChangedFile& change : changed) {
    const File& file = package.files[change.file];
    RepositoryFile entry = described(file, roles[change.file]);
    entry.counterpart = change.there->path;
    const auto there = contents.find(change.there->id);
    if (there == contents.end()) {
      ++facts.uncompared;
      continue;
    }
    if (is_pointer_to(there->second, file)) {
      ++facts.same;
      continue;
    }
    const NewLines lines = new_lines_of(file, there->second, package.id);
    if (lines.unlike == 0) {
      ++(lines.stamps == 0 ? facts.same : facts.made);
      continue;
    }
    entry.lines = lines.lines;
    entry.new_lines = lines.unlike;
    entry.first_new_line = lines.first;
    ++facts.changed_count;
    facts.changed.push_back(std::move(entry));
  }
  keep_first(facts.changed);
}

namespace {

constexpr std::string_view install_scripts[] = {"preinstall",   "install",   "postinstall",
                                                "preuninstall", "uninstall", "postuninstall"};

const NpmScript* find_script(const NpmManifest& manifest, std::string_view name) {
  const auto found = std::ranges::find(manifest.scripts, name, &NpmScript::name);
  return found == manifest.scripts.end() ? nullptr : &*found;
}

bool is_installed(const NpmDependency& dependency) {
  return dependency.group == NpmDependencyGroup::dependencies ||
         dependency.group == NpmDependencyGroup::optional;
}

}  // namespace

std::vector<RepositoryField> compare_fields(std::string_view package_json,
                                            std::string_view repository_json) {
  std::vector<RepositoryField> fields;
  const Result<NpmManifest> ours = read_npm_manifest(package_json);
  const Result<NpmManifest> theirs = read_npm_manifest(repository_json);
  if (!ours || !theirs) return fields;
  for (const std::string_view name : install_scripts) {
    const NpmScript* script = find_script(*ours, name);
    const NpmScript* there = find_script(*theirs, name);
    if (script == nullptr || trim(script->command).empty()) continue;
    if (there != nullptr && trim(there->command) == trim(script->command)) continue;
    fields.push_back({RepositoryField::Kind::script, script->name, script->command,
                      there == nullptr ? std::string() : there->command});
  }
  for (const NpmDependency& dependency : ours->dependencies) {
    // Bundlers move dependencies between groups, so that any group there will do.
    const bool is_there = std::ranges::any_of(
        theirs->dependencies,
        [&](const NpmDependency& other) { return other.name == dependency.name; });
    if (!is_installed(dependency) || is_there) continue;
    fields.push_back({RepositoryField::Kind::dependency, dependency.name, dependency.spec, {}});
  }
  for (const NpmBin& bin : ours->bins) {
    const bool is_there =
        std::ranges::find(theirs->bins, bin.name, &NpmBin::name) != theirs->bins.end();
    if (bin.name.empty() || is_there || !theirs->bins.empty()) continue;
    fields.push_back({RepositoryField::Kind::command, bin.name, bin.path, {}});
  }
  return fields;
}

}  // namespace assay
