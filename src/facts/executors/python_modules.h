// Python's import names as files of the package.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecosystems/pypi/layout.h"
#include "facts/executors/package_files.h"

namespace assay {

class PythonModules {
 public:
  PythonModules(const PackageFiles& files, const PythonLayout& layout)
      : files_(files), roots_(layout.import_roots) {}

  // "a.b.c" from every import root: the packages on the way (importing runs them) and the module.
  // False when nothing of it is in the package.
  bool add_module(std::string_view dotted, FileList& into) const;
  // The same below one folder: relative imports, and scripts that import their neighbours.
  bool add_module_below(std::string_view folder, std::string_view dotted, FileList& into) const;
  // "pkg.cli:main [extra]" or "pkg.commands.Install": the longest part that is a module.
  void add_target(std::string_view target, FileList& into) const;

 private:
  void add_files_of(const std::string& path, FileList& into) const;

  const PackageFiles& files_;
  std::vector<std::string> roots_;
};

}  // namespace assay
