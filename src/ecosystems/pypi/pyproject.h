// What pyproject.toml declares: how the package is built (PEP 517, 518, 660), what it is (PEP 621,
// or Poetry's own table), its entry points, and which of its files the build back end will load.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "ecosystems/pypi/manifest.h"

namespace assay {

struct Pyproject {
  std::optional<BuildSystem> build_system;
  std::optional<CoreMetadata> metadata;
  std::string readme;  // the file that holds the description; empty when it is not a file
  std::vector<PythonEntryPoint> entry_points;
  std::vector<PythonBuildHook> build_hooks;
};

Result<Pyproject> parse_pyproject(std::string_view toml, const Limits& limits = {});

}  // namespace assay
