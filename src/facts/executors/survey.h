// What the finders of executors share: the package's files, how commands and modules resolve, and
// the list that they add to.
#pragma once

#include <string>
#include <vector>

#include "ecosystems/pypi/layout.h"
#include "facts/executors/commands.h"
#include "facts/executors/executor.h"
#include "facts/executors/package_files.h"
#include "facts/executors/python_modules.h"

namespace assay {

struct PythonManifest;

struct Survey {
  const PackageFiles& files;
  const PythonLayout& layout;
  const PythonModules& modules;
  const Commands& commands;
  std::vector<Executor> executors = {};
  std::vector<Gap> gaps = {};

  // npm runs nothing of a wheel or an sdist, and pip nothing of an npm tarball.
  bool is_npm() const {
    const ArtifactKind kind = files.package().kind;
    return kind == ArtifactKind::npm_tarball || kind == ArtifactKind::directory ||
           kind == ArtifactKind::other_archive;
  }
  bool is_python() const { return files.package().kind != ArtifactKind::npm_tarball; }
  // A folder may be a checkout, in which the hooks of developers run too.
  bool is_checkout() const { return files.package().kind == ArtifactKind::directory; }
};

void add_npm_executors(Survey& survey, const NpmManifest* npm);
// GYP files below `folder`. `runs` when installing configures them.
void add_gyp_executors(Survey& survey, const std::string& folder, bool runs);
void add_bundled_executors(Survey& survey, const NpmManifest* npm);
void add_python_executors(Survey& survey, const PythonManifest* python);
void add_entry_point_executors(Survey& survey, const PythonManifest& python);
// Whatever the ecosystem: editors, coding agents, CI, build tools, conda.
void add_workspace_executors(Survey& survey);

// " (shadows a system command)" when a command of that name would be taken for another.
std::string shadow_note(std::string_view command_name);

inline Where whole_file(std::int32_t file) {
  return {.file = file, .layer = -1, .begin = 0, .end = 0};
}

}  // namespace assay
