// The full document of an npm package as a ProjectRecord: publishers, maintainers, provenance,
// signatures, the listed manifests
// (https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "ecosystems/registry/project_record.h"

namespace assay {

// Fields of a wrong type are as good as absent.
Result<ProjectRecord> parse_npm_record(std::string_view json, const Limits& limits = {});

// The answer of -/npm/v1/keys.
Result<std::vector<SigningKey>> parse_npm_keys(std::string_view json, const Limits& limits = {});

}  // namespace assay
