// Follows a command line to the files of the package that it starts: through cd, npm run, npx,
// make, node -e and python -c. Nothing is run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/code/shell/shell.h"
#include "facts/executors/package_files.h"
#include "facts/executors/python_modules.h"

namespace assay {

struct Followed {
  FileList files;         // sorted
  bool runs_gyp = false;  // node-gyp or a tool that falls back to it
};

class Commands {
 public:
  Commands(const PackageFiles& files, const PythonModules& modules)
      : files_(files), modules_(modules) {}

  // `folder` is the working folder and the one whose package.json `npm run` means.
  Followed follow(std::string_view command, std::string_view folder,
                  code::ShellDialect dialect = code::ShellDialect::posix) const;
  // A script file: its own folder and the top are both taken for the working folder.
  Followed follow_script(const File& script) const;
  // Whether all calls together asked for more than is ever followed for one package.
  bool is_exhausted() const { return lines_left_ == 0; }

 private:
  const PackageFiles& files_;
  const PythonModules& modules_;
  // Command lines, scripts of scripts included; packages in use have under a hundred.
  mutable std::size_t lines_left_ = 20'000;
};

}  // namespace assay
