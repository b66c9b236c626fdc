// Runs one installed program and returns what it prints, bounded in time and output: a package
// client that is asked for a setting, and git. Nothing from a package is ever run with it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace assay {

struct ProgramRun {
  std::vector<std::string> command;                     // command[0] is an absolute path
  std::optional<std::vector<std::string>> environment;  // "NAME=value"; none: this process's own
  std::string input;                                    // standard input
  std::size_t output_bytes = 64_KiB;                    // at most, of standard output
  std::chrono::seconds limit{10};
  // Asked a few times a second while it runs; false ends it. May be empty.
  std::function<bool()> may_go_on;
};

struct ProgramEnd {
  int exit_code = 0;
  std::string output;
  std::string errors;  // the first 16 KiB of standard error
};

// In the folder "/". Error when it cannot be started, dies of a signal, prints too much or is not
// done in time; then it and what it started are killed.
Result<ProgramEnd> run_to_end(const ProgramRun& run);

// The same without input, and without what it says on standard error. An error, too, when it exits
// with another code than 0.
Result<std::string> run_program(const std::vector<std::string>& command,
                                std::chrono::seconds limit);

}  // namespace assay
