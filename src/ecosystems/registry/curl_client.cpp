#include "ecosystems/registry/curl_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>

#include "base/text.h"
#include "ecosystems/registry/curl_library.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// All header lines of one answer. Registries send well under 8 KiB.
constexpr std::size_t max_header_bytes = 256_KiB;
// A bundle of certificate authorities has about 220 KiB.
constexpr std::size_t max_ca_file_bytes = 16_MiB;

// What the callbacks of one exchange write to.
struct Exchange {
  const HttpRequest* request = nullptr;
  HttpResponse response;
  std::size_t header_bytes = 0;
  bool over_limit = false;
  std::chrono::steady_clock::time_point last_progress{};
};

std::size_t on_body(const char* data, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const std::size_t bytes = size * count;
  std::string& body = exchange.response.body;
  if (bytes > exchange.request->limits.body_bytes - body.size()) {
    exchange.over_limit = true;
    return 0;  // libcurl ends the transfer.
  }
  body.append(data, bytes);
  return bytes;
}

std::size_t on_header(const char* data, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const std::size_t bytes = size * count;
  exchange.header_bytes += bytes;
  if (exchange.header_bytes > max_header_bytes) {
    exchange.over_limit = true;
    return 0;
  }
  const std::string_view line = trim(std::string_view(data, bytes));
  HttpHeaders& headers = exchange.response.headers;
  if (line.starts_with("HTTP/")) {
    headers.clear();  // What came before belongs to an interim answer such as 103.
  } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    headers.emplace_back(to_lower_ascii(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
  }
  return bytes;
}

int on_transfer(void* context, curl_off_t expected, curl_off_t received, curl_off_t, curl_off_t) {
  auto& exchange = *static_cast<Exchange*>(context);
  const auto now = std::chrono::steady_clock::now();
  const bool is_last = expected > 0 && received == expected;
  if (is_last || now - exchange.last_progress > std::chrono::milliseconds(100)) {
    exchange.last_progress = now;
    exchange.request->on_progress(static_cast<std::uint64_t>(std::max<curl_off_t>(received, 0)),
                                  static_cast<std::uint64_t>(std::max<curl_off_t>(expected, 0)));
  }
  return 0;
}

struct CodeMeaning {
  CURLcode code;
  ErrorKind kind;
};

// Every code not listed is a fault of the network.
constexpr std::array code_meanings = {
    CodeMeaning{CURLE_PEER_FAILED_VERIFICATION, ErrorKind::refused},
    CodeMeaning{CURLE_SSL_CACERT_BADFILE, ErrorKind::environment},
    CodeMeaning{CURLE_SSL_CERTPROBLEM, ErrorKind::environment},
    CodeMeaning{CURLE_SSL_ISSUER_ERROR, ErrorKind::refused},
    CodeMeaning{CURLE_URL_MALFORMAT, ErrorKind::malformed},
    CodeMeaning{CURLE_UNSUPPORTED_PROTOCOL, ErrorKind::refused},
    CodeMeaning{CURLE_FILESIZE_EXCEEDED, ErrorKind::limit},
    CodeMeaning{CURLE_BAD_CONTENT_ENCODING, ErrorKind::malformed},
    CodeMeaning{CURLE_OUT_OF_MEMORY, ErrorKind::environment},
};

Error error_of(CURLcode code, const Exchange& exchange, std::string_view detail) {
  const std::string where = url_for_display(exchange.request->url);
  if (exchange.over_limit || code == CURLE_FILESIZE_EXCEEDED) {
    return Error{ErrorKind::limit, fmt::format("{}: the answer exceeds {} bytes", where,
                                               exchange.header_bytes > max_header_bytes
                                                   ? max_header_bytes
                                                   : exchange.request->limits.body_bytes)};
  }
  const auto* found = std::ranges::find(code_meanings, code, &CodeMeaning::code);
  const ErrorKind kind = found == code_meanings.end() ? ErrorKind::network : found->kind;
  const std::string_view advice =
      code == CURLE_PEER_FAILED_VERIFICATION
          ? " (a company's own certificate authority is named by cafile, cert or SSL_CERT_FILE)"
          : "";
  return Error{kind, fmt::format("{}: {}{}", where, detail, advice)};
}

Result<std::string> read_ca_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file || text.empty() || text.size() > max_ca_file_bytes) {
    return fail(ErrorKind::environment,
                fmt::format("{}: the file of certificate authorities cannot be read", path));
  }
  return text;
}

// One libcurl handle set up for one request. The strings that libcurl does not copy live here.
class Transfer {
 public:
  Transfer(const CurlLibrary& curl, CURL* handle, const HttpRequest& request)
      : curl_(curl), handle_(handle) {
    exchange_.request = &request;
  }
  ~Transfer() { curl_.slist_free_all(header_list_); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Result<HttpResponse> run(const std::string& user_agent) {
    const Url url = TRY(parse_url(exchange_.request->url));
    exchange_.response.url = request_text(url);
    set_basics(user_agent);
    set_limits();
    TRY(set_headers());
    TRY(set_route());
    const CURLcode code = curl_.easy_perform(handle_);
    if (code != CURLE_OK) {
      const std::string_view detail =
          error_text_[0] != '\0' ? error_text_.data() : curl_.easy_strerror(code);
      return std::unexpected(error_of(code, exchange_, detail));
    }
    long status = 0;
    curl_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    exchange_.response.status = static_cast<int>(status);
    return std::move(exchange_.response);
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    curl_.easy_setopt(handle_, option, value);
  }

  void set_basics(const std::string& user_agent) {
    set(CURLOPT_URL, exchange_.response.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, user_agent.c_str());
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_ERRORBUFFER, error_text_.data());
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &exchange_);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &exchange_);
    // Only gzip: it is what registries send, and each decoder is code that hostile bytes reach.
    if (exchange_.request->accepts_compression) set(CURLOPT_ACCEPT_ENCODING, "gzip");
    if (exchange_.request->on_progress) {
      set(CURLOPT_NOPROGRESS, 0L);
      set(CURLOPT_XFERINFOFUNCTION, &on_transfer);
      set(CURLOPT_XFERINFODATA, &exchange_);
    }
  }

  void set_limits() {
    const HttpLimits& limits = exchange_.request->limits;
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.body_bytes));
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits.connect.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stall.count()));
    set(CURLOPT_TIMEOUT, static_cast<long>(limits.total.count()));
  }

  Result<void> add_header(std::string_view name, std::string_view value) {
    constexpr std::string_view line_ends("\r\n\0", 3);
    if (name.find_first_of(line_ends) != std::string_view::npos ||
        value.find_first_of(line_ends) != std::string_view::npos) {
      return fail(ErrorKind::malformed,
                  fmt::format("the value of the header {} holds a line end", name));
    }
    header_list_ = curl_.slist_append(header_list_, fmt::format("{}: {}", name, value).c_str());
    return {};
  }

  Result<void> set_headers() {
    for (const auto& [name, value] : exchange_.request->headers) TRY(add_header(name, value));
    if (!exchange_.request->authorization.empty()) {
      TRY(add_header("Authorization", exchange_.request->authorization));
    }
    set(CURLOPT_HTTPHEADER, header_list_);
    return {};
  }

  Result<void> set_route() {
    const HttpRoute& route = exchange_.request->route;
    if (!route.proxy.empty()) set(CURLOPT_PROXY, route.proxy.c_str());
    if (!route.no_proxy.empty()) set(CURLOPT_NOPROXY, route.no_proxy.c_str());
    if (route.extra_ca_file.empty() || route.extra_ca_file == route.ca_file) {
      if (!route.ca_file.empty()) set(CURLOPT_CAINFO, route.ca_file.c_str());
      return {};
    }
    const char* system_file = curl_.version_info(CURLVERSION_NOW)->cainfo;
    std::string base = !route.ca_file.empty()   ? route.ca_file
                       : system_file != nullptr ? system_file
                                                : std::string();
    if (base == route.extra_ca_file) return {};
    authorities_ = TRY(read_ca_file(route.extra_ca_file));
    if (!base.empty()) {
      const std::string system = TRY(read_ca_file(base));
      authorities_ += "\n" + system;
    }
    curl_blob blob{authorities_.data(), authorities_.size(), CURL_BLOB_NOCOPY};
    set(CURLOPT_CAINFO_BLOB, &blob);
    return {};
  }

  const CurlLibrary& curl_;
  CURL* handle_;
  Exchange exchange_;
  curl_slist* header_list_ = nullptr;
  std::string authorities_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
};

}  // namespace

CurlClient::CurlClient(std::string user_agent) : user_agent_(std::move(user_agent)) {}

CurlClient::~CurlClient() {
  if (idle_.empty()) return;
  const Result<const CurlLibrary*> curl = CurlLibrary::load();
  for (void* handle : idle_) (*curl)->easy_cleanup(handle);
}

Result<HttpResponse> CurlClient::get(const HttpRequest& request) {
  const CurlLibrary* curl = TRY(CurlLibrary::load());
  void* handle = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      handle = idle_.back();
      idle_.pop_back();
    }
  }
  if (handle == nullptr) handle = curl->easy_init();
  if (handle == nullptr) return fail(ErrorKind::environment, "libcurl has no memory for a request");
  Result<HttpResponse> response = Transfer(*curl, handle, request).run(user_agent_);
  curl->easy_reset(handle);  // Forgets the request's options, keeps its connections.
  const std::lock_guard lock(mutex_);
  idle_.push_back(handle);
  return response;
}

}  // namespace assay
