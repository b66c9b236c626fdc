// http and https URLs as a registry client needs them (RFC 3986): taken apart, joined to a base,
// and compared by origin, which decides whether credentials may be sent. Every other scheme is an
// error, so that no answer of a registry can name a local file.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

struct Url {
  bool is_https = false;
  std::string user_info;  // "user:password", still percent-encoded
  std::string host;       // lower case; an IPv6 address keeps its brackets
  std::string port;       // empty: the scheme's own
  std::string path;       // begins with '/'
  std::string query;      // without '?'
  std::string fragment;   // without '#'

  bool operator==(const Url&) const = default;
};

// Refuses control characters and white space anywhere, since they would end a header line.
Result<Url> parse_url(std::string_view text);

// The fragment is left out, being no part of a request; so are user name and password.
std::string request_text(const Url& url);

// RFC 3986 5.2: what a link or a Location header on the page `base` points at.
Result<Url> resolve_url(const Url& base, std::string_view reference);

// Scheme, host and port agree.
bool same_origin(const Url& a, const Url& b);

std::string percent_decode(std::string_view text);
// Everything except letters, digits and "-._~" is encoded, in lower-case hex as npm does.
std::string percent_encode(std::string_view text);

// For messages: host and port alone; the text itself, cut, when it is no URL.
std::string host_for_display(std::string_view text);

// For messages and logs: without user name, password and query, any of which may hold a secret.
std::string url_for_display(std::string_view text);

}  // namespace assay
