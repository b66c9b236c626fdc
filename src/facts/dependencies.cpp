#include "facts/dependencies.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/text.h"

namespace assay {
namespace {

// npm rejects names over 214 characters; a path inside the package may follow.
constexpr std::size_t longest_specifier = 300;

bool may_import(FileKind kind) {
  return kind == FileKind::javascript || kind == FileKind::typescript ||
         kind == FileKind::declaration || kind == FileKind::json || kind == FileKind::html ||
         kind == FileKind::yaml || kind == FileKind::gyp || kind == FileKind::shell;
}

bool is_lock_file(std::string_view path) {
  return path.ends_with("package-lock.json") || path.ends_with("npm-shrinkwrap.json") ||
         path.ends_with("package.json");
}

// "lodash" of "lodash/map", "@scope/name" of "@scope/name/lib".
std::string_view package_of(std::string_view specifier) {
  std::size_t slash = specifier.find('/');
  if (specifier.starts_with('@') && slash != std::string_view::npos)
    slash = specifier.find('/', slash + 1);
  return specifier.substr(0, slash);
}

// Takes the names out of the set that stand in the text.
void strike_mentioned(std::string_view text, std::unordered_set<std::string_view>& names) {
  constexpr std::string_view quotes = "'\"`";
  std::size_t at = text.find_first_of(quotes);
  while (at != std::string_view::npos && !names.empty()) {
    const std::size_t end = text.find_first_of("'\"`\n", at + 1);
    if (end == std::string_view::npos) return;
    if (end - at <= longest_specifier) names.erase(package_of(text.substr(at + 1, end - at - 1)));
    // The quote that ends one text may as well begin the next: which is which is not known.
    at = text[end] == '\n' ? text.find_first_of(quotes, end) : end;
  }
}

}  // namespace

std::vector<std::size_t> find_unmentioned_dependencies(const Package& package,
                                                       const NpmManifest& manifest) {
  const auto is_installed = [](const NpmDependency& dependency) {
    return dependency.group == NpmDependencyGroup::dependencies &&
           !dependency.name.starts_with("@types/");
  };
  std::unordered_set<std::string_view> names;
  for (const NpmDependency& dependency : manifest.dependencies) {
    if (is_installed(dependency)) names.insert(dependency.name);
  }
  for (const NpmScript& script : manifest.scripts) {
    std::erase_if(names, [&](std::string_view name) { return contains(script.command, name); });
  }
  for (const File& file : package.files) {
    if (!may_import(file.kind) || is_lock_file(file.path)) continue;
    if (file.dropped) return {};
    strike_mentioned(file.bytes, names);
  }
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < manifest.dependencies.size(); ++i) {
    const NpmDependency& dependency = manifest.dependencies[i];
    if (is_installed(dependency) && names.contains(dependency.name)) found.push_back(i);
  }
  return found;
}

}  // namespace assay
