#include <algorithm>
#include <optional>

#include "facts/names/affixes.h"
#include "facts/names/margins.h"
#include "facts/names/query.h"

namespace assay::names {
namespace {

bool is_number(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<float> affix_cost(std::string_view word) {
  if (word.size() <= 2 && is_number(word)) return word.size() == 1 ? 5.0F : 6.0F;
  return cost_of_affix(word);
}

// Few imitate what few know by taking its whole name.
float cost_of_obscurity(std::uint32_t rank) {
  constexpr std::uint32_t known_rank = 4000;
  return rank <= known_rank ? 0
                            : std::log(static_cast<float>(rank) / static_cast<float>(known_rank));
}

// The words of the name from `first` to `last`, and those beside them.
struct Part {
  std::size_t first, last;

  bool has(std::size_t i) const { return i >= first && i < last; }
};

// What words beside the whole name say: one that says nothing new makes it a claim to be it.
float gain_of_words(const Query& query, Part part) {
  float gain = 0;
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    if (part.has(i)) continue;
    if (const std::optional<float> affix = affix_cost(query.words[i])) {
      gain += std::max(query.word_costs[i], 6.0F) - *affix;
    } else {
      gain -= 1.5F + std::max(0.0F, (8.0F - query.word_costs[i]) / 2);
    }
  }
  return gain;
}

std::string words_beside(const Query& query, Part part) {
  std::string text;
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    if (part.has(i)) continue;
    if (!text.empty()) text += ' ';
    text += query.words[i];
  }
  return text;
}

bool are_affixes(const Query& query, Part part) {
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    if (!part.has(i) && !affix_cost(query.words[i])) return false;
  }
  return true;
}

void consider_part(const Query& query, Part part, std::string_view text, Candidates& candidates) {
  const bool are_all_affixes = are_affixes(query, part);
  const float gain = gain_of_words(query, part);
  query.each_same(text, [&](NameId id) {
    const std::uint32_t rank = query.names.ranks[id];
    const float weight = query.cost_of_family(id) - query.cost_of_target(id) + gain;
    candidates.add(
        id, are_all_affixes ? Kind::affix_added : Kind::word_added,
        weight - (are_all_affixes ? affix_margin + cost_of_obscurity(rank) : word_margin),
        words_beside(query, part));
  });
  if (!are_all_affixes || text.size() < 5) return;
  float own_cost = 0;
  for (std::size_t i = part.first; i < part.last; ++i) own_cost += query.word_costs[i];
  find_slips(query, text, own_cost, words_beside(query, part), std::min(gain, 0.0F) - 1,
             candidates);
}

void find_added_words(const Query& query, Candidates& candidates) {
  constexpr std::size_t most_words = 8;
  const std::size_t count = query.words.size();
  if (count < 2 || count > most_words) return;
  for (std::size_t first = 0; first < count; ++first) {
    std::string text;
    for (std::size_t last = first + 1; last <= count; ++last) {
      text += query.words[last - 1];
      if (last - first == count || text.size() < 2) continue;
      consider_part(query, {first, last}, text, candidates);
    }
  }
}

// noderequest, requestsjs, web3wallet: a word without a separator.
void consider_glued(const Query& query, std::string_view rest, std::string_view word,
                    Candidates& candidates) {
  constexpr std::size_t shortest_rest = 3, shortest_beside_any_word = 4;
  if (rest.size() < shortest_rest) return;
  const std::optional<float> affix = affix_cost(word);
  if (!affix && (rest.size() < shortest_beside_any_word || word.size() < 3)) return;
  query.each_same(rest, [&](NameId id) {
    const float word_cost = cost_of_word(query.index, word);
    const float family = std::min(query.cost_of_family(id), cost_of_word(query.index, rest) + 4.0F);
    const float weight = family - query.cost_of_target(id) - 1;
    const std::uint32_t rank = query.names.ranks[id];
    if (!affix) {
      const float gain = -1.5F - std::max(0.0F, (8.0F - word_cost) / 2);
      candidates.add(id, Kind::word_added, weight + gain - 1 - word_margin, std::string(word));
    } else if (is_number(word)) {
      candidates.add(id, Kind::number, weight + 6.0F - *affix - number_margin + 3.0F,
                     std::string(word));
    } else {
      candidates.add(
          id, Kind::affix_added,
          weight + std::max(word_cost, 6.0F) - *affix - affix_margin - cost_of_obscurity(rank),
          std::string(word));
    }
  });
}

void find_glued_words(const Query& query, Candidates& candidates) {
  constexpr std::size_t longest = 40;
  const std::string_view text = query.squashed;
  if (text.size() > longest) return;
  for (std::size_t size = 1; size + 2 < text.size(); ++size) {
    const std::string_view start = text.substr(0, size);
    if (!is_number(start)) consider_glued(query, text.substr(size), start, candidates);
    consider_glued(query, text.substr(0, text.size() - size), text.substr(text.size() - size),
                   candidates);
  }
}

void find_reordered(const Query& query, Candidates& candidates) {
  if (query.words.size() < 2) return;
  std::vector<std::string> sorted = query.words;
  std::ranges::sort(sorted);
  std::string key;
  for (const std::string& word : sorted) key += word;
  query.names.sorted.probe(hash_of(key), [&](NameId id) {
    std::vector<std::string> target = words_of(query.names.name(id));
    if (target == query.words) return;
    std::ranges::sort(target);
    if (target != sorted) return;
    // Words of one's own come in one order or the other, so that only the family tells.
    const float own = std::min(query.own_cost, query.cost_of_family(id) + 4);
    candidates.add(id, Kind::reordered, own - query.cost_of_target(id) - 1.5F - order_margin);
  });
}

void find_dropped_affix(const Query& query, std::string_view text, float own_cost,
                        std::string_view replaced, Candidates& candidates) {
  for (const std::string_view affix : droppable_affixes(query.is_pypi)) {
    if (affix == replaced) continue;
    const auto found = [&](NameId id) {
      const bool is_exchange = !replaced.empty();
      candidates.add(
          id, is_exchange ? Kind::affix_exchanged : Kind::affix_dropped,
          own_cost - query.cost_of_target(id) - 3.5F - (is_exchange ? affix_margin : word_margin),
          std::string(is_exchange ? replaced : affix));
    };
    query.each_same(std::string(affix) + std::string(text), found);
    query.each_same(std::string(text) + std::string(affix), found);
  }
}

// python-mongo for pymongo: another way to say the same beside a word.
void find_exchanged_affix(const Query& query, Candidates& candidates) {
  const std::size_t count = query.words.size();
  for (const std::string_view affix : droppable_affixes(query.is_pypi)) {
    std::string_view text = query.squashed;
    if (count > 1 && query.words.front() == affix) {
      find_dropped_affix(query, text.substr(affix.size()), query.own_cost - query.word_costs[0],
                         affix, candidates);
    } else if (count > 1 && query.words.back() == affix) {
      text.remove_suffix(affix.size());
      find_dropped_affix(query, text, query.own_cost - query.word_costs[count - 1], affix,
                         candidates);
    }
  }
}

void find_import_name(const Query& query, Candidates& candidates) {
  const auto found = std::ranges::lower_bound(import_names(), std::string_view(query.squashed), {},
                                              &ImportName::import_name);
  if (found == import_names().end() || found->import_name != query.squashed) return;
  query.each_same(squash(found->project), [&](NameId id) {
    candidates.add(id, Kind::import_name, 8.0F - query.cost_of_target(id));
  });
}

}  // namespace

void find_words(const Query& query, Candidates& candidates) {
  find_reordered(query, candidates);
  find_dropped_affix(query, query.squashed, query.own_cost, {}, candidates);
  if (query.is_pypi) find_import_name(query, candidates);
  if (query.name.starts_with('@')) return;
  find_added_words(query, candidates);
  find_glued_words(query, candidates);
  find_exchanged_affix(query, candidates);
}

}  // namespace assay::names
