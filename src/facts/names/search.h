// Finds the popular names that a name could be an imitation of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/names/kind.h"
#include "facts/names/name_index.h"
#include "package/package.h"

namespace assay::names {

struct Candidate {
  NameId id = 0;
  Kind kind = Kind::separators;
  float weight = 0;   // as Relation::weight
  std::string affix;  // the words beside the name, where there are some
};

// Heaviest first, each name once. `name` is canonical ASCII.
std::vector<Candidate> find_candidates(const NameIndex& index, Ecosystem ecosystem,
                                       std::string_view name);

}  // namespace assay::names
