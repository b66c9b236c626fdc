#include "base/suggest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace assay {

// Optimal string alignment: three rows of the table of distances of all prefixes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

std::string did_you_mean(std::string_view word, std::span<const std::string> words) {
  // Longer words are not looked at: the time is the product of the lengths.
  constexpr std::size_t longest = 100;
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  if (word.size() > longest) return "";
  for (const std::string& candidate : words) {
    // A part of a name is a likelier slip than so many missing letters.
    const bool is_part = word.size() >= 4 && candidate.find(word) != std::string::npos;
    const std::size_t distance = is_part ? 1 : edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = &candidate;
    }
  }
  return best == nullptr ? "" : "; did you mean '" + *best + "'?";
}

}  // namespace assay
