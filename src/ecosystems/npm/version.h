// Semantic versions (https://semver.org, 2.0.0) and npm's ranges over them
// (https://docs.npmjs.com/cli/using-npm/semver): ^ ~ x-ranges, hyphens, ||, and the rule that a
// pre-release only satisfies a comparator that names a pre-release of the same three numbers.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct NpmVersion {
  std::uint64_t major = 0, minor = 0, patch = 0;
  std::vector<std::string> prerelease;  // "rc", "1"
  std::string build;                    // after '+'; does not count in comparisons

  bool is_prerelease() const { return !prerelease.empty(); }
  std::string text() const;  // without build

  std::strong_ordering operator<=>(const NpmVersion& other) const;
  bool operator==(const NpmVersion& other) const { return (*this <=> other) == 0; }
};

// Also takes what npm's loose mode takes: white space, a leading "v" or "=", "1.2.3beta".
std::optional<NpmVersion> parse_npm_version(std::string_view text);

class NpmRange {
 public:
  // Nullopt for what npm would take as a tag. At most 1,024 bytes, as npm versions are at most 256.
  static std::optional<NpmRange> parse(std::string_view text);

  bool matches(const NpmVersion& version, bool include_prereleases = false) const;

 private:
  friend class NpmRangeReader;
  enum class Operator : std::uint8_t { less, at_most, equal, at_least, greater };
  struct Comparator {
    Operator op;
    NpmVersion version;
    bool holds(const NpmVersion& candidate) const;
  };
  // All of an inner list must hold, for one of the outer list.
  std::vector<std::vector<Comparator>> alternatives_;
};

}  // namespace assay
