// Fetching one document or file over HTTP. The interface is all that registry code sees; the real
// client is curl_client.h (one exchange) wrapped by polite_client.h (redirects, retries), and tests
// pass one that answers from memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "base/timestamp.h"

namespace assay {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpLimits {
  std::size_t body_bytes = 64_MiB;  // after content decoding; enforced while the body streams in
  std::chrono::seconds connect{15};
  // Nothing received for this long. Mirrors that fetch from further away stay silent for a while.
  std::chrono::seconds stall{90};
  std::chrono::seconds total{1800};
};

// How to reach a registry, as the user's own client is configured to. Certificates are always
// verified: there is no switch for that.
struct HttpRoute {
  std::string ca_file;        // replaces the system's certificate authorities
  std::string extra_ca_file;  // is added to them
  std::string proxy;          // empty: http_proxy, https_proxy, all_proxy decide
  std::string no_proxy;       // empty: no_proxy decides

  bool operator==(const HttpRoute&) const = default;
};

// Whether an answer may come from an earlier call, see caching_client.h.
enum class CacheUse : std::uint8_t {
  none,
  document,  // changes with time
  artifact,  // never changes under its address, and is checked against a hash by whoever reads it
};

struct HttpRequest {
  std::string url;  // a user name and password in it are never sent; see `authorization`
  HttpHeaders headers;
  std::string authorization;  // "Bearer …" or "Basic …", for the origin of `url` alone
  HttpRoute route;
  HttpLimits limits;
  bool accepts_compression = true;  // false for archives, whose own bytes are what is hashed
  CacheUse cache = CacheUse::none;
  // Bytes received and expected (0: not known), a few times a second, on the thread that calls get.
  std::function<void(std::uint64_t received, std::uint64_t expected)> on_progress;
};

struct HttpResponse {
  int status = 0;
  HttpHeaders headers;  // names in lower case, in the order received
  std::string body;
  std::string url;  // that answered, after redirects
  // When it answered, where a CachingClient knows.
  std::optional<Time> asked;
  bool from_cache = false;

  // The first value of this lower-case name; empty when absent.
  std::string_view header(std::string_view name) const;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Any status is an answer, not an error. Kinds of error: network (no connection, cut short,
  // stalled: worth another try), refused (certificate, downgrade), limit, malformed, environment.
  [[nodiscard]] virtual Result<HttpResponse> get(const HttpRequest& request) = 0;
};

}  // namespace assay
