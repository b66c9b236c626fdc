// Tells whether a name looks like an imitation of a better known one.
//
// Two things are weighed: how likely somebody who wants to be taken for the known name would end at
// this one, and how likely somebody would choose it for a package of his own. What is known beside
// the name (its own popularity, its age, who maintains it) clears it; what is not known does not.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/names/kind.h"
#include "facts/names/name_index.h"
#include "package/package.h"

namespace assay::names {

// What the caller knows of the package itself; nullopt is unknown.
struct Circumstances {
  std::optional<std::uint32_t> rank = {};      // by downloads; what the index says needs no mention
  std::optional<std::chrono::days> age = {};   // since its first version
  std::optional<bool> shares_maintainer = {};  // with the better known package
  std::optional<bool> shares_repository = {};
};

struct Relation {
  Kind kind = Kind::separators;
  std::string target;
  std::uint32_t target_rank = 0;
  std::string evidence;  // for people: "two letters next to each other swapped: …"
  // ln of how many times likelier this is an imitation than a name of its own, less what is asked
  // for to say so: from 0 the name is flagged unless something clears it.
  float weight = 0;

  bool operator==(const Relation&) const = default;
};

struct Opinion {
  std::optional<std::uint32_t> rank = {};  // of the name itself, when it is popular
  std::vector<Relation> relations;         // heaviest first, few
  bool is_flagged = false;
  std::string cleared_by;  // why a name that looks like an imitation is not flagged

  bool operator==(const Opinion&) const = default;
};

// `name` may be any bytes; what no registry would take is looked at all the same, up to a length.
Opinion judge_name(const NameIndex& index, Ecosystem ecosystem, std::string_view name,
                   const Circumstances& circumstances = {});

}  // namespace assay::names
