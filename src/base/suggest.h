// The word that was probably meant.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace assay {

// Edits (insert, delete, replace, swap neighbours) between two words, in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// "; did you mean 'x'?" or nothing when no word is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> words);

}  // namespace assay
