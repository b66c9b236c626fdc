// What setup.cfg declares to setuptools (and to pbr), without resolving `attr:` or `file:`.
#pragma once

#include <string_view>
#include <vector>

#include "ecosystems/pypi/manifest.h"

namespace assay {

struct SetupCfg {
  CoreMetadata metadata;  // without name when it has no [metadata]
  std::vector<PythonEntryPoint> entry_points;
  std::vector<PythonBuildHook> build_hooks;
};

SetupCfg parse_setup_cfg(std::string_view text);

}  // namespace assay
