// What a scan's outcome means to the shell. The one place that knows.
#pragma once

#include <cstdint>

#include "report/tally.h"

namespace assay {

enum class ExitCode : std::uint8_t {
  clean = 0,
  findings = 1,  // at or above what was asked to fail on
  usage = 2,
  incomplete = 3,  // something that was asked for was not examined
  nothing = 4,     // there was nothing to examine
  broken = 5,      // internal error, disk, network
};

enum class FailOn : std::uint8_t { review, block, never };

// For an error that ends the whole call, or that kept one target from being examined.
ExitCode exit_code_of(const Error& error);

// Findings outweigh all else, since they are sure; then what kept us from looking.
ExitCode exit_code_of(const Tally& tally, FailOn fail_on);

}  // namespace assay
