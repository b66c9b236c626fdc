// Which release of a project a request means, and which of its files stand for it. No network, no
// disk: a decision about the entries of index pages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/pypi/file_name.h"
#include "ecosystems/pypi/simple_index.h"

namespace assay {

struct IndexCandidate {
  IndexFile file;
  DistributionName name;
  std::size_t index = 0;  // which of the configured indexes lists it
};

struct ReleaseChoice {
  std::string version;
  std::vector<IndexCandidate> selected;  // sdists first, then wheels, each by name
  std::vector<IndexCandidate> others;    // of the same release, by name
  bool is_yanked = false;
  std::string yanked_reason;
};

// `wanted` is a PEP 440 specifier or empty. The newest release that is no pre-release, unless only
// pre-releases match or the request names one. Yanked releases (PEP 592) only when asked for by
// "==" or "===". Python versions that a file requires do not matter: nothing is installed.
Result<ReleaseChoice> choose_pypi_release(std::string_view project,
                                          std::vector<IndexCandidate> candidates,
                                          std::string_view wanted, bool all_files);

}  // namespace assay
