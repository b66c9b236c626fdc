#include "facts/executors/executor.h"

#include <algorithm>
#include <array>

#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/layout.h"
#include "ecosystems/pypi/manifest.h"
#include "facts/executors/reach.h"
#include "facts/executors/survey.h"

namespace assay {
namespace {

// Indexed by ExecutorKind.
constexpr std::array<std::string_view, 14> kind_names = {"npm script",
                                                         "implicit node-gyp",
                                                         "gyp expansion",
                                                         "bundled script",
                                                         "setup.py",
                                                         "build back end",
                                                         ".pth line",
                                                         "site customization",
                                                         "plugin",
                                                         "main",
                                                         "command",
                                                         "autoloaded configuration",
                                                         "agent instructions",
                                                         "CI workflow"};

}  // namespace

std::string_view to_string(ExecutorKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  return index < kind_names.size() ? kind_names[index] : std::string_view("unknown");
}

Surface find_executors(const Package& package, const NpmManifest* npm,
                       const PythonManifest* python) {
  const PackageFiles files(package);
  const PythonLayout layout = find_python_layout(package);
  const PythonModules modules(files, layout);
  const Commands commands(files, modules);
  Survey survey{files, layout, modules, commands};
  add_npm_executors(survey, npm);
  add_bundled_executors(survey, npm);
  // A checkout of an npm package may hold Python tools; they are not a distribution.
  const bool is_distribution = package.kind == ArtifactKind::wheel ||
                               package.kind == ArtifactKind::sdist ||
                               package.kind == ArtifactKind::egg;
  if (python || is_distribution || !npm) add_python_executors(survey, python);
  add_workspace_executors(survey);
  std::ranges::stable_sort(survey.executors, [](const Executor& a, const Executor& b) {
    return a.trigger != b.trigger ? a.trigger > b.trigger : a.where < b.where;
  });
  const std::vector<std::string> no_names;
  const std::vector<std::string>& top_level = !survey.is_python() ? no_names
                                              : python            ? python->top_level
                                                                  : layout.top_level;
  Surface surface = find_reach(survey, top_level, npm ? npm->name : std::string());
  if (commands.is_exhausted()) {
    survey.gaps.push_back({GapKind::budget, "", "more command lines than are followed: 20000"});
  }
  surface.executors = std::move(survey.executors);
  surface.gaps = std::move(survey.gaps);
  return surface;
}

}  // namespace assay
