// Runs one installed program and returns what it prints, bounded in time and output. Meant for
// asking a package client for a setting; nothing from a package is ever run with it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace assay {

// `command[0]` is an absolute path. Standard input and standard error are /dev/null, the working
// folder is "/". Error when it fails, exits with another code than 0, prints over 64 KiB or is not
// done within `limit`; then it and what it started are killed.
Result<std::string> run_program(const std::vector<std::string>& command,
                                std::chrono::seconds limit);

}  // namespace assay
