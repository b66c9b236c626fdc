#include "ecosystems/pypi/layout.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"
#include "ecosystems/relative_path.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 24> support_folders = {
    "test",     "tests",  "testing",  "unittests", "doc",   "docs",  "documentation", "example",
    "examples", "sample", "samples",  "demo",      "demos", "bench", "benchmark",     "benchmarks",
    "scripts",  "tools",  "fixtures", "ci",        "build", "dist",  "tutorials",     "notebooks"};

// Modules at the top of a source tree that build or test it.
constexpr std::array<std::string_view, 9> support_modules = {
    "setup",    "conftest",         "noxfile",    "tasks",   "fabfile",
    "ez_setup", "distribute_setup", "versioneer", "pavement"};

// Source trees put their packages in one of these or at the top.
constexpr std::array<std::string_view, 5> source_folders = {"src", "lib", "python", "source",
                                                            "packages"};

template <typename List>
bool has(const List& list, std::string_view wanted) {
  return std::ranges::find(list, wanted) != std::ranges::end(list);
}

std::string_view first_component(std::string_view path) { return path.substr(0, path.find('/')); }

// What a folder or file must look like to be imported; "my-tool" is, through importlib or -m.
bool is_import_name(std::string_view name) {
  return !name.empty() && name.find('.') == std::string_view::npos && name != "__pycache__";
}

// "pkg/mod.py" -> "pkg"; "mod.py" and "mod.cpython-311.so" -> "mod"; otherwise empty.
std::string_view import_name(std::string_view relative) {
  const std::string_view first = first_component(relative);
  if (first.size() < relative.size()) return is_import_name(first) ? first : std::string_view();
  const std::string_view stem = first.substr(0, first.find('.'));
  return is_import_name(stem) ? stem : std::string_view();
}

bool is_importable(const File& file) {
  const std::string_view extension = extension_of(file.path);
  return extension == ".py" || extension == ".pyc" || extension == ".so" || extension == ".pyd" ||
         extension == ".pyw";
}

class LayoutFinder {
 public:
  explicit LayoutFinder(const Package& package) : package_(package) {}

  PythonLayout find() {
    for (const File& file : package_.files) {
      if (!contains(file.path, "!/")) look_at(file.path);
    }
    choose_dist_info();
    layout_.import_roots.push_back("");
    layout_.import_roots.insert(layout_.import_roots.end(), roots_.begin(), roots_.end());
    find_top_level();
    return std::move(layout_);
  }

 private:
  void look_at(std::string_view path) {
    const std::string_view first = first_component(path);
    if (first.size() == path.size()) return;
    if (first.ends_with(".dist-info")) {
      if (layout_.dist_infos.empty() || layout_.dist_infos.back() != first) {
        layout_.dist_infos.emplace_back(first);
      }
    } else if (first.ends_with(".data")) {
      look_at_data(path, first);
    } else if (const std::size_t site = path.find("site-packages/");
               site != std::string_view::npos && (site == 0 || path[site - 1] == '/')) {
      // A "dumb" distribution: an installation tree as it is.
      roots_.emplace(path.substr(0, site + std::string_view("site-packages").size()));
    } else if (first == "EGG-INFO" || folder_of(path).ends_with(".egg-info")) {
      look_at_egg_info(first == "EGG-INFO" ? first : folder_of(path));
    }
  }

  // A wheel's .data folder is spread over the installation: purelib and platlib, or straight into
  // site-packages through data.
  void look_at_data(std::string_view path, std::string_view first) {
    const std::size_t site = path.find("/site-packages/");
    if (site != std::string_view::npos) {
      roots_.emplace(path.substr(0, site + std::string_view("/site-packages").size()));
      return;
    }
    const std::string_view scheme = first_component(path.substr(first.size() + 1));
    if (scheme == "purelib" || scheme == "platlib") {
      roots_.emplace(path.substr(0, first.size() + 1 + scheme.size()));
    }
  }

  // setuptools puts the egg-info beside the packages, so its folder is on the import path.
  void look_at_egg_info(std::string_view folder) {
    const bool is_shallower =
        layout_.egg_info.empty() ||
        std::ranges::count(folder, '/') < std::ranges::count(layout_.egg_info, '/');
    if (is_shallower) layout_.egg_info = folder;
  }

  void choose_dist_info() {
    if (layout_.dist_infos.empty()) {
      const std::string_view beside = folder_of(layout_.egg_info);
      if (!beside.empty()) roots_.emplace(beside);
      for (const std::string_view folder : source_folders) {
        if (!package_.find(std::string(folder) + "/__init__.py")) roots_.emplace(folder);
      }
      for (const File& file : package_.files) look_at_package(file.path);
      return;
    }
    layout_.dist_info = layout_.dist_infos.front();
    for (const std::string& each : layout_.dist_infos) {
      const std::string_view name = std::string_view(each).substr(0, each.find('-'));
      if (normalise_pypi_name(name) == normalise_pypi_name(package_.id.name)) {
        layout_.dist_info = each;
      }
    }
  }

  // A package whose folder is in no package: package_dir may be any folder.
  void look_at_package(std::string_view path) {
    // Trees in use have one or two; each root is looked into for every import.
    constexpr std::size_t most_roots = 24;
    if (base_name_of(path) != "__init__.py" || roots_.size() >= most_roots) return;
    const std::string_view above = folder_of(folder_of(path));
    if (above.empty() || package_.find(std::string(above) + "/__init__.py")) return;
    for (const std::string_view component : split(path, '/')) {
      if (is_support_folder(component)) return;
    }
    roots_.emplace(above);
  }

  void find_top_level() {
    std::set<std::string> names;
    for (const File& file : package_.files) {
      if (!is_importable(file) || contains(file.path, "!/")) continue;
      for (const std::string& root : layout_.import_roots) {
        std::string_view relative = file.path;
        if (!root.empty()) {
          if (!relative.starts_with(root) || relative.substr(root.size(), 1) != "/") continue;
          relative.remove_prefix(root.size() + 1);
        }
        const std::string_view name = import_name(relative);
        if (!name.empty() && counts(root, relative, name)) names.emplace(name);
      }
    }
    drop_support(names);
    layout_.top_level.assign(names.begin(), names.end());
  }

  // In a wheel every folder with modules is importable, as a namespace if nothing else. A source
  // tree is only installed as far as its folders are packages.
  bool counts(std::string_view root, std::string_view relative, std::string_view name) const {
    if (layout_.is_wheel() || root.ends_with("site-packages")) return true;
    if (root.empty() && roots_.contains(std::string(name))) return false;
    if (relative.size() == name.size() || relative[name.size()] != '/') return true;
    const std::string folder =
        root.empty() ? std::string(name) : std::string(root) + '/' + std::string(name);
    return package_.find(folder + "/__init__.py") != nullptr;
  }

  // Tests beside the package are no part of it, unless there is nothing else.
  void drop_support(std::set<std::string>& names) const {
    std::set<std::string> kept;
    for (const std::string& name : names) {
      const bool is_support =
          is_support_folder(name) || (!layout_.is_wheel() && has(support_modules, name));
      if (!is_support) kept.insert(name);
    }
    if (!kept.empty() || !layout_.is_wheel()) names = std::move(kept);
  }

  const Package& package_;
  PythonLayout layout_;
  std::set<std::string> roots_;
};

}  // namespace

bool is_support_folder(std::string_view name) { return has(support_folders, name); }

PythonLayout find_python_layout(const Package& package) { return LayoutFinder(package).find(); }

}  // namespace assay
