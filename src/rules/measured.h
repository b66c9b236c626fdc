// What each rule finds on the development corpus: src/rules/measured.tsv as bench/weights wrote it.
// Told to whoever asks about a rule; no check and no verdict reads it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace assay {

// Packages in which a rule finds anything, or those of the whole corpus. A cluster is a set of
// malicious archives with the same code.
struct Counts {
  int npm_clusters = 0;
  int pypi_clusters = 0;
  int top = 0;   // benign: most downloaded
  int mid = 0;   // benign: of middle popularity
  int hard = 0;  // benign: do for good reasons what malware does

  int clusters() const { return npm_clusters + pypi_clusters; }
  int benign() const { return top + mid + hard; }
  bool operator==(const Counts&) const = default;
};

struct Measured {
  std::string_view rule;
  Counts counts;
  int decides = 0;            // clusters whose verdict would be milder without the rule
  std::string_view kept_for;  // why a rule that finds no malware there is kept; may be empty
};

struct MeasuredCorpus {
  std::string_view date;  // of the measurement, YYYY-MM-DD
  Counts counts;
};

const MeasuredCorpus& measured_corpus();
// Sorted by rule.
std::span<const Measured> all_measured();
// Null for a rule that was not measured yet.
const Measured* find_measured(std::string_view rule);
// In words: "Found in 26 of 46 npm and …".
std::string tell_measured(std::string_view rule);

}  // namespace assay
