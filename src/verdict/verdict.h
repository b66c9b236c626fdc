// Findings and gaps to a verdict. Nothing else weighs findings.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace assay {

enum class Decision : std::uint8_t { allow, review, block };
std::string_view to_string(Decision decision);

struct Verdict {
  Decision decision = Decision::allow;
  bool complete = true;   // false with any gap: "allow" then means "nothing found in what was read"
  int score = 0;          // 0 to 1000; review from 100, block from 200 (see decide.cpp)
  std::vector<std::string_view> reasons;  // rule ids in order of weight

  bool operator==(const Verdict&) const = default;
};

// An exception from `assay.toml`: it names what was looked at, so that an attacker cannot inherit it.
struct Exception {
  std::string rule;
  std::string path;     // of the file in the package; empty: findings without a file
  std::string sha256;   // of that file's contents
  std::string reason;
  std::chrono::sys_days expires;
};

struct Policy {
  std::vector<Exception> exceptions;
  std::chrono::system_clock::time_point now;  // from Clock; decides whether exceptions expired
};

Verdict decide(std::span<const Finding> findings, const Facts& facts, const Policy& policy);

}  // namespace assay
