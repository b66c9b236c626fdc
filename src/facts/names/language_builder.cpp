#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "base/text.h"
#include "facts/names/index_builder.h"
#include "facts/names/spelling.h"

namespace assay::names {
namespace {

constexpr std::size_t shortest_word = 2;
// Beginnings of several words that so many names have are a way to name things.
constexpr double fewest_for_beginning = 3;
// What a word of the language counts that no popular name holds.
constexpr double weight_of_english = 0.4;

std::uint8_t cost_of(double frequency) {
  const double cost = -std::log(frequency) / static_cast<double>(cost_unit);
  return static_cast<std::uint8_t>(std::clamp(std::round(cost), 1.0, 255.0));
}

using Counts = std::map<std::string, double>;

struct Counted {
  Counts words;       // of names
  Counts beginnings;  // of names: several words with '-' between them
  double names = 1;
};

void count(const std::vector<RankedName>& names, Counted& counted) {
  for (const RankedName& name : names) {
    const std::vector<std::string> words = words_of(name.name);
    std::string beginning;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].size() >= shortest_word) ++counted.words[words[i]];
      beginning += (i == 0 ? "" : "-") + words[i];
      if (i > 0 && i + 1 < words.size()) ++counted.beginnings[beginning];
    }
    ++counted.names;
  }
}

void add_words(const Counted& counted, std::string_view english, BuiltLanguage& language) {
  double total = 1;
  Counts known = counted.words;
  for (const std::string_view word : split_lines(english)) {
    if (!word.empty() && squash(word) == word)
      known.try_emplace(std::string(word), weight_of_english);
  }
  for (const auto& [word, times] : known) total += times;
  for (auto& [word, times] : known) times /= total;
  for (const auto& [beginning, times] : counted.beginnings) {
    if (times >= fewest_for_beginning) known[beginning] = times / counted.names;
  }
  language.word_tags.resize(std::bit_ceil(known.size() * 3 / 2 + 1));
  language.word_costs.resize(language.word_tags.size());
  const std::size_t mask = language.word_tags.size() - 1;
  for (const auto& [word, frequency] : known) {
    const std::uint64_t hash = hash_of(word);
    std::size_t slot = hash & mask;
    while (language.word_tags[slot] != 0) slot = (slot + 1) & mask;
    language.word_tags[slot] = word_tag_of(hash);
    language.word_costs[slot] = cost_of(frequency);
  }
}

// How often each character follows two others, at the edges of words too: seen together most, and
// where that was seldom, after one and after none.
void add_letters(const Counts& words, BuiltLanguage& language) {
  std::vector<double> three(alphabet * alphabet * alphabet), two(alphabet * alphabet),
      one(alphabet);
  for (const auto& [word, times] : words) {
    std::size_t earlier = 0, before = 0;
    for (std::size_t i = 0; i <= word.size(); ++i) {
      const std::size_t c = i == word.size() ? 0 : letter_number(word[i]);
      ++three[(earlier * alphabet + before) * alphabet + c];
      ++two[before * alphabet + c];
      ++one[c];
      earlier = before;
      before = c;
    }
  }
  const auto share = [](const std::vector<double>& table, std::size_t row, std::size_t c) {
    double sum = 1;
    for (std::size_t i = 0; i < alphabet; ++i) sum += table[row * alphabet + i];
    return table[row * alphabet + c] / sum;
  };
  for (std::size_t row = 0; row < alphabet * alphabet; ++row) {
    for (std::size_t c = 0; c < alphabet; ++c) {
      const double frequency = 0.6 * share(three, row, c) + 0.3 * share(two, row % alphabet, c) +
                               0.09 * share(one, 0, c) + 0.01 / alphabet;
      language.letters.push_back(cost_of(frequency));
    }
  }
}

}  // namespace

BuiltLanguage build_language(const std::vector<RankedName>& npm,
                             const std::vector<RankedName>& pypi, std::string_view english) {
  Counted counted;
  count(npm, counted);
  count(pypi, counted);
  BuiltLanguage language;
  add_words(counted, english, language);
  add_letters(counted.words, language);
  return language;
}

}  // namespace assay::names
