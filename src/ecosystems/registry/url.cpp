#include "ecosystems/registry/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace assay {
namespace {

// Longer than any registry's file URL, shorter than what servers refuse.
constexpr std::size_t max_url_bytes = 8192;

constexpr std::string_view letters_and_digits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool is_plain(char c) { return letters_and_digits.contains(c); }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_unsafe_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto value = static_cast<unsigned char>(c);
    return value <= 0x20 || value == 0x7F || c == '\\';
  });
}

bool is_valid_host(std::string_view host) {
  if (host.empty()) return false;
  if (host.front() == '[') {
    return host.size() > 2 && host.back() == ']' &&
           host.find_first_not_of("0123456789abcdef:.", 1) == host.size() - 1;
  }
  return std::ranges::all_of(host, [](char c) {
    return is_plain(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

// Cuts `text` at the first of `separators` and returns what stood before it.
std::string_view take_until(std::string_view& text, std::string_view separators) {
  const std::size_t at = std::min(text.find_first_of(separators), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at);
  return head;
}

Result<void> read_authority(std::string_view authority, Url& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.user_info = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    url.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  url.host = to_lower_ascii(authority);
  // A port has at most five digits.
  const bool bad_port =
      url.port.size() > 5 || url.port.find_first_not_of("0123456789") != std::string::npos;
  if (!is_valid_host(url.host) || bad_port) {
    return fail(ErrorKind::malformed, "a URL's host or port is malformed");
  }
  if (url.port == (url.is_https ? "443" : "80")) url.port.clear();
  return {};
}

void read_path(std::string_view rest, Url& url) {
  url.path = take_until(rest, "?#");
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    url.query = take_until(rest, "#");
  }
  if (rest.starts_with('#')) url.fragment = rest.substr(1);
}

// RFC 3986 5.2.4.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const std::vector<std::string_view> parts = split(path, '/');
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    if (parts[i] == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (parts[i] != ".") {
      kept.push_back(parts[i]);
      continue;
    }
    if (is_last) kept.emplace_back();
  }
  return fmt::format("/{}", fmt::join(kept, "/"));
}

bool has_scheme(std::string_view reference) {
  const std::size_t end = reference.find_first_not_of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
  return end != std::string_view::npos && end > 0 && reference[end] == ':';
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  if (text.size() > max_url_bytes) {
    return fail(ErrorKind::limit,
                fmt::format("a URL of {} bytes exceeds {}", text.size(), max_url_bytes));
  }
  if (has_unsafe_character(text)) {
    return fail(ErrorKind::malformed, "a URL holds white space, a control character or '\\'");
  }
  Url url;
  if (starts_with_ignoring_case(text, "https://")) {
    url.is_https = true;
    text.remove_prefix(8);
  } else if (starts_with_ignoring_case(text, "http://")) {
    text.remove_prefix(7);
  } else {
    return fail(ErrorKind::malformed, "a URL begins with neither http:// nor https://");
  }
  TRY(read_authority(take_until(text, "/?#"), url));
  read_path(text, url);
  url.path = without_dot_segments(url.path.empty() ? "/" : url.path);
  return url;
}

std::string request_text(const Url& url) {
  return fmt::format("{}://{}{}{}{}{}{}", url.is_https ? "https" : "http", url.host,
                     url.port.empty() ? "" : ":", url.port, url.path, url.query.empty() ? "" : "?",
                     url.query);
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
  if (reference.starts_with("//")) {
    return parse_url(fmt::format("{}:{}", base.is_https ? "https" : "http", reference));
  }
  if (has_scheme(reference)) return parse_url(reference);
  if (reference.size() > max_url_bytes || has_unsafe_character(reference)) {
    return fail(ErrorKind::malformed, "a link is too long or holds white space");
  }
  Url relative;
  read_path(reference, relative);
  Url url = base;
  url.fragment = relative.fragment;
  if (relative.path.empty()) {
    if (!relative.query.empty()) url.query = relative.query;
    return url;
  }
  url.query = relative.query;
  const std::string folder = base.path.substr(0, base.path.rfind('/') + 1);
  url.path =
      without_dot_segments(relative.path.starts_with('/') ? relative.path : folder + relative.path);
  return url;
}

bool same_origin(const Url& a, const Url& b) {
  return a.is_https == b.is_https && a.host == b.host && a.port == b.port;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_plain(c) || std::string_view("-._~").contains(c)) {
      out += c;
    } else {
      out += '%';
      out += hex(std::string_view(&c, 1));
    }
  }
  return out;
}

std::string host_for_display(std::string_view text) {
  const Result<Url> url = parse_url(text);
  if (!url) return std::string(text.substr(0, 80));
  return url->port.empty() ? url->host : url->host + ":" + url->port;
}

std::string url_for_display(std::string_view text) {
  const Result<Url> url = parse_url(text);
  if (!url) return "(not a URL)";
  Url shown = *url;
  shown.query.clear();
  return request_text(shown);
}

}  // namespace assay
