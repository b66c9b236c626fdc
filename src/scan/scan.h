// The whole road for one package: facts, findings, verdict, report. Nothing here reads a disk or a
// network, and nothing of the package is run.
#pragma once

#include <string>

#include "facts/observe.h"
#include "package/package.h"
#include "report/report.h"
#include "rules/user/user_rules.h"
#include "verdict/verdict.h"

namespace assay {

struct Asked {
  Policy policy;
  const UserRules* user_rules = nullptr;  // beside the built-in ones; outlives the reports
  bool with_surface = false;              // the report lists what runs uncalled
};

// From facts on. Rules of the user may add gaps to them.
Report judge(Facts& facts, const Asked& asked);

Report scan_package(const Package& package, const Asked& asked, Observer* observer = nullptr);

// Version and rules of this program. The ruleset is a hash of the sources that decide what is
// found, and of the rules that the user brought, so that the same artifact and the same ruleset
// give the same verdict.
Tool this_tool(const UserRules* user_rules = nullptr);

}  // namespace assay
