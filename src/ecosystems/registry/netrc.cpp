#include "ecosystems/registry/netrc.h"

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view next_word(std::string_view& text) {
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (!text.starts_with('#')) break;
    text.remove_prefix(std::min(text.find('\n'), text.size()));
  }
  if (text.starts_with('"')) {
    const std::size_t end = text.find('"', 1);
    const std::string_view word = text.substr(1, end == std::string_view::npos ? end : end - 1);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return word;
  }
  const std::size_t end = std::min(text.find_first_of(blanks), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// A macro ends at the first empty line.
void skip_macro(std::string_view& text) {
  const std::size_t end = text.find("\n\n");
  text.remove_prefix(end == std::string_view::npos ? text.size() : end);
}

}  // namespace

std::map<std::string, NetrcEntry> parse_netrc(std::string_view text) {
  std::map<std::string, NetrcEntry> entries;
  NetrcEntry ignored;
  NetrcEntry* current = &ignored;
  const auto begin_entry = [&](const std::string& host) {
    const auto [place, is_new] = entries.try_emplace(host);
    current = is_new ? &place->second : &ignored;
  };
  while (true) {
    const std::string_view word = next_word(text);
    if (word.empty() && text.empty()) return entries;
    if (word == "machine") {
      begin_entry(to_lower_ascii(next_word(text)));
    } else if (word == "default") {
      begin_entry("");
    } else if (word == "login" || word == "user") {
      current->login = next_word(text);
    } else if (word == "password") {
      current->password = next_word(text);
    } else if (word == "account") {
      next_word(text);
    } else if (word == "macdef") {
      skip_macro(text);
    }
  }
}

}  // namespace assay
