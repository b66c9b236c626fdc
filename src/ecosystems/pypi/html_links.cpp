#include "ecosystems/pypi/html_links.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace assay {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";
// The largest projects have about 20,000 files.
constexpr std::size_t max_anchors = 200'000;
// data-requires-python, data-yanked and a few more.
constexpr std::size_t max_attributes = 32;

struct NamedReference {
  std::string_view name;
  std::string_view text;
};

// Those that occur in version specifiers, URLs and reasons.
constexpr std::array<NamedReference, 6> named_references = {{
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", " "},
}};

// "&#62;" and "&#x3e;" without '&' and ';'. False when it is neither.
bool append_numeric_reference(std::string_view reference, std::string& out) {
  if (!reference.starts_with('#')) return false;
  reference.remove_prefix(1);
  const bool is_hex = reference.starts_with('x') || reference.starts_with('X');
  if (is_hex) reference.remove_prefix(1);
  std::uint32_t value = 0;
  const char* end = reference.data() + reference.size();
  const auto [stop, error] = std::from_chars(reference.data(), end, value, is_hex ? 16 : 10);
  if (error != std::errc() || stop != end || value == 0 || value > 0x10FFFF) return false;
  append_utf8(out, value);
  return true;
}

bool append_reference(std::string_view reference, std::string& out) {
  const auto* found = std::ranges::find(named_references, reference, &NamedReference::name);
  if (found == named_references.end()) return append_numeric_reference(reference, out);
  out += found->text;
  return true;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::size_t at = std::min(text.find_first_of(ends), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at);
  return head;
}

std::string_view take_value(std::string_view& text) {
  if (!text.starts_with('"') && !text.starts_with('\'')) return take_until(text, " \t\r\n\f>");
  const char quote = text.front();
  text.remove_prefix(1);
  const std::string_view value = take_until(text, std::string_view(&quote, 1));
  if (!text.empty()) text.remove_prefix(1);
  return value;
}

// Leaves `text` behind the tag's '>'.
std::map<std::string, std::string> take_attributes(std::string_view& text) {
  std::map<std::string, std::string> attributes;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f/"), text.size()));
    if (text.empty()) return attributes;
    if (text.starts_with('>')) {
      text.remove_prefix(1);
      return attributes;
    }
    // A stray '=' in front is part of the name, so that each round moves on.
    std::string name = to_lower_ascii(text.substr(0, 1));
    text.remove_prefix(1);
    name += to_lower_ascii(take_until(text, " \t\r\n\f/>="));
    skip_blanks(text);
    std::string value;
    if (text.starts_with('=')) {
      text.remove_prefix(1);
      skip_blanks(text);
      value = decode_character_references(take_value(text));
    }
    if (attributes.size() < max_attributes) attributes.emplace(std::move(name), std::move(value));
  }
}

}  // namespace

std::string decode_character_references(std::string_view text) {
  // The longest reference known, with room for leading zeros.
  constexpr std::size_t longest = 12;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end =
        text[at] == '&' ? text.substr(at, longest).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && append_reference(text.substr(at + 1, end - 1), out)) {
      at += end + 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

HtmlLinks find_html_links(std::string_view html) {
  HtmlLinks links;
  while (links.anchors.size() < max_anchors) {
    html.remove_prefix(std::min(html.find('<'), html.size()));
    if (html.empty()) return links;
    if (html.starts_with("<!--")) {
      const std::size_t end = html.find("-->", 4);
      html.remove_prefix(end == std::string_view::npos ? html.size() : end + 3);
      continue;
    }
    html.remove_prefix(1);
    std::string_view start = html.substr(0, 16);
    const std::string name = to_lower_ascii(take_until(start, " \t\r\n\f/>"));
    if (name != "a" && name != "base") continue;
    html.remove_prefix(name.size());
    std::map<std::string, std::string> attributes = take_attributes(html);
    if (name == "a") {
      links.anchors.push_back(std::move(attributes));
    } else if (links.base.empty()) {
      links.base = attributes["href"];
    }
  }
  return links;
}

}  // namespace assay
