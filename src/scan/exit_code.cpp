#include "scan/exit_code.h"

namespace assay {

ExitCode exit_code_of(const Error& error) {
  if (error.kind == ErrorKind::usage) return ExitCode::usage;
  return is_of_environment(error.kind) ? ExitCode::broken : ExitCode::incomplete;
}

ExitCode exit_code_of(const Tally& tally, FailOn fail_on) {
  const bool fails = (fail_on != FailOn::never && tally.blocked > 0) ||
                     (fail_on == FailOn::review && tally.reviewed > 0);
  if (fails) return ExitCode::findings;
  if (tally.broken > 0) return ExitCode::broken;
  if (tally.incomplete > 0) return ExitCode::incomplete;
  if (tally.empty == tally.targets) return ExitCode::nothing;
  return ExitCode::clean;
}

}  // namespace assay
