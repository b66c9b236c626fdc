#include "facts/names/likelihood.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace assay::names {
namespace {

// That a word is none that other names hold.
constexpr float unknown_word = 2.0F;
// That two words are written together.
constexpr float written_together = 2.0F;
// Parts of a word are looked up to this length; known words are seldom longer.
constexpr std::size_t longest_part = 16;
// The rest of a longer word costs what a letter does on average.
constexpr std::size_t longest_word = 64;
constexpr float letter_on_average = 2.8F;

}  // namespace

// The cheapest way to put the word together out of known words and, where none fits, letters.
float cost_of_word(const NameIndex& index, std::string_view word) {
  float rest = 0;
  if (word.size() > longest_word) {
    rest = static_cast<float>(word.size() - longest_word) * letter_on_average;
    word = word.substr(0, longest_word);
  }
  std::array<float, longest_word + 1> best;
  best.fill(1e9F);
  best[0] = 0;
  for (std::size_t from = 0; from < word.size(); ++from) {
    const float so_far = best[from] + (from == 0 ? 0 : written_together);
    std::uint64_t hash = 0;
    std::size_t earlier = 0, before = 0;
    float letters = so_far + unknown_word;
    for (std::size_t to = from + 1; to <= word.size(); ++to) {
      const std::size_t number = letter_number(word[to - 1]);
      letters += index.cost_of_letter(earlier, before, number);
      earlier = before;
      before = number;
      best[to] = std::min(best[to], letters + index.cost_of_letter(earlier, before, 0));
      if (to - from > longest_part) continue;
      hash = hash_step(hash, word[to - 1]);
      if (to - from < 2) continue;
      const std::optional<float> known = index.cost_of_word(hash_finish(hash, to - from));
      if (known) best[to] = std::min(best[to], so_far + *known);
    }
  }
  return best[word.size()] + rest;
}

float cost_of_words(const NameIndex& index, std::span<const std::string> words,
                    std::span<const float> costs) {
  float rest = std::accumulate(costs.begin(), costs.end(), 0.0F);
  float least = rest;
  std::uint64_t hash = 0;
  std::size_t size = 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (i > 0) hash = hash_step(hash, '-');
    for (const char c : words[i]) hash = hash_step(hash, c);
    size += words[i].size() + (i > 0 ? 1 : 0);
    rest -= costs[i];
    if (i == 0) continue;
    const std::optional<float> beginning = index.cost_of_word(hash_finish(hash, size));
    if (beginning) least = std::min(least, *beginning + rest);
  }
  return least;
}

}  // namespace assay::names
