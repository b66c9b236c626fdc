// What published records say about one version of one package.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/advisories/advisory.h"

namespace assay {

struct AdvisoryHit {
  Advisory advisory;
  std::optional<bool> affects;  // nullopt: the version cannot be compared
  std::string fixed_in;         // the next version in which it is mended; empty: none is known

  bool operator==(const AdvisoryHit&) const = default;
};

struct AdvisoryFacts {
  std::vector<AdvisoryHit> hits;  // that affect the version or may; malware first
  std::size_t of_other_versions = 0;
  Time built;  // when the records were taken in
  // The package is not the public one of this name, which is what the records are about.
  bool is_namesake = false;

  bool operator==(const AdvisoryFacts&) const = default;
};

// A record that another one names as its alias counts once.
AdvisoryFacts weigh_advisories(std::vector<Advisory> advisories, Ecosystem ecosystem,
                               std::string_view version);

}  // namespace assay
