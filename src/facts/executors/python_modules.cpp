#include "facts/executors/python_modules.h"

#include "base/text.h"
#include "ecosystems/relative_path.h"

namespace assay {
namespace {

// Longer names than any import has; it bounds the lookups for one.
constexpr std::size_t most_parts = 32;

bool is_module_extension(std::string_view extension) {
  return extension == ".py" || extension == ".pyw" || extension == ".pyc" || extension == ".so" ||
         extension == ".pyd";
}

}  // namespace

// path.py, path.cpython-311-x86_64-linux-gnu.so, path/__init__.py.
void PythonModules::add_files_of(const std::string& path, FileList& into) const {
  const auto [begin, end] = files_.range_with_prefix(path + '.');
  // Variants for a dozen interpreters and platforms at most.
  constexpr std::int32_t most_variants = 64;
  for (std::int32_t i = begin; i < end && i < begin + most_variants; ++i) {
    const std::string_view rest = std::string_view(files_.file(i).path).substr(path.size());
    if (!contains(rest, "/") && is_module_extension(extension_of(files_.file(i).path))) {
      into.push_back(i);
    }
  }
  for (const std::string_view name : {"/__init__.py", "/__init__.pyc"}) {
    const std::int32_t index = files_.find(path + std::string(name));
    if (index >= 0) into.push_back(index);
  }
}

bool PythonModules::add_module_below(std::string_view folder, std::string_view dotted,
                                     FileList& into) const {
  const std::size_t before = into.size();
  std::string path(folder);
  const std::vector<std::string_view> parts = split(dotted, '.');
  for (std::size_t i = 0; i < parts.size() && i < most_parts; ++i) {
    if (parts[i].empty()) break;
    if (!path.empty()) path += '/';
    path += parts[i];
    if (i + 1 == parts.size()) {
      add_files_of(path, into);
    } else if (!files_.has_folder(path)) {
      // "import a.b" of a module a.py that is no package: a itself is still loaded.
      add_files_of(path, into);
      break;
    } else if (const std::int32_t init = files_.find(path + "/__init__.py"); init >= 0) {
      into.push_back(init);
    }
  }
  return into.size() > before;
}

bool PythonModules::add_module(std::string_view dotted, FileList& into) const {
  bool found = false;
  for (const std::string& root : roots_) found |= add_module_below(root, dotted, into);
  return found;
}

void PythonModules::add_target(std::string_view target, FileList& into) const {
  target = trim(target.substr(0, target.find_first_of(":[")));
  add_module(target, into);
  // "pkg.commands.Install": the last part may be a name inside the module.
  const std::size_t dot = target.rfind('.');
  if (dot != std::string_view::npos) add_module(target.substr(0, dot), into);
  sort_unique(into);
}

}  // namespace assay
