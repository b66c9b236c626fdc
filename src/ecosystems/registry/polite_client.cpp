#include "ecosystems/registry/polite_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <thread>

#include "base/text.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// Registries use one, mirrors with an object store behind them two or three.
constexpr int max_redirects = 5;

constexpr std::array redirect_statuses = {301, 302, 303, 307, 308};
constexpr std::array passing_statuses = {429, 502, 503, 504};

template <std::size_t N>
bool is_one_of(const std::array<int, N>& statuses, int status) {
  return std::ranges::find(statuses, status) != statuses.end();
}

// Retry-After in seconds (RFC 9110 10.2.3); its date form is ignored.
std::chrono::milliseconds asked_pause(const HttpResponse& response) {
  const std::string_view text = trim(response.header("retry-after"));
  unsigned seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return std::chrono::seconds(std::min(seconds, 3600u));
}

// The request for the next hop of a redirect.
Result<HttpRequest> redirected(const HttpRequest& request, std::string_view location) {
  const Url from = TRY(parse_url(request.url));
  const Url to = TRY(resolve_url(from, location));
  if (from.is_https && !to.is_https) {
    return fail(ErrorKind::refused,
                fmt::format("{} redirects from https to http", url_for_display(request.url)));
  }
  HttpRequest next = request;
  next.url = request_text(to);
  if (!same_origin(from, to)) next.authorization.clear();
  return next;
}

}  // namespace

PoliteClient::PoliteClient(HttpClient& exchange, RetryPolicy policy, Pause pause)
    : exchange_(exchange), policy_(policy), pause_(std::move(pause)) {}

void PoliteClient::sleep_for(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

Result<HttpResponse> PoliteClient::get(const HttpRequest& request) {
  HttpRequest current = request;
  for (int hop = 0; hop <= max_redirects; ++hop) {
    HttpResponse response = TRY(get_with_retries(current));
    const std::string_view location = response.header("location");
    if (!is_one_of(redirect_statuses, response.status) || location.empty()) return response;
    current = TRY(redirected(current, location));
  }
  return fail(ErrorKind::network, fmt::format("{} redirects more than {} times",
                                              url_for_display(request.url), max_redirects));
}

// A pause between tries keeps nobody else waiting.
Result<HttpResponse> PoliteClient::get_in_turn(const HttpRequest& request) {
  const std::string host = host_for_display(request.url);
  {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return asking_[host] < policy_.at_once; });
    ++asking_[host];
  }
  // Also when the exchange throws, or the others would wait for ever.
  struct GiveUp {
    PoliteClient& client;
    const std::string& host;
    ~GiveUp() {
      const std::lock_guard lock(client.mutex_);
      --client.asking_[host];
      client.turn_.notify_all();
    }
  };
  const GiveUp give_up{*this, host};
  return exchange_.get(request);
}

Result<HttpResponse> PoliteClient::get_with_retries(const HttpRequest& request) {
  std::chrono::milliseconds pause = policy_.first_pause;
  for (int attempt = 1;; ++attempt) {
    Result<HttpResponse> response = get_in_turn(request);
    const bool may_pass = response ? is_one_of(passing_statuses, response->status)
                                   : response.error().kind == ErrorKind::network;
    if (!may_pass || attempt >= policy_.tries) return response;
    const std::chrono::milliseconds asked =
        response ? asked_pause(*response) : std::chrono::milliseconds{};
    pause_(std::min(std::max(pause, asked), policy_.longest_pause));
    pause *= 2;
  }
}

}  // namespace assay
