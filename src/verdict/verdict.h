// Findings and gaps to a verdict. Nothing else weighs findings.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace assay {

enum class Decision : std::uint8_t { allow, review, block };
std::string_view to_string(Decision decision);
std::optional<Decision> decision_from(std::string_view text);

// A finding that an exception of the policy covers: it stays in the report and weighs nothing.
struct Excepted {
  std::size_t finding = 0;  // index into the findings
  std::string reason;       // the exception's

  bool operator==(const Excepted&) const = default;
};

struct Verdict {
  Decision decision = Decision::allow;
  bool complete = true;  // false with any gap: "allow" then means "nothing found in what was read"
  int score = 0;         // 0 to 1000; see the tables below
  std::vector<std::string_view> reasons;  // rule ids in order of weight; those of info are left out
  std::vector<Excepted> excepted;         // by finding

  bool operator==(const Verdict&) const = default;
};

// The score is the sum over rules of the weight of each rule's gravest finding: a second place of
// the same sight is no second reason. docs/decisions/0009-levels-instead-of-fitted-weights.md says
// what weights fitted to the corpora did in their place.
struct SeverityWeight {
  Severity severity;
  int weight;
};
inline constexpr SeverityWeight severity_weights[] = {
    {Severity::info, 0},       {Severity::low, 5},  // twenty different ones are still only a review
    {Severity::medium, 40},                         // three different ones are a review
    {Severity::high, 100},      // one is a review, two different ones are a block
    {Severity::critical, 200},  // one is a block
};
constexpr int weight_of(Severity severity) {
  for (const SeverityWeight& entry : severity_weights) {
    if (entry.severity == severity) return entry.weight;
  }
  return 0;
}
inline constexpr int review_from = 100;
inline constexpr int block_from = 200;
// What low and medium rules add at most, together: they can ask for a look, never block alone.
inline constexpr int most_from_small = 100;
inline constexpr int most_score = 1000;

// An exception from `assay.toml`: it names what was looked at, so that an attacker cannot inherit
// it.
struct Exception {
  std::string rule;
  std::string path;    // of the file in the package, raw or as reports show it; empty: findings
                       // without a file
  std::string sha256;  // of that file's contents, hex; of the artifact for findings without a file
  std::string reason;
  std::chrono::sys_days expires;  // the last day on which it holds, in UTC

  bool operator==(const Exception&) const = default;
};

bool has_expired(const Exception& exception, std::chrono::system_clock::time_point now);

struct Policy {
  std::vector<Exception> exceptions;
  std::chrono::system_clock::time_point now;  // from Clock; decides whether exceptions expired
};

Verdict decide(std::span<const Finding> findings, const Facts& facts, const Policy& policy);

}  // namespace assay
