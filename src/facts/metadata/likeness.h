// How much two texts have in common, by sketches of a fixed size (MinHash over runs of words), so
// that copies are found whatever was changed around them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace assay {

struct TextSketch {
  static constexpr std::size_t size = 128;
  std::array<std::uint32_t, size> least{};
  std::size_t runs = 0;  // of words; a text of few says little

  bool operator==(const TextSketch&) const = default;
};

// Case, punctuation and the package's own names (`without`) do not count: a copy replaces those.
TextSketch sketch(std::string_view text, std::string_view without = "");

// Estimated Jaccard likeness, 0 to 1, within about 0.09; 0 when either text is too short to tell.
double likeness(const TextSketch& a, const TextSketch& b);

}  // namespace assay
