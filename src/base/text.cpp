#include "base/text.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Characters that a terminal or an editor would hide, reorder or act on.
bool is_unsafe_to_show(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x34F || c == 0x61C ||
         c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFEFF || c == 0xFFA0 || (c >= 0xFFF0 && c <= 0xFFFB) || c == 0xFFFD ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000;
}

constexpr char hex_digits[] = "0123456789abcdef";

}  // namespace

std::string to_lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t at = text.find('\n');
    std::string_view line = text.substr(0, at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  return lines;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return std::ranges::search(text, part, {}, lower, lower).begin() != text.end() || part.empty();
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::ranges::equal(text.substr(0, start.size()), start, {}, lower, lower);
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         std::ranges::equal(text.substr(text.size() - end.size()), end, {}, lower, lower);
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  return replace_all_within(text, from, to, static_cast<std::size_t>(-1)).value_or("");
}

std::optional<std::string> replace_all_within(std::string_view text, std::string_view from,
                                              std::string_view to, std::size_t most_bytes) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; !from.empty() && (at = text.find(from, done)) != std::string_view::npos;
       done = at + from.size()) {
    out.append(text, done, at - done).append(to);
    if (out.size() > most_bytes) return std::nullopt;
  }
  out.append(text, done);
  if (out.size() > most_bytes) return std::nullopt;
  return out;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  constexpr char32_t invalid = 0xFFFD;
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned first = byte(at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const int extra = first >= 0xF0 && first <= 0xF4 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
  if (extra == 0 || first > 0xF4) {
    ++at;
    return invalid;
  }
  char32_t value = first & (0x3Fu >> extra);
  for (int i = 1; i <= extra; ++i) {
    const unsigned next = byte(at + static_cast<std::size_t>(i));
    if ((next & 0xC0) != 0x80) {
      ++at;
      return invalid;
    }
    value = (value << 6) | (next & 0x3F);
  }
  constexpr std::array<char32_t, 4> smallest = {0, 0x80, 0x800, 0x10000};
  if (value < smallest[static_cast<std::size_t>(extra)] || value > 0x10FFFF) {
    ++at;
    return invalid;
  }
  // Lone surrogates are kept: JavaScript strings may hold them, and decoders count on them.
  at += static_cast<std::size_t>(extra) + 1;
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c <= 0x10FFFF) {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    if (next_code_point(text, at) == 0xFFFD && at == before + 1) return false;
  }
  return true;
}

std::string escape_for_display(std::string_view text, std::size_t limit) {
  std::string out;
  const bool cut = text.size() > limit;
  text = text.substr(0, limit);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (!is_unsafe_to_show(c) && !(c >= 0xD800 && c <= 0xDFFF)) {
      out += text.substr(before, at - before);
    } else if (c < 0x80 || (c == 0xFFFD && at == before + 1)) {
      const auto raw = static_cast<unsigned char>(text[before]);
      out += "\\x";
      out += hex_digits[raw >> 4];
      out += hex_digits[raw & 15];
    } else {
      out += "\\u{";
      bool started = false;
      for (int shift = 20; shift >= 0; shift -= 4) {
        const unsigned digit = (static_cast<unsigned>(c) >> shift) & 15u;
        started = started || digit != 0;
        if (started) out += hex_digits[digit];
      }
      out += "}";
    }
  }
  if (cut) out += "…";
  return out;
}

std::string defang_urls(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const std::size_t scheme = starts_with_ignoring_case(rest, "https://")  ? 8
                               : starts_with_ignoring_case(rest, "http://") ? 7
                                                                            : 0;
    if (scheme == 0) {
      out += text[at++];
      continue;
    }
    out += scheme == 8 ? "hxxps://" : "hxxp://";
    at += scheme;
    constexpr std::string_view host_ends = "/?#\"'`<> \t\r\n,;)(";
    while (at < text.size() && !host_ends.contains(text[at])) {
      if (text[at] == '.') {
        out += "[.]";
      } else {
        out += text[at];
      }
      ++at;
    }
  }
  return out;
}

std::string hex(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += hex_digits[value >> 4];
    out += hex_digits[value & 15];
  }
  return out;
}

}  // namespace assay
