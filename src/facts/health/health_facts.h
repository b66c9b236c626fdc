// How a project lives, as its forge tells it: who works on it, how much, and what its users report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/known.h"
#include "base/timestamp.h"

namespace assay {

// A title of an issue or a change that says that the project, or its package, does harm.
struct MaliceReport {
  std::string title, url;
  bool is_open = false;
  std::optional<Time> written;

  bool operator==(const MaliceReport&) const = default;
};

// Of changes that were merged.
struct ReviewShare {
  std::uint64_t merged = 0, reviewed = 0;

  bool operator==(const ReviewShare&) const = default;
};

// https://scorecard.dev: 0 to 10.
struct Scorecard {
  double score = 0;
  std::string date;  // as published

  bool operator==(const Scorecard&) const = default;
};

struct HealthFacts {
  std::string source;         // "GitHub, ann/widget", for people
  std::optional<Time> asked;  // the oldest of the answers

  Known<bool> archived, is_fork, security_policy;
  Known<std::uint64_t> stars, forks, contributors, commits, open_issues, closed_issues, releases;
  Known<Time> created, last_change;
  Known<ReviewShare> reviews;
  Known<Scorecard> scorecard;
  Known<std::vector<MaliceReport>> reports;  // the newest first

  bool operator==(const HealthFacts&) const = default;
};

}  // namespace assay
