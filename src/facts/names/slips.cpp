#include "facts/names/slips.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "facts/names/spelling.h"

namespace assay::names {
namespace {

// The rows of a keyboard; a key touches those beside it and those above and below it.
constexpr std::array<std::string_view, 4> rows = {"1234567890", "qwertyuiop", "asdfghjkl",
                                                  "zxcvbnm"};

bool are_neighbours(char a, char b) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t at = rows[row].find(a);
    if (at == std::string_view::npos) continue;
    for (std::size_t other = row == 0 ? 0 : row - 1; other <= row + 1 && other < rows.size();
         ++other) {
      const std::size_t there = rows[other].find(b);
      if (there == std::string_view::npos) continue;
      // Each row is shifted to the right by about half a key.
      const std::size_t distance = there > at ? there - at : at - there;
      if (distance > 1) continue;
      const bool is_beside = row == other || there == at || (other > row) == (there < at);
      if (is_beside) return true;
    }
  }
  return false;
}

bool is_vowel(char c) { return std::string_view("aeiouy").contains(c); }

bool differ_in_one_bit(char a, char b) {
  return std::has_single_bit(static_cast<unsigned>(static_cast<unsigned char>(a ^ b)));
}

struct Weighed {
  Kind kind;
  float cost;
};

// The second summand is -ln of how many such slips there are at one place of a name.
constexpr float ln_keys = 1.5F, ln_vowels = 1.6F, ln_letters = 3.6F;

Weighed describe_replaced(char target, char written) {
  if (skeleton(std::string_view(&target, 1)) == skeleton(std::string_view(&written, 1))) {
    return {Kind::look_alike, 0.5F};
  }
  if (are_neighbours(target, written)) return {Kind::keyboard, 0.9F + ln_keys};
  if (is_vowel(target) && is_vowel(written)) return {Kind::vowel, 0.7F + ln_vowels};
  if (differ_in_one_bit(target, written)) return {Kind::bit_flip, 1.5F + ln_keys};
  return {Kind::replaced, 1.2F + ln_letters};
}

Weighed describe_added(std::string_view longer, std::size_t at, bool is_target_longer) {
  const char c = longer[at];
  const bool is_double =
      (at > 0 && longer[at - 1] == c) || (at + 1 < longer.size() && longer[at + 1] == c);
  if (is_target_longer) return {is_double ? Kind::undoubled : Kind::omitted, 0.6F};
  const bool is_last = at + 1 == longer.size();
  if (is_last && c == 's' && !is_double) return {Kind::plural, 1.0F};
  if (is_double) return {Kind::doubled, 0.7F};
  if (is_last && c >= '0' && c <= '9') return {Kind::number, 2.5F};
  const bool is_beside = (at > 0 && are_neighbours(longer[at - 1], c)) ||
                         (!is_last && are_neighbours(longer[at + 1], c));
  return {Kind::added, is_beside ? 1.0F + ln_keys : 1.2F + ln_letters};
}

}  // namespace

Slip describe_slip(std::string_view target, std::string_view written) {
  const auto differs = std::ranges::mismatch(target, written);
  const auto at = static_cast<std::size_t>(differs.in1 - target.begin());
  const float place = std::log(static_cast<float>(std::max<std::size_t>(target.size(), 1)));
  Weighed weighed{Kind::replaced, 1.2F + ln_letters};
  if (target.size() < written.size()) {
    weighed = describe_added(written, at, false);
  } else if (target.size() > written.size()) {
    weighed = describe_added(target, at, true);
    const bool is_last = at + 1 == target.size();
    if (is_last && target.back() == 's') weighed.kind = Kind::plural;
    if (is_last && target.back() >= '0' && target.back() <= '9') weighed.kind = Kind::number;
  } else if (at + 1 < target.size() && target[at] == written[at + 1] &&
             target[at + 1] == written[at]) {
    weighed = {Kind::swapped, 0.5F};
  } else if (at < target.size()) {
    weighed = describe_replaced(target[at], written[at]);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (at + 1 == target.size() && is_digit(target[at]) && is_digit(written[at])) {
      weighed = {Kind::number, 2.5F};
    }
  }
  const bool is_at_end = weighed.kind == Kind::plural || weighed.kind == Kind::number;
  return {weighed.kind, weighed.cost + (is_at_end ? 0.7F : place)};
}

// Optimal string alignment: three rows of the table of distances of all beginnings, and of these
// only what is at most `most` away from the diagonal.
std::size_t edits_between(std::string_view a, std::string_view b, std::size_t most) {
  constexpr std::size_t longest = 256;
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > most || a.size() >= longest || b.size() >= longest) return most + 1;
  const int too_many = static_cast<int>(most) + 1;
  std::array<std::array<int, longest + 2>, 3> rows_of_three;
  auto *before = &rows_of_three[0], *above = &rows_of_three[1], *row = &rows_of_three[2];
  before->fill(too_many);
  for (std::size_t j = 0; j <= b.size(); ++j) (*above)[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t from = i > most + 1 ? i - most : 1;
    const std::size_t to = std::min(b.size(), i + most);
    (*row)[from - 1] = from == 1 ? static_cast<int>(i) : too_many;
    int least = (*row)[from - 1];
    for (std::size_t j = from; j <= to; ++j) {
      const int up = j == i + most ? too_many : (*above)[j] + 1;
      int distance =
          std::min({(*above)[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), up, (*row)[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        distance = std::min(distance, (*before)[j - 2] + 1);
      }
      (*row)[j] = distance;
      least = std::min(least, distance);
    }
    if (least > static_cast<int>(most)) return most + 1;
    std::swap(before, above);
    std::swap(above, row);
  }
  return static_cast<std::size_t>(std::min((*above)[b.size()], too_many));
}

std::string edited(std::string_view text, std::size_t position, Change change, char letter) {
  std::string result(text);
  switch (change) {
    case Change::remove: result.erase(position, 1); break;
    case Change::insert: result.insert(position, 1, letter); break;
    case Change::replace: result[position] = letter; break;
    case Change::swap: std::swap(result[position], result[position + 1]); break;
  }
  return result;
}

}  // namespace assay::names
