#include "facts/repository/made_files.h"

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

// What tools that release write, whatever else the package holds.
constexpr std::string_view made_names[] = {"PKG-INFO",
                                           "_version.py",
                                           "version.py",
                                           "__version__.py",
                                           "__about__.py",
                                           "_version.pyi",
                                           "npm-shrinkwrap.json",
                                           "VERSION",
                                           "version.txt",
                                           "_versions.py",
                                           "METADATA",
                                           "RECORD",
                                           "version.js",
                                           "version.mjs",
                                           "version.cjs",
                                           ".cargo_vcs_info.json"};
constexpr std::string_view made_ends[] = {"_pb2.py",  "_pb2_grpc.py", "_pb2.pyi", ".map",
                                          ".d.ts",    ".d.mts",       ".d.cts",   ".min.js",
                                          ".min.mjs", ".min.cjs",     "_pb.js",   ".tsbuildinfo"};
constexpr std::string_view metadata_folders[] = {".egg-info/", ".dist-info/"};

// From which a file of the same stem is built.
constexpr std::string_view source_ends[] = {
    ".ts",    ".tsx",    ".mts",  ".cts", ".jsx",    ".js",   ".mjs",      ".cjs",   ".es6",
    ".es",    ".coffee", ".ls",   ".vue", ".svelte", ".pyx",  ".pxd",      ".proto", ".peg",
    ".pegjs", ".y",      ".l",    ".g4",  ".in",     ".tmpl", ".template", ".j2",    ".mako",
    ".pyi",   ".re",     ".res",  ".ml",  ".purs",   ".elm",  ".flow",     ".civet", ".imba",
    ".jison", ".ne",     ".lark", ".rl",  ".re2c"};

constexpr std::string_view output_folders[] = {
    "dist",      "build",    "lib",      "libs",     "es",       "esm",        "cjs",
    "umd",       "out",      "output",   "bundle",   "bundles",  "module",     "modules",
    "types",     "typings",  "commonjs", "amd",      "system",   "esm5",       "esm2015",
    "esm2020",   "fesm2015", "fesm2020", "fesm2022", "compiled", "generated",  "min",
    "minified",  "modern",   "legacy",   "browser",  "node",     "production", "development",
    "prod",      "dev",      "release",  "mjs",      "_esm",     "_cjs",       "_types",
    "dist-node", "dist-web", "dist-src", "lib-esm",  "pkg",      "es6",        "es5"};

bool is_compiled(FileKind kind) {
  return kind == FileKind::native || kind == FileKind::wasm || kind == FileKind::bytecode;
}

std::string_view first_folder(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

constexpr std::string_view source_folders[] = {"src", "lib", "source", "sources", "ts", "js"};

// A folder that the sources do not have: the build made it.
bool is_output_folder(std::string_view name, const TreeIndex& tree, std::string_view folder) {
  return !tree.has_folder(path_below(folder, name)) &&
         !tree.has_folder(path_below(folder, path_below("src", name)));
}

// Twins lie in folders of the same names, from where the output begins: "dist/cjs/a/b.js" is
// "cjs/a/b.js" and "a/b.js" of some folder of sources, and "b.js" only of one that has such a name.
bool are_in_matching_folders(std::string_view path, std::string_view source, const TreeIndex& tree,
                             std::string_view package_folder) {
  constexpr int most_output_folders = 3;
  std::string_view rest = folder_of(path);
  const std::string_view there = folder_of(source);
  for (int i = 0; i <= most_output_folders && !rest.empty(); ++i) {
    if (there == rest || (there.ends_with(rest) && there[there.size() - rest.size() - 1] == '/')) {
      return true;
    }
    const std::size_t slash = rest.find('/');
    if (!is_output_folder(rest.substr(0, slash), tree, package_folder)) return false;
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  if (!rest.empty()) return false;
  if (there == package_folder) return true;
  return folder_of(there) == package_folder && is_one_of(base_name_of(there), source_folders);
}

bool is_source(const TreeFile& file, std::string_view stem) {
  const std::string_view name = base_name_of(file.path);
  return file.kind == TreeKind::file && name.size() > stem.size() &&
         is_one_of(name.substr(stem.size()), source_ends);
}

// A file from which this one can have been built; null when there is none.
const TreeFile* twin_of(std::string_view path, const TreeIndex& tree, std::string_view folder) {
  std::string_view stem = stem_of(path);
  for (const std::string_view end : {".min", ".umd", ".esm", ".cjs", ".module", ".common"}) {
    if (stem.ends_with(end) && stem.size() > end.size()) stem.remove_suffix(end.size());
  }
  for (const TreeFile* file : tree.with_stem(stem)) {
    if (is_source(*file, stem) && is_below(file->path, folder) &&
        are_in_matching_folders(path, file->path, tree, folder)) {
      return file;
    }
  }
  return nullptr;
}

constexpr std::string_view template_ends[] = {".in", ".tmpl", ".template", ".j2", ".mako"};

// "parser.py" from "parser.py.in".
const TreeFile* template_of(std::string_view path, const TreeIndex& tree) {
  for (const TreeFile* file : tree.with_stem(base_name_of(path))) {
    const std::string_view end =
        std::string_view(base_name_of(file->path)).substr(base_name_of(path).size());
    if (is_one_of(end, template_ends)) return file;
  }
  return nullptr;
}

}  // namespace

MadeBy made_by(const File& file, const TreeIndex& tree, std::string_view folder, bool has_build) {
  const std::string_view path = file.path, name = base_name_of(path);
  if (is_one_of(name, made_names)) return {"written by a release", false, true};
  for (const std::string_view part : metadata_folders) {
    if (contains(path, part)) return {"written by a release", false, true};
  }
  for (const std::string_view end : made_ends) {
    if (name.ends_with(end)) return {"written by a build", end.starts_with(".min"), false};
  }
  if (is_compiled(file.kind)) return {"compiled", true, false};
  if (const TreeFile* twin = twin_of(path, tree, folder))
    return {"built from " + twin->path, false, false};
  if (const TreeFile* source = template_of(path, tree))
    return {"built from " + source->path, false, false};
  const std::string_view first = first_folder(path);
  const bool is_new_folder = !first.empty() && !tree.has_folder(path_below(folder, first));
  if (is_new_folder && (has_build || is_one_of(first, output_folders))) {
    return {"in " + std::string(first) + "/, which a build makes", true, false};
  }
  return {};
}

bool is_rewritten(std::string_view path, Ecosystem ecosystem) {
  constexpr std::string_view npm_names[] = {"package.json", "package-lock.json",
                                            "npm-shrinkwrap.json"};
  constexpr std::string_view python_names[] = {"setup.cfg", "pyproject.toml", "Cargo.toml",
                                               "Cargo.lock"};
  const std::string_view name = base_name_of(path);
  return ecosystem == Ecosystem::npm ? is_one_of(name, npm_names) : is_one_of(name, python_names);
}

}  // namespace assay
