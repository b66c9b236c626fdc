// House rules: what a team wants to be told of, as conditions on facts in a small TOML file
// (docs/house-rules.md). Reading is strict, matching is linear in the facts and budgeted.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "rules/user/fact_records.h"
#include "rules/user/glob.h"

namespace assay {

struct HouseTest {
  std::size_t field = 0;  // index into fields_of the condition's records
  // Of a text or path: one of these has to fit one of the values; none may when negated. Of a
  // choice or flag: the words.
  std::vector<Glob> globs;
  std::vector<std::string> words;
  enum class Needs : std::uint8_t { any, all, none } needs = Needs::any;
  std::uint64_t over = 0, under = UINT64_MAX;  // of a size: strictly between
};

struct HouseCondition {
  enum class Kind : std::uint8_t { records, all, any, none } kind = Kind::records;
  RecordKind records = RecordKind::action;
  std::vector<HouseTest> tests;
  std::vector<HouseCondition> parts;
};

struct HouseRule {
  std::string id;  // "house:<name>"
  std::string title, message, why, harmless_when;
  Severity severity = Severity::medium;
  bool in_one_file = false;  // the condition has to hold within one file
  HouseCondition when;
};

struct HouseBounds {
  std::size_t rules = 1'000;
  std::size_t conditions = 10'000;
  int depth = 8;
  std::size_t patterns = 2'000;  // 20 KiB each when compiled
};

// `name` is that of the file, for complaints. Kind usage; the message has the line and what is
// possible.
Result<std::vector<HouseRule>> read_house_rules(std::string_view text, std::string_view name,
                                                const HouseBounds& bounds = {});

// Of all rules on one package.
class HouseCheck {
 public:
  // Patterns look at so many bytes of text, which is a second at most.
  static constexpr std::size_t most_bytes = 100'000'000;

  explicit HouseCheck(const Facts& facts, std::size_t bytes = most_bytes)
      : facts_(facts), bytes_left_(bytes) {}

  // Findings are at what the first condition matched, with the rest as steps; at the package when
  // only conditions inside "not" hold.
  void check(const HouseRule& rule, std::string_view id, std::vector<Finding>& findings);
  // The bytes matched against patterns are more than all rules together may look at.
  bool is_exhausted() const { return is_exhausted_; }

 private:
  struct Outcome {
    bool holds = false;
    std::vector<const FactRecord*> records;  // of the first condition outside "not"
    std::vector<const FactRecord*> others;   // one of each further one
  };

  bool spend(std::size_t bytes);
  const FactRecords& records_of(RecordKind kind);
  const std::vector<const FactRecord*>& matches_of(const HouseCondition& condition);
  bool fits(const HouseTest& test, const FactRecord& record);
  bool fits_any(const HouseTest& test, std::string_view value);
  Outcome evaluate(const HouseCondition& condition, std::optional<std::int32_t> file);
  void add(const HouseRule& rule, std::string_view id, const Outcome& outcome,
           std::vector<Finding>& findings) const;

  const Facts& facts_;
  std::map<RecordKind, std::unique_ptr<FactRecords>> records_;
  std::map<const HouseCondition*, std::vector<const FactRecord*>> matches_;
  std::map<const HouseCondition*, std::map<std::int32_t, std::vector<const FactRecord*>>> by_file_;
  std::size_t bytes_left_;
  bool is_exhausted_ = false;
};

}  // namespace assay
