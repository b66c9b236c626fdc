#include "rules/wallet_addresses.h"

#include <set>

namespace assay::rules {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_address(std::string_view word) {
  if (word.size() == 42 && word.starts_with("0x")) {
    return word.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
  }
  const bool is_bitcoin =
      word.size() >= 26 && word.size() <= 62 &&
      (word.starts_with("bc1") || word.starts_with('1') || word.starts_with('3'));
  const bool is_tron = word.size() == 34 && word.starts_with('T');
  if (!is_bitcoin && !is_tron) return false;
  return word.find_first_of("0OIl") == std::string_view::npos || word.starts_with("bc1");
}

}  // namespace

std::size_t wallet_addresses_in(std::string_view text) {
  std::set<std::string_view> found;
  for (std::size_t at = 0; at < text.size() && found.size() < 4;) {
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    if (is_address(text.substr(at, end - at))) found.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return found.size();
}

}  // namespace assay::rules
