#include "scan/scan.h"

#include "base/hash.h"
#include "facts/facts.h"
#include "generated/build_info.h"
#include "rules/rule.h"

namespace assay {
namespace {

std::span<const Rule* const> rules_of(const UserRules* user_rules) {
  return user_rules == nullptr ? all_rules() : user_rules->all();
}

}  // namespace

Report judge(Facts& facts, const Asked& asked) {
  std::vector<Finding> findings = run_rules(all_rules(), facts);
  if (asked.user_rules != nullptr) asked.user_rules->check(facts, findings);
  Verdict verdict = decide(findings, facts, asked.policy);
  Report report = build_report(facts, findings, std::move(verdict), rules_of(asked.user_rules));
  if (asked.with_surface) report.surface = build_surface(facts);
  return report;
}

Report scan_package(const Package& package, const Asked& asked, Observer* observer) {
  Facts facts = collect_facts(package, observer);
  return judge(facts, asked);
}

Tool this_tool(const UserRules* user_rules) {
  std::string hash(ruleset);
  if (user_rules != nullptr) {
    const std::string both = hash + '\n' + user_rules->sha256();
    hash = hash_hex(HashKind::sha256, both).substr(0, hash.size());
  }
  return {std::string(assay_version), std::move(hash), rules_of(user_rules)};
}

}  // namespace assay
