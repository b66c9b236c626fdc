// What a command prints when that follows from the text alone.
#pragma once

#include <optional>
#include <string>

#include "facts/code/shell/session.h"

namespace assay::code::shell {

std::optional<std::string> constant_output(const Session& session, const ShellCommand& command,
                                           ShellDialect dialect);

}  // namespace assay::code::shell
