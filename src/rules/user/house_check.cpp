// Applies house rules to facts.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/user/house_rules.h"

namespace assay {
namespace {

constexpr std::size_t most_records = 1'000;  // of a condition, that findings are made of
constexpr std::size_t most_steps = 8;
constexpr std::size_t record_cost = 16;  // of looking at one, in bytes of text

}  // namespace

bool HouseCheck::spend(std::size_t bytes) {
  is_exhausted_ = is_exhausted_ || bytes > bytes_left_;
  bytes_left_ -= is_exhausted_ ? bytes_left_ : bytes;
  return !is_exhausted_;
}

const FactRecords& HouseCheck::records_of(RecordKind kind) {
  std::unique_ptr<FactRecords>& records = records_[kind];
  if (!records) records = std::make_unique<FactRecords>(facts_, kind);
  return *records;
}

bool HouseCheck::fits_any(const HouseTest& test, std::string_view value) {
  if (!test.words.empty()) return std::ranges::find(test.words, value) != test.words.end();
  for (const Glob& glob : test.globs) {
    if (!spend(value.size() + 1)) return false;
    if (glob.matches(value)) return true;
  }
  return false;
}

bool HouseCheck::fits(const HouseTest& test, const FactRecord& record) {
  if (test.words.empty() && test.globs.empty()) {
    return record.size_bytes > test.over && record.size_bytes < test.under;
  }
  const std::vector<std::string_view>& values = record.values[test.field];
  if (test.needs == HouseTest::Needs::all) {
    return std::ranges::all_of(test.words, [&](const std::string& word) {
      return std::ranges::find(values, word) != values.end();
    });
  }
  const bool is_any =
      std::ranges::any_of(values, [&](std::string_view value) { return fits_any(test, value); });
  return is_any == (test.needs == HouseTest::Needs::any);
}

const std::vector<const FactRecord*>& HouseCheck::matches_of(const HouseCondition& condition) {
  const auto [entry, is_new] = matches_.try_emplace(&condition);
  if (!is_new) return entry->second;
  for (const FactRecord& record : records_of(condition.records).list()) {
    if (!spend(record_cost)) break;
    const bool is_match = std::ranges::all_of(
        condition.tests, [&](const HouseTest& test) { return fits(test, record); });
    if (is_match) entry->second.push_back(&record);
  }
  auto& by_file = by_file_[&condition];
  for (const FactRecord* record : entry->second) by_file[record->where.file].push_back(record);
  return entry->second;
}

HouseCheck::Outcome HouseCheck::evaluate(const HouseCondition& condition,
                                         std::optional<std::int32_t> file) {
  Outcome outcome;
  if (!spend(record_cost)) return outcome;
  if (condition.kind == HouseCondition::Kind::records) {
    const std::vector<const FactRecord*>* records = &matches_of(condition);
    if (file) {
      static const std::vector<const FactRecord*> none;
      const auto& by_file = by_file_[&condition];
      const auto found = by_file.find(*file);
      records = found == by_file.end() ? &none : &found->second;
    }
    outcome.holds = !records->empty();
    const std::size_t kept = std::min(records->size(), most_records);
    outcome.records.assign(records->begin(), records->begin() + static_cast<std::ptrdiff_t>(kept));
    return outcome;
  }
  const bool is_any = condition.kind == HouseCondition::Kind::any;
  outcome.holds = !is_any;
  for (const HouseCondition& part : condition.parts) {
    Outcome inner = evaluate(part, file);
    if (condition.kind == HouseCondition::Kind::none)
      return {.holds = !inner.holds, .records = {}, .others = {}};
    outcome.holds = is_any ? outcome.holds || inner.holds : outcome.holds && inner.holds;
    if (!is_any && !inner.holds) return {};
    if (!inner.holds) continue;
    if (is_any || outcome.records.empty()) {
      outcome.records.insert(outcome.records.end(), inner.records.begin(), inner.records.end());
    } else if (!inner.records.empty()) {
      outcome.others.push_back(inner.records.front());
    }
    outcome.others.insert(outcome.others.end(), inner.others.begin(), inner.others.end());
  }
  return outcome;
}

void HouseCheck::add(const HouseRule& rule, std::string_view id, const Outcome& outcome,
                     std::vector<Finding>& findings) const {
  std::vector<Step> steps;
  for (const FactRecord* other : outcome.others) {
    if (steps.size() < most_steps) steps.push_back({other->where, other->what});
  }
  if (outcome.records.empty()) findings.push_back({id, rule.severity, {}, rule.message, steps});
  for (const FactRecord* record : outcome.records) {
    findings.push_back({id, rule.severity, record->where,
                        rule.message + ": " + rules::shown(record->what, 200), steps});
  }
}

void HouseCheck::check(const HouseRule& rule, std::string_view id, std::vector<Finding>& findings) {
  if (!rule.in_one_file) {
    const Outcome outcome = evaluate(rule.when, std::nullopt);
    // What was not looked at may be what a "not" speaks of.
    if (outcome.holds && !is_exhausted_) add(rule, id, outcome, findings);
    return;
  }
  // Only files in which something matches can meet a condition that names something.
  std::set<std::int32_t> files;
  std::vector<const HouseCondition*> waiting = {&rule.when};
  while (!waiting.empty()) {
    const HouseCondition& condition = *waiting.back();
    waiting.pop_back();
    for (const HouseCondition& part : condition.parts) waiting.push_back(&part);
    if (condition.kind != HouseCondition::Kind::records) continue;
    for (const FactRecord* record : matches_of(condition)) files.insert(record->where.file);
  }
  files.erase(-1);
  for (const std::int32_t file : files) {
    const Outcome outcome = evaluate(rule.when, file);
    if (is_exhausted_) return;
    if (outcome.holds) add(rule, id, outcome, findings);
  }
}

}  // namespace assay
