#include "ecosystems/registry/rate_limited_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// Without a time, and at most: a day's limit is the longest that forges have.
constexpr std::chrono::seconds usual_wait{60};
constexpr std::chrono::seconds longest_wait = std::chrono::hours(24);

// Searching has a count of its own; a limit there says nothing about the rest.
std::string key_of(const std::string& url) {
  const std::string_view kind = contains(url, "/search/") ? " search" : "";
  return host_for_display(url) + std::string(kind);
}

std::optional<std::int64_t> number_in(const HttpResponse& response, std::string_view name) {
  const std::string_view text = trim(response.header(name));
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_used_up(const HttpResponse& response) {
  return number_in(response, "x-ratelimit-remaining") == 0 ||
         number_in(response, "ratelimit-remaining") == 0;
}

bool is_refusal(const HttpResponse& response) {
  if (response.status == 429) return true;
  const bool names_wait = number_in(response, "retry-after").has_value();
  return response.status == 403 && (is_used_up(response) || names_wait);
}

Time reset_of(const HttpResponse& response, Time now) {
  std::chrono::seconds wait = usual_wait;
  if (const auto seconds = number_in(response, "retry-after")) {
    wait = std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 1, longest_wait.count()));
  } else {
    for (const std::string_view name : {"x-ratelimit-reset", "ratelimit-reset"}) {
      const auto time = number_in(response, name);
      if (!time || *time < 0 || *time > std::int64_t{1} << 40) continue;
      wait = Time(std::chrono::seconds(*time)) - now;
      break;
    }
  }
  return now + std::clamp(wait, std::chrono::seconds(1), longest_wait);
}

std::unexpected<Error> refused_until(Time time) {
  return fail(ErrorKind::network, "rate limit, resets at " + format_timestamp(time));
}

}  // namespace

Result<HttpResponse> RateLimitedClient::get(const HttpRequest& request) {
  const std::string key = key_of(request.url);
  const Time now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  {
    const std::lock_guard lock(mutex_);
    const auto found = until_.find(key);
    if (found != until_.end() && now < found->second) return refused_until(found->second);
  }
  Result<HttpResponse> response = http_.get(request);
  if (!response || (!is_refusal(*response) && !is_used_up(*response))) return response;
  const Time until = reset_of(*response, now);
  const std::lock_guard lock(mutex_);
  until_[key] = until;
  if (is_refusal(*response)) return refused_until(until);
  return response;
}

}  // namespace assay
