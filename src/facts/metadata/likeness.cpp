#include "facts/metadata/likeness.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "base/text.h"

namespace assay {
namespace {

// READMEs are shorter; what follows is change logs.
constexpr std::size_t most_bytes = 256 << 10;
constexpr std::size_t words_in_run = 4;
// Below, a licence and a heading make any two alike.
constexpr std::size_t fewest_runs = 20;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::uint64_t mix(std::uint64_t value) {  // splitmix64
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::vector<std::uint64_t> words_of(std::string_view text, std::string_view without) {
  const std::string lower = to_lower_ascii(text.substr(0, most_bytes));
  const std::string own = to_lower_ascii(without);
  std::vector<std::uint64_t> words;
  for (std::size_t i = 0; i < lower.size();) {
    std::size_t end = i;
    while (end < lower.size() && is_letter(lower[end])) ++end;
    const std::string_view word = std::string_view(lower).substr(i, end - i);
    if (!word.empty() && (own.empty() || !contains(own, word))) words.push_back(hash_of(word));
    i = end + 1;
  }
  return words;
}

}  // namespace

TextSketch sketch(std::string_view text, std::string_view without) {
  const std::vector<std::uint64_t> words = words_of(text, without);
  TextSketch result;
  result.least.fill(std::numeric_limits<std::uint32_t>::max());
  for (std::size_t i = 0; i + words_in_run <= words.size(); ++i) {
    std::uint64_t run = 0;
    for (std::size_t j = 0; j < words_in_run; ++j) run = mix(run ^ words[i + j]);
    ++result.runs;
    for (std::size_t k = 0; k < TextSketch::size; ++k) {
      const auto value = static_cast<std::uint32_t>(mix(run + k * 0x632be59bd9b4e019) >> 32);
      result.least[k] = std::min(result.least[k], value);
    }
  }
  return result;
}

double likeness(const TextSketch& a, const TextSketch& b) {
  if (a.runs < fewest_runs || b.runs < fewest_runs) return 0;
  std::size_t equal = 0;
  for (std::size_t k = 0; k < TextSketch::size; ++k) equal += a.least[k] == b.least[k] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(TextSketch::size);
}

}  // namespace assay
