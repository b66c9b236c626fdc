// Slips of the keyboard and of the eye: all names that one slip makes of another, and which slip
// leads from one name to another.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "facts/names/index_format.h"
#include "facts/names/kind.h"

namespace assay::names {

struct Slip {
  Kind kind = Kind::replaced;
  // -ln of how likely just this slip is, where somebody slips or wants it to look so.
  float cost = 0;
};

// Both squashed and one edit apart: one character more, less or another, or two swapped.
Slip describe_slip(std::string_view target, std::string_view written);

// Edits (insert, delete, replace, swap neighbours) between the two, `most` + 1 when there are more.
std::size_t edits_between(std::string_view a, std::string_view b, std::size_t most);

inline constexpr std::string_view edit_letters = "abcdefghijklmnopqrstuvwxyz0123456789";

// Calls `found(hash, position, change, letter)` for texts one edit away from `text`; edited() makes
// the text itself. There are about 72 for each character, so that where a character is put in or
// replaced, `is_possible(hash)` of the pattern is asked first, in which it is left open.
enum class Change : std::uint8_t { remove, insert, replace, swap };
template <typename Possible, typename Found>
void each_edit(std::string_view text, Possible is_possible, Found found) {
  constexpr std::size_t longest = 256;
  if (text.size() >= longest) return;
  // Hashes of beginnings, and what a beginning is multiplied by in front of so many characters.
  std::array<std::uint64_t, longest + 1> begin;
  std::array<std::uint64_t, longest + 2> power;
  begin[0] = 0;
  power[0] = 1;
  power[1] = hash_base;
  const std::size_t size = text.size();
  for (std::size_t i = 0; i < size; ++i) {
    begin[i + 1] = hash_step(begin[i], text[i]);
    power[i + 2] = power[i + 1] * hash_base;
  }
  const auto end_from = [&](std::size_t at) { return begin[size] - begin[at] * power[size - at]; };
  for (std::size_t i = 0; i <= size; ++i) {
    const auto with = [&](char c, std::size_t skipped) {
      const std::uint64_t hash =
          hash_step(begin[i], c) * power[size - i - skipped] + end_from(i + skipped);
      return hash_finish(hash, size + 1 - skipped);
    };
    const auto each_letter = [&](std::size_t skipped, Change change) {
      if (!is_possible(with(open_character, skipped))) return;
      for (const char c : edit_letters) found(with(c, skipped), i, change, c);
    };
    each_letter(0, Change::insert);
    if (i == size) break;
    each_letter(1, Change::replace);
    const std::uint64_t removed = begin[i] * power[size - i - 1] + end_from(i + 1);
    found(hash_finish(removed, size - 1), i, Change::remove, '\0');
    if (i + 1 == size || text[i] == text[i + 1]) continue;
    const std::uint64_t swapped = hash_step(hash_step(begin[i], text[i + 1]), text[i]);
    found(hash_finish(swapped * power[size - i - 2] + end_from(i + 2), size), i, Change::swap,
          '\0');
  }
}
std::string edited(std::string_view text, std::size_t position, Change change, char letter);

}  // namespace assay::names
