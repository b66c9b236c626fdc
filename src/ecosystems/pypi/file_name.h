// What the name of a distribution file says: wheels as PEP 427 and PEP 425 have them, sdists as
// PEP 625 and their older spellings, eggs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

enum class DistributionKind : std::uint8_t { sdist, wheel, egg };

struct DistributionName {
  DistributionKind kind = DistributionKind::sdist;
  std::string version;
  // Of a wheel, each possibly several joined by '.': "cp310", "abi3", "manylinux_2_17_x86_64".
  std::string python_tag, abi_tag, platform_tag;

  bool operator==(const DistributionName&) const = default;
};

// Nullopt when the file is none of these, or of another project than `normalised_project`.
std::optional<DistributionName> parse_distribution_name(std::string_view file_name,
                                                        std::string_view normalised_project);

// How well a wheel stands for its release on a common machine: a pure one first, then manylinux
// x86-64 for the newest CPython, then any other. Higher is better.
int wheel_rank(const DistributionName& wheel);

}  // namespace assay
