// The command line: options of every command, and which function runs.
#pragma once

#include "cli/world.h"
#include "scan/exit_code.h"

namespace assay {

ExitCode run_app(int count, const char* const* arguments, World& world);

}  // namespace assay
