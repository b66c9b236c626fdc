// What main finds outside the program and passes down; tests pass their own.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "cli/terminal.h"
#include "ecosystems/registry/client_environment.h"

namespace assay {

struct World {
  ClientEnvironment& environment;
  const Clock& clock;
  Terminal terminal;
};

// "assay: …" on stderr.
void complain(std::string_view message);

}  // namespace assay
