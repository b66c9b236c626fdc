// The whole road for one package: facts, findings, verdict, report. Nothing here reads a disk or a
// network, and nothing of the package is run.
#pragma once

#include <string>

#include "facts/observe.h"
#include "package/package.h"
#include "report/report.h"
#include "verdict/verdict.h"

namespace assay {

Report scan_package(const Package& package, const Policy& policy, const Observer* observer = nullptr);

// Version and rules of this program. The ruleset is a hash of the sources that decide what is
// found, so that the same artifact and the same ruleset give the same verdict.
Tool this_tool();

}  // namespace assay
