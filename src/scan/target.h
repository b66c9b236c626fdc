// What a user asks to be examined: a path, or a package by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/registry/package_spec.h"

namespace assay {

struct Target {
  std::string given;                // as the user wrote it, or the path found below a folder
  std::optional<PackageSpec> spec;  // else `given` is a path
  std::uint64_t size_bytes = 0;     // of a file; orders the work, promises nothing

  bool operator==(const Target&) const = default;
};

// Any text is a path unless it begins like a package specification. Kind usage when it does and
// makes no sense; whether a path exists shows when it is read.
Result<Target> parse_target(std::string_view text);

// Each archive and each folder right inside `folder`, sorted by name. Archives are told by their
// first bytes or their names. Links are not followed.
Result<std::vector<Target>> targets_inside(const std::string& folder);

}  // namespace assay
