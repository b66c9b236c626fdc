// Rules that a user brings beside the built-in ones: YARA files and house rules. Made once for the
// process, then only read, by any number of threads.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/yara/yara_rules.h"
#include "rules/rule.h"
#include "rules/user/house_rules.h"

namespace assay {

class UserRules {
 public:
  UserRules(std::optional<YaraRules> yara, std::vector<HouseRule> house, std::string house_sha256);
  // Rules point into it.
  UserRules(const UserRules&) = delete;
  UserRules& operator=(const UserRules&) = delete;

  const YaraRules* yara() const { return yara_ ? &*yara_ : nullptr; }
  // The built-in ones and these, sorted by id.
  std::span<const Rule* const> all() const { return all_; }
  const std::string& sha256() const { return sha256_; }  // hex, of everything that was given

  // Adds findings to those of the built-in rules, which keeps them sorted; and what was not
  // examined to the gaps of the facts.
  void check(Facts& facts, std::vector<Finding>& findings) const;

 private:
  void add_yara(const Facts& facts, std::vector<Finding>& findings) const;
  void add_house(Facts& facts, std::vector<Finding>& findings) const;
  const Rule& add_rule(std::string id, std::string title, std::string why,
                       std::string harmless_when, Severity severity);

  std::optional<YaraRules> yara_;
  std::vector<HouseRule> house_;
  std::deque<std::string> texts_;
  std::deque<Rule> rules_;  // those of YARA, then those of the house
  std::vector<const Rule*> all_;
  std::string sha256_;
};

}  // namespace assay
