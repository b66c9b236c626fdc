// Builds the real outside world and hands it to the command line.
#include <cstdio>
#include <exception>

#include "cli/app.h"
#include "cli/interrupt.h"

int main(int count, char** arguments) {
  assay::end_promptly_on_signals();
  try {
    assay::SystemEnvironment environment;
    const assay::SystemClock clock;
    assay::World world{environment, clock, assay::inspect_terminal(environment.variables())};
    return static_cast<int>(assay::run_app(count, arguments, world));
  } catch (const std::exception& exception) {
    assay::complain(std::string("internal error: ") + exception.what());
    return static_cast<int>(assay::ExitCode::broken);
  }
}
