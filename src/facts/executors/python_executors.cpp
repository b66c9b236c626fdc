#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/python_assignment.h"
#include "facts/executors/references.h"
#include "facts/executors/survey.h"
#include "facts/executors/test_paths.h"

namespace assay {
namespace {

// Back ends that never look at a setup.py.
constexpr std::array<std::string_view, 10> own_back_ends = {
    "flit_core",   "flit",    "hatchling",         "poetry.core", "poetry.masonry",
    "pdm.backend", "maturin", "scikit_build_core", "mesonpy",     "whey"};

constexpr std::array<std::string_view, 2> customize_names = {"sitecustomize.py",
                                                             "usercustomize.py"};

bool starts_any(const auto& list, std::string_view text) {
  return std::ranges::any_of(list, [&](std::string_view start) {
    return text == start || (text.starts_with(start) && text.substr(start.size(), 1) == ".");
  });
}

class PythonExecutors {
 public:
  PythonExecutors(Survey& survey, const PythonManifest* python)
      : survey_(survey), files_(survey.files), python_(python) {}

  void add_all() {
    const bool is_built = survey_.layout.is_wheel() || files_.package().kind == ArtifactKind::egg;
    if (!is_built) add_setup_py();
    if (python_) {
      add_back_end();
      for (const PythonBuildHook& hook : python_->build_hooks) add_hook(hook);
      add_entry_point_executors(survey_, *python_);
    }
    const std::vector<File>& all = files_.package().files;
    for (std::size_t i = 0; i < all.size(); ++i) look_at(static_cast<std::int32_t>(i), all[i]);
    add_top_level();
  }

 private:
  void add(Executor executor) {
    sort_unique(executor.files);
    survey_.executors.push_back(std::move(executor));
  }

  void add_setup_py() {
    const std::int32_t file = files_.find("setup.py");
    if (file < 0) return;
    const bool is_ignored = python_ && python_->build_system &&
                            starts_any(own_back_ends, python_->build_system->backend);
    add({.kind = ExecutorKind::setup_py,
         .trigger = is_ignored ? Trigger::command : Trigger::install,
         .name = is_ignored ? "setup.py (the build back end does not run it)" : "setup.py",
         .command = {},
         .where = whole_file(file),
         .files = {file}});
  }

  // Where pyproject.toml says so, for a person to look at.
  Where at_text(std::int32_t file, std::string_view text) const {
    if (file < 0) return {};
    const std::string& bytes = files_.file(file).bytes;
    const std::size_t begin = bytes.find(text);
    if (begin == std::string::npos) return whole_file(file);
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    return {.file = file,
            .layer = -1,
            .begin = static_cast<std::uint32_t>(begin),
            .end = static_cast<std::uint32_t>(end)};
  }

  // An in-tree back end: backend-path puts folders of the source tree on the import path.
  void add_back_end() {
    if (!python_->build_system || python_->build_system->backend_path.empty()) return;
    const BuildSystem& build = *python_->build_system;
    const std::string module = build.backend.substr(0, build.backend.find(':'));
    FileList found;
    for (const std::string& folder : build.backend_path) {
      const auto path = join_path("", folder);
      if (path) survey_.modules.add_module_below(*path, module, found);
    }
    add({.kind = ExecutorKind::build_backend,
         .trigger = Trigger::install,
         .name = "build back end " + build.backend,
         .command = {},
         .where = at_text(files_.find("pyproject.toml"), "backend-path"),
         .files = std::move(found)});
  }

  void add_hook(const PythonBuildHook& hook) {
    FileList found;
    const auto path = join_path("", hook.target);
    const std::int32_t file = path && !path->empty() ? files_.find(*path) : -1;
    if (file >= 0) {
      found.push_back(file);
    } else {
      survey_.modules.add_target(hook.target, found);
    }
    if (found.empty()) return;  // of another package, or not there: nothing of this one runs
    if (file < 0 && is_plain_attribute(hook, found)) return;
    add({.kind = ExecutorKind::build_backend,
         .trigger = Trigger::install,
         .name = hook.option,
         .command = hook.target,
         .where =
             {.file = files_.find(hook.path), .layer = -1, .begin = hook.begin, .end = hook.end},
         .files = std::move(found)});
  }

  // setuptools reads "version = attr: pkg.__version__" off the source when the first assignment in
  // the module is a literal; only otherwise it imports the module.
  bool is_plain_attribute(const PythonBuildHook& hook, const FileList& found) const {
    const bool is_attribute =
        hook.option.starts_with("metadata.") || hook.option.starts_with("tool.setuptools.dynamic");
    const std::size_t dot = hook.target.rfind('.');
    if (!is_attribute || dot == std::string::npos) return false;
    const std::string name = hook.target.substr(dot + 1);
    return std::ranges::any_of(found, [&](std::int32_t file) {
      return assigns_plain_string(files_.file(file).bytes, name);
    });
  }

  void look_at(std::int32_t index, const File& file) {
    if (contains(file.path, "!/")) return;
    const std::string_view name = base_name_of(file.path);
    if (name.ends_with(".pth")) return add_pth(index, file);
    if (name.ends_with(".start")) return add_start(index, file);
    if (std::ranges::find(customize_names, name) != customize_names.end()) {
      if (is_import_root(folder_of(file.path))) add_customize(index, name);
    } else if (name == "__main__.py" && !is_test_path(file.path)) {
      add_main_module(index, file);
    } else if (contains(file.path, ".data/scripts/") ||
               file.path.starts_with("EGG-INFO/scripts/")) {
      add_script(index, name);
    }
  }

  bool is_import_root(std::string_view folder) const {
    return std::ranges::find(survey_.layout.import_roots, folder) !=
           survey_.layout.import_roots.end();
  }

  // site.py runs lines that start with "import" and a blank, each time the interpreter starts. In a
  // source tree any of them may be installed to where that happens.
  void add_pth(std::int32_t index, const File& file) {
    std::string_view text = file.bytes;
    for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = text.substr(at, end - at);
      if (line.starts_with("import ") || line.starts_with("import\t")) {
        add_start_line(ExecutorKind::pth_line, index, at, line);
      }
      at = end + 1;
    }
  }

  // PEP 829: "package.module:callable" lines, run at start-up.
  void add_start(std::int32_t index, const File& file) {
    if (!is_import_root(folder_of(file.path))) return;
    std::string_view text = file.bytes;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = trim(text.substr(at, end - at));
      if (!line.empty() && line.front() != '#') {
        add_start_line(ExecutorKind::pth_line, index, at, text.substr(at, end - at));
      }
      at = end + 1;
    }
  }

  void add_start_line(ExecutorKind kind, std::int32_t index, std::size_t begin,
                      std::string_view line) {
    // Python stops at neither, but a report of thousands of lines helps nobody.
    constexpr std::size_t most_lines = 1000;
    if (++start_lines_ > most_lines) {
      if (start_lines_ == most_lines + 1) {
        survey_.gaps.push_back({GapKind::budget, files_.file(index).path,
                                "more than 1000 lines that run at start-up"});
      }
      return;
    }
    const Origin origin{folder_of(files_.file(index).path)};
    FileList found = python_references(line, origin, files_, survey_.modules).named;
    survey_.modules.add_target(trim(line), found);
    found.push_back(index);
    add({.kind = kind,
         .trigger = Trigger::startup,
         .name = files_.file(index).path,
         .command = std::string(trim(line)),
         .where = {.file = index,
                   .layer = -1,
                   .begin = static_cast<std::uint32_t>(begin),
                   .end = static_cast<std::uint32_t>(begin + line.size())},
         .files = std::move(found)});
  }

  void add_customize(std::int32_t index, std::string_view name) {
    add({.kind = ExecutorKind::site_customize,
         .trigger = Trigger::startup,
         .name = std::string(name),
         .command = {},
         .where = whole_file(index),
         .files = {index}});
  }

  void add_main_module(std::int32_t index, const File& file) {
    std::string_view folder = folder_of(file.path);
    for (const std::string& root : survey_.layout.import_roots) {
      if (!root.empty() && folder.starts_with(root + '/')) folder.remove_prefix(root.size() + 1);
    }
    const std::string package = replace_all(std::string(folder), "/", ".");
    add({.kind = ExecutorKind::command,
         .trigger = Trigger::command,
         .name = package.empty() ? "__main__.py" : "python -m " + package,
         .command = {},
         .where = whole_file(index),
         .files = {index}});
  }

  void add_script(std::int32_t index, std::string_view name) {
    add({.kind = ExecutorKind::command,
         .trigger = Trigger::command,
         .name = "script " + std::string(name) + shadow_note(name.substr(0, name.find('.'))),
         .command = {},
         .where = whole_file(index),
         .files = {index}});
  }

  void add_top_level() {
    const std::vector<std::string>& names = python_ ? python_->top_level : survey_.layout.top_level;
    for (const std::string& name : names) {
      if (is_stray_test_folder(name, names)) continue;
      FileList found;
      survey_.modules.add_module(name, found);
      if (found.empty()) continue;  // a namespace, or listed and absent
      sort_unique(found);
      add({.kind = ExecutorKind::main,
           .trigger = Trigger::import,
           .name = "import " + name,
           .command = {},
           .where = whole_file(found.front()),
           .files = found});
    }
  }

  Survey& survey_;
  const PackageFiles& files_;
  const PythonManifest* python_;
  std::size_t start_lines_ = 0;
};

}  // namespace

void add_python_executors(Survey& survey, const PythonManifest* python) {
  if (survey.is_python()) PythonExecutors(survey, python).add_all();
}

}  // namespace assay
