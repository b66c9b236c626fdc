#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/survey.h"

namespace assay {
namespace {

enum class When : std::uint8_t {
  always,    // every install
  from_git,  // `npm install` in the folder itself, and installs of git dependencies
  at_root,   // only in the project that npm works on
  removal,   // npm 6 and older
};

struct Hook {
  std::string_view name;
  When when;
};
// https://docs.npmjs.com/cli/using-npm/scripts. What only the maintainer's own publishing runs
// (prepublishOnly, publish, version) is left out.
constexpr std::array<Hook, 14> hooks = {{{"preinstall", When::always},
                                         {"install", When::always},
                                         {"postinstall", When::always},
                                         {"prepublish", When::from_git},
                                         {"preprepare", When::from_git},
                                         {"prepare", When::from_git},
                                         {"postprepare", When::from_git},
                                         {"prepack", When::from_git},
                                         {"postpack", When::from_git},
                                         {"dependencies", When::at_root},
                                         {"pnpm:devPreinstall", When::at_root},
                                         {"preuninstall", When::removal},
                                         {"uninstall", When::removal},
                                         {"postuninstall", When::removal}}};

struct Timing {
  std::string_view note;
  Trigger of_tarball, of_checkout;
};
// Indexed by When.
constexpr std::array<Timing, 4> timings = {{
    {"", Trigger::install, Trigger::install},
    {" (git and local installs only)", Trigger::command, Trigger::install},
    {" (in its own project only)", Trigger::none, Trigger::install},
    {" (removal with npm 6 and older)", Trigger::command, Trigger::command},
}};

// Exports in use have a few dozen; each looks at every file.
constexpr std::size_t most_patterns = 500;

const NpmScript* find_script(const NpmManifest& manifest, std::string_view name) {
  const auto found = std::ranges::find(manifest.scripts, name, &NpmScript::name);
  return found == manifest.scripts.end() || found->command.empty() ? nullptr : &*found;
}

// @npmcli/run-script: without install and preinstall scripts, a binding.gyp stands for
// "node-gyp rebuild".
bool has_implicit_gyp(const PackageFiles& files, const NpmManifest& manifest,
                      const std::string& folder) {
  const std::string path = folder.empty() ? "binding.gyp" : folder + "/binding.gyp";
  return files.find(path) >= 0 && !manifest.gypfile_is_false && !find_script(manifest, "install") &&
         !find_script(manifest, "preinstall");
}

// A hook's own JavaScript may start node-gyp.
bool mentions_gyp(const PackageFiles& files, const FileList& started) {
  return std::ranges::any_of(started, [&](std::int32_t file) {
    return is_code(files.file(file)) && contains(files.file(file).bytes, "node-gyp");
  });
}

// The scripts, bins and entry points of one package.json, in `folder`.
class NpmPackageExecutors {
 public:
  NpmPackageExecutors(Survey& survey, const NpmManifest& manifest, std::string folder)
      : survey_(survey), manifest_(manifest), folder_(std::move(folder)) {
    manifest_file_ = survey.files.manifest_file_of(folder_);
  }

  // `trigger` replaces install for a bundled package that npm would not run.
  void add_scripts(ExecutorKind kind, const std::string& prefix, Trigger install_trigger) {
    for (const Hook& hook : hooks) {
      const NpmScript* script = find_script(manifest_, hook.name);
      if (!script) continue;
      const Timing& timing = timings[static_cast<std::size_t>(hook.when)];
      Trigger trigger =
          survey_.is_checkout() && folder_.empty() ? timing.of_checkout : timing.of_tarball;
      if (trigger == Trigger::install) trigger = install_trigger;
      const Followed followed = survey_.commands.follow(script->command, folder_);
      if (trigger == Trigger::install) {
        runs_gyp_ = runs_gyp_ || followed.runs_gyp || mentions_gyp(survey_.files, followed.files);
      }
      add({.kind = kind,
           .trigger = trigger,
           .name = prefix + std::string(hook.name) + std::string(timing.note),
           .command = script->command,
           .where = at(script->where),
           .files = followed.files});
    }
  }

  void add_gyp(const std::string& prefix, Trigger trigger) {
    if (has_implicit_gyp(survey_.files, manifest_, folder_)) {
      const std::string path = folder_.empty() ? "binding.gyp" : folder_ + "/binding.gyp";
      const std::int32_t file = survey_.files.find(path);
      add({.kind = ExecutorKind::implicit_gyp,
           .trigger = trigger,
           .name = prefix + "install (implicit, for binding.gyp)",
           .command = "node-gyp rebuild",
           .where = whole_file(file),
           .files = {file}});
      runs_gyp_ = runs_gyp_ || trigger == Trigger::install;
    }
    add_gyp_executors(survey_, folder_, runs_gyp_);
  }

  void add_bins() {
    for (const NpmBin& bin : manifest_.bins) {
      FileList files;
      if (bin.name.empty()) {  // directories.bin
        files = code_below(bin.path);
        for (const std::int32_t file : files) {
          add_bin(std::string(base_name_of(survey_.files.file(file).path)), bin, {file});
        }
        continue;
      }
      survey_.files.add_node_module(bin.path, files);
      add_bin(bin.name, bin, std::move(files));
    }
  }

  void add_entry_points() {
    bool has_main = false;
    for (std::size_t i = 0; i < manifest_.entry_points.size(); ++i) {
      const std::string& path = manifest_.entry_points[i];
      FileList files;
      if (contains(path, "*")) {
        if (++patterns_ > most_patterns) continue;
        survey_.files.add_pattern(path, files);
      } else {
        survey_.files.add_node_module(path, files);
      }
      std::erase_if(files, [&](std::int32_t file) {
        return survey_.files.file(file).kind == FileKind::declaration;
      });
      const std::string name = entry_name(path);
      has_main = has_main || (name == "main" && !files.empty());
      if (files.empty() && path.ends_with(".ts")) continue;  // type declarations
      add({.kind = ExecutorKind::main,
           .trigger = Trigger::import,
           .name = name,
           .command = {},
           .where = at(manifest_.entry_points_where[i]),
           .files = std::move(files)});
    }
    if (!has_main) add_default_main();
  }

 private:
  void add(Executor executor) {
    sort_unique(executor.files);
    survey_.executors.push_back(std::move(executor));
  }

  Where at(const TextRange& range) const {
    return {.file = manifest_file_, .layer = -1, .begin = range.begin, .end = range.end};
  }

  void add_bin(const std::string& name, const NpmBin& bin, FileList files) {
    add({.kind = ExecutorKind::command,
         .trigger = Trigger::command,
         .name = "bin " + name + shadow_note(name),
         .command = {},
         .where = at(bin.where),
         .files = std::move(files)});
  }

  FileList code_below(const std::string& folder) const {
    FileList files;
    const auto [begin, end] = survey_.files.range_with_prefix(folder.empty() ? "" : folder + '/');
    for (std::int32_t i = begin; i < end; ++i) {
      if (is_code(survey_.files.file(i))) files.push_back(i);
    }
    return files;
  }

  std::string entry_name(const std::string& path) const {
    struct Field {
      std::string_view name, value;
    };
    const std::array<Field, 3> fields = {
        {{"main", manifest_.main}, {"module", manifest_.module}, {"browser", manifest_.browser}}};
    for (const Field& field : fields) {
      if (field.value.empty()) continue;
      const auto normalised = join_path("", field.value);
      if (normalised && (normalised->empty() ? "." : *normalised) == path) {
        return std::string(field.name);
      }
    }
    return "exports";
  }

  // Node takes index.js when main is not given or not there.
  void add_default_main() {
    FileList files;
    survey_.files.add_node_module(".", files);
    if (files.empty()) return;
    add({.kind = ExecutorKind::main,
         .trigger = Trigger::import,
         .name = "main (index by default)",
         .command = {},
         .where = whole_file(files.front()),
         .files = std::move(files)});
  }

  Survey& survey_;
  const NpmManifest& manifest_;
  std::string folder_;
  std::int32_t manifest_file_ = -1;
  bool runs_gyp_ = false;
  std::size_t patterns_ = 0;
};

// "node_modules/a" and "node_modules/@s/a" for their package.json, at any depth.
bool is_bundled_manifest(std::string_view path) {
  constexpr std::string_view modules = "node_modules/";
  if (base_name_of(path) != "package.json") return false;
  const std::size_t at = path.rfind(modules);
  if (at == std::string_view::npos || (at > 0 && path[at - 1] != '/')) return false;
  const std::string_view rest = path.substr(at + modules.size());
  const auto slashes = std::ranges::count(rest, '/');
  return slashes == (rest.starts_with('@') ? 2 : 1);
}

// "file:inner.tgz" and "file:./inner": npm installs those like any other package. A nested archive
// that was descended into is a folder here, "inner.tgz!", with npm's own folder in it or not.
void add_local_dependencies(Survey& survey, const NpmManifest& npm) {
  for (const NpmDependency& dependency : npm.dependencies) {
    const bool is_installed = dependency.group == NpmDependencyGroup::dependencies ||
                              dependency.group == NpmDependencyGroup::optional;
    if (!is_installed || dependency.kind != NpmSpecKind::file) continue;
    const std::string_view spec = dependency.spec;
    const auto path = join_path("", spec.starts_with("file:") ? spec.substr(5) : spec);
    if (!path || path->empty()) continue;
    for (const std::string_view inside : {"", "!", "!/package"}) {
      const std::string folder = *path + std::string(inside);
      const NpmManifest* manifest = survey.files.manifest_of(folder);
      if (!manifest) continue;
      NpmPackageExecutors executors(survey, *manifest, folder);
      executors.add_scripts(ExecutorKind::bundled_script, folder + ": ", Trigger::install);
      executors.add_gyp(folder + ": ", Trigger::install);
    }
  }
}

}  // namespace

void add_npm_executors(Survey& survey, const NpmManifest* npm) {
  if (!survey.is_npm()) return;
  const NpmManifest unreadable;
  const bool is_npm = npm || survey.files.package().kind == ArtifactKind::npm_tarball;
  if (!is_npm) return;
  NpmPackageExecutors executors(survey, npm ? *npm : unreadable, "");
  executors.add_scripts(ExecutorKind::npm_script, "", Trigger::install);
  executors.add_gyp("", Trigger::install);
  executors.add_bins();
  executors.add_entry_points();
}

void add_bundled_executors(Survey& survey, const NpmManifest* npm) {
  if (!survey.is_npm() || !npm) return;
  add_local_dependencies(survey, *npm);
  if (!survey.files.bundles_modules()) return;
  // npm installs what bundledDependencies list, and what those need; the rest only lies there.
  const bool lists_any =
      std::ranges::any_of(npm->dependencies, [](const NpmDependency& dependency) {
        return dependency.group == NpmDependencyGroup::bundled;
      });
  const Trigger trigger = lists_any ? Trigger::install : Trigger::command;
  for (const File& file : survey.files.package().files) {
    if (!is_bundled_manifest(file.path)) continue;
    const std::string folder(folder_of(file.path));
    const NpmManifest* manifest = survey.files.manifest_of(folder);
    if (!manifest) {
      survey.gaps.push_back(
          {GapKind::malformed, file.path, "a bundled package.json is unreadable"});
      continue;
    }
    const std::string prefix = folder + (lists_any ? ": " : " (bundled without being listed): ");
    NpmPackageExecutors executors(survey, *manifest, folder);
    executors.add_scripts(ExecutorKind::bundled_script, prefix, trigger);
    executors.add_gyp(prefix, trigger);
  }
}

}  // namespace assay
