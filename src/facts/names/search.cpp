#include "facts/names/search.h"

#include <algorithm>

#include "facts/names/query.h"

namespace assay::names {

Query::Query(const NameIndex& all, Ecosystem ecosystem, std::string_view asked)
    : index(all),
      names(all.names(ecosystem)),
      is_pypi(ecosystem == Ecosystem::pypi),
      name(asked),
      squashed(squash(asked)),
      words(words_of(asked)),
      own_cost(0) {
  for (const std::string& word : words) word_costs.push_back(cost_of_word(index, word));
  own_cost = cost_of_words(index, words, word_costs);
}

bool is_squashed(std::string_view name, std::string_view squashed) {
  std::size_t at = 0;
  for (const char c : name) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((low < 'a' || low > 'z') && (low < '0' || low > '9')) continue;
    if (at == squashed.size() || squashed[at] != low) return false;
    ++at;
  }
  return at == squashed.size();
}

bool Candidates::has_weighty() const {
  return std::ranges::any_of(found_, [](const Candidate& c) { return c.weight > 0; });
}

std::vector<Candidate> Candidates::take() {
  std::ranges::stable_sort(found_, [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
  });
  std::vector<Candidate> result;
  for (Candidate& candidate : found_) {
    if (std::ranges::find(result, candidate.id, &Candidate::id) != result.end()) continue;
    result.push_back(std::move(candidate));
  }
  return result;
}

std::vector<Candidate> find_candidates(const NameIndex& index, Ecosystem ecosystem,
                                       std::string_view name) {
  const Query query(index, ecosystem, name);
  Candidates candidates(query);
  if (query.squashed.empty()) return {};
  find_same(query, candidates);
  find_slips(query, query.squashed, query.own_cost, {}, 0, candidates);
  find_words(query, candidates);
  find_scopes(query, candidates);
  if (!candidates.has_weighty()) find_distant_slips(query, candidates);
  return candidates.take();
}

}  // namespace assay::names
