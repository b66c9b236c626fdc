// What became of all targets together, counted report by report.
#pragma once

#include <cstddef>

#include "report/report.h"

namespace assay {

// Whether an error is one of this machine or the network, rather than of what was to be examined.
bool is_of_environment(ErrorKind kind);

struct Tally {
  std::size_t targets = 0;  // reports: one an artifact
  std::size_t allowed = 0;  // these three leave out failed and broken ones
  std::size_t reviewed = 0;
  std::size_t blocked = 0;
  std::size_t empty = 0;       // among allowed: there was no file to examine
  std::size_t incomplete = 0;  // has gaps, or is failed
  std::size_t failed = 0;      // nothing of it could be examined, because of what it is
  std::size_t broken =
      0;  // nothing of it could be examined, because of us, the disk or the network

  void count(const Report& report);
};

}  // namespace assay
