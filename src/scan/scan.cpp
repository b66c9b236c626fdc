#include "scan/scan.h"

#include "facts/facts.h"
#include "generated/build_info.h"
#include "rules/rule.h"

namespace assay {

Report scan_package(const Package& package, const Policy& policy, const Observer* observer) {
  const Facts facts = collect_facts(package, observer);
  const std::vector<Finding> findings = run_rules(all_rules(), facts);
  Verdict verdict = decide(findings, facts, policy);
  return build_report(facts, findings, std::move(verdict), all_rules());
}

Tool this_tool() { return {std::string(assay_version), std::string(ruleset), all_rules()}; }

}  // namespace assay
