// Versions and specifiers of Python distributions (PEP 440,
// https://packaging.python.org/specifications/version-specifiers/).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct PypiVersion {
  enum class Phase : std::uint8_t { alpha, beta, candidate };

  std::uint64_t epoch = 0;
  std::vector<std::uint64_t> release;  // at least one number
  std::optional<Phase> phase;          // of a pre-release
  std::uint64_t phase_number = 0;
  std::optional<std::uint64_t> post, dev;
  std::vector<std::string> local;  // lower case

  bool is_prerelease() const { return phase || dev; }
  std::string text() const;  // normalised: "1!2.0rc1.post2.dev3+abc.1"

  std::strong_ordering operator<=>(const PypiVersion& other) const;
  bool operator==(const PypiVersion& other) const { return (*this <=> other) == 0; }
};

// Takes every spelling that the specification normalises: "v1.0-alpha.1", "1.0-1", "1.0RC1".
// Nullopt for others, and for numbers past 64 bits.
std::optional<PypiVersion> parse_pypi_version(std::string_view text);

class PypiSpecifiers {
 public:
  // ">=1.0, !=1.5.*, ~=2.2". An empty list matches every version.
  static std::optional<PypiSpecifiers> parse(std::string_view text);

  // Whether all hold. Pre-releases match only when asked for or when a specifier names one.
  bool matches(const PypiVersion& version, bool include_prereleases = false) const;
  bool is_empty() const { return all_.empty(); }

 private:
  enum class Operator : std::uint8_t {
    compatible,
    equal,
    not_equal,
    at_most,
    at_least,
    less,
    greater,
    arbitrary,
  };
  struct Specifier {
    Operator op;
    PypiVersion version;
    bool is_prefix = false;  // "==1.2.*"
    std::string written;     // for ===
    bool holds(const PypiVersion& candidate) const;
  };
  static std::optional<Specifier> parse_one(std::string_view text);

  std::vector<Specifier> all_;
};

}  // namespace assay
