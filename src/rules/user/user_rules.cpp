#include "rules/user/user_rules.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "rules/conditions.h"

namespace assay {
namespace {

constexpr std::size_t description_bytes = 300;

// Rule sets have their own ideas of a severity; what is none of ours counts as medium.
Severity severity_of(const YaraRuleInfo& info) {
  return severity_from(to_lower_ascii(trim(info.severity))).value_or(Severity::medium);
}

std::string title_of(const YaraRuleInfo& info) {
  if (!info.description.empty()) return rules::shown(info.description, description_bytes);
  return "Matches the YARA rule " + info.id.substr(std::string_view("yara:").size());
}

std::string layer_words(const Facts& facts, const Where& where) {
  if (where.layer < 0 || static_cast<std::size_t>(where.layer) >= facts.layers.size()) return "";
  const std::string& how = facts.layers[static_cast<std::size_t>(where.layer)].how;
  return how.empty() ? " in code inside the code" : " in what " + rules::shown(how, 60) + " hid";
}

}  // namespace

UserRules::UserRules(std::optional<YaraRules> yara, std::vector<HouseRule> house,
                     std::string house_sha256)
    : yara_(std::move(yara)), house_(std::move(house)) {
  std::string hashed = std::move(house_sha256);
  if (yara_) {
    hashed += '\n' + yara_->sha256();
    for (const YaraRuleInfo& info : yara_->rules()) {
      add_rule(info.id, title_of(info), "", "", severity_of(info));
    }
  }
  for (const HouseRule& rule : house_) {
    add_rule(rule.id, rules::shown(rule.title, 500), rules::shown(rule.why, 500),
             rules::shown(rule.harmless_when, 500), rule.severity);
  }
  sha256_ = hash_hex(HashKind::sha256, hashed);
  all_.assign(all_rules().begin(), all_rules().end());
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const bool is_private = yara_ && i < yara_->rules().size() && yara_->rules()[i].is_private;
    if (!is_private) all_.push_back(&rules_[i]);
  }
  std::ranges::stable_sort(all_, {}, &Rule::id);
}

const Rule& UserRules::add_rule(std::string id, std::string title, std::string why,
                                std::string harmless_when, Severity severity) {
  const auto own = [&](std::string text) -> std::string_view {
    return texts_.emplace_back(std::move(text));
  };
  const std::string_view id_text = own(std::move(id));
  const std::string_view title_text = own(std::move(title));
  const std::string_view why_text = own(std::move(why));
  const std::string_view harmless_text = own(std::move(harmless_when));
  rules_.push_back({id_text, title_text, why_text, harmless_text, severity, nullptr});
  return rules_.back();
}

void UserRules::check(Facts& facts, std::vector<Finding>& findings) const {
  if (yara_) add_yara(facts, findings);
  if (!house_.empty()) add_house(facts, findings);
  sort_findings(findings);
  std::ranges::sort(facts.gaps);
}

void UserRules::add_yara(const Facts& facts, std::vector<Finding>& findings) const {
  std::vector<const YaraFact*> matches;
  for (const YaraFact& fact : facts.yara) matches.push_back(&fact);
  std::ranges::stable_sort(matches, {}, &YaraFact::rule);
  std::vector<Finding> of_rule;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const YaraFact& fact = *matches[i];
    const Rule& rule = rules_[fact.rule];
    std::string message = std::string(rule.title) + layer_words(facts, fact.where);
    std::vector<Step> steps;
    for (std::size_t s = 0; s < fact.strings.size(); ++s) {
      message += (s == 0 ? ": " : ", ") + fact.strings[s].identifier;
      steps.push_back({fact.strings[s].where, "matches " + fact.strings[s].identifier});
    }
    of_rule.push_back({rule.id, rule.severity, fact.where, std::move(message), std::move(steps)});
    if (i + 1 < matches.size() && matches[i + 1]->rule == fact.rule) continue;
    keep_best(of_rule, most_findings_per_rule);
    std::ranges::move(of_rule, std::back_inserter(findings));
    of_rule.clear();
  }
}

void UserRules::add_house(Facts& facts, std::vector<Finding>& findings) const {
  HouseCheck check(facts);
  const std::size_t first = rules_.size() - house_.size();
  for (std::size_t i = 0; i < house_.size(); ++i) {
    std::vector<Finding> of_rule;
    check.check(house_[i], rules_[first + i].id, of_rule);
    keep_best(of_rule, most_findings_per_rule);
    std::ranges::move(of_rule, std::back_inserter(findings));
  }
  if (check.is_exhausted()) {
    facts.gaps.push_back({GapKind::budget, "",
                          "house rules: patterns looked at 100 MB of text, and the rest of the "
                          "rules was not applied"});
  }
}

}  // namespace assay
