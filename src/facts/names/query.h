// A name that is asked about, taken apart once, and what was found near it.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "facts/names/likelihood.h"
#include "facts/names/search.h"
#include "facts/names/spelling.h"

namespace assay::names {

// Whether squash(name) is `squashed`.
bool is_squashed(std::string_view name, std::string_view squashed);

struct Query {
  const NameIndex& index;
  const Names& names;
  bool is_pypi;
  std::string_view name;
  std::string squashed;
  std::vector<std::string> words;
  std::vector<float> word_costs;
  float own_cost;  // of the whole name as somebody's own choice

  Query(const NameIndex& all, Ecosystem ecosystem, std::string_view asked);

  // -ln of how likely this name is the one that is imitated: the better known, the likelier.
  float cost_of_target(NameId id) const {
    return 0.75F * std::log(static_cast<float>(names.ranks[id]) + 2.0F);
  }
  // That a popular name is this one and one more word.
  float cost_of_family(NameId id) const {
    return std::log(static_cast<float>(names.size()) + 1.0F) -
           std::log(static_cast<float>(names.families[id]) + 0.5F);
  }
  // Calls `found` for popular names that are `text` but for separators.
  template <typename Found>
  void each_same(std::string_view text, Found found) const {
    names.squashed.probe(hash_of(text), [&](NameId id) {
      if (is_squashed(names.name(id), text)) found(id);
    });
  }
};

class Candidates {
 public:
  explicit Candidates(const Query& query) : query_(query) {}

  void add(NameId id, Kind kind, float weight, std::string affix = {}) {
    if (query_.names.name(id) == query_.name) return;
    found_.push_back({id, kind, weight, std::move(affix)});
  }
  bool has_weighty() const;
  // Heaviest first, each name once.
  std::vector<Candidate> take();

 private:
  const Query& query_;
  std::vector<Candidate> found_;
};

// One slip in `text`, which is the name without the words of `affix`; `extra` is what they add.
void find_slips(const Query& query, std::string_view text, float own_cost, const std::string& affix,
                float extra, Candidates& candidates);
// Names that only look different: separators, capitals, letters that look alike.
void find_same(const Query& query, Candidates& candidates);
// Two slips, in names that everybody knows.
void find_distant_slips(const Query& query, Candidates& candidates);

// The same words in another order, and names with a word more or less.
void find_words(const Query& query, Candidates& candidates);
// Scopes of npm: nearly known ones, left out, or somebody else's.
void find_scopes(const Query& query, Candidates& candidates);

}  // namespace assay::names
