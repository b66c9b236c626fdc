// Python versions and version specifiers
// (https://packaging.python.org/specifications/version-specifiers/, PEP 440).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct Pep440Version {
  std::uint64_t epoch = 0;
  std::vector<std::uint64_t> release;  // never empty
  char pre_kind = 0;                   // 'a', 'b' or 'c' (rc); 0 without
  std::uint64_t pre = 0;
  std::optional<std::uint64_t> post, dev;
  std::vector<std::string> local;  // lower case, as separated by '.', '-' or '_'

  bool is_prerelease() const { return pre_kind != 0 || dev.has_value(); }

  std::strong_ordering operator<=>(const Pep440Version& other) const;
  bool operator==(const Pep440Version& other) const { return (*this <=> other) == 0; }
};

// With every spelling that PEP 440 normalises: "v1.0-Alpha_1", "1.0-1", " 1.0 ". Nullopt for
// anything else, for numbers over 18 digits and for texts over 256 bytes.
std::optional<Pep440Version> parse_pep440_version(std::string_view text);

// Clauses joined by commas, all of which must hold: ">=1.0, !=1.3.*, <2".
class Pep440Specifiers {
 public:
  static std::optional<Pep440Specifiers> parse(std::string_view text);

  // `text` is the candidate as written, which only "===" looks at. Whether a pre-release is welcome
  // at all is for the caller to decide.
  bool match(const Pep440Version& version, std::string_view text) const;

  // An inclusive clause names a pre-release, which makes pre-releases welcome.
  bool names_prerelease() const;

 private:
  enum class Operator : std::uint8_t {
    identical,
    compatible,
    equal,
    unequal,
    at_most,
    at_least,
    less,
    greater
  };
  struct Spelling;
  struct Clause {
    Operator op = Operator::equal;
    bool is_prefix = false;  // "==1.*"
    Pep440Version version;   // unset for "==="
    std::string text;        // of "==="

    bool holds(const Pep440Version& candidate, std::string_view candidate_text) const;
  };
  static std::optional<Clause> parse_clause(std::string_view text);

  std::vector<Clause> clauses_;
};

}  // namespace assay
