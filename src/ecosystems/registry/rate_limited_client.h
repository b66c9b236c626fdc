// Asks hosts that count questions (the forges), and stops when they say that it was enough: until
// the time that they name nobody is asked, and each question is told when it may be asked again.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "ecosystems/registry/http_client.h"

namespace assay {

class RateLimitedClient final : public HttpClient {
 public:
  // Both outlive this.
  RateLimitedClient(HttpClient& http, const Clock& clock) : http_(http), clock_(clock) {}

  // Kind network, "rate limit, resets at 2026-01-01T00:00:00Z": a kept answer may stand in.
  Result<HttpResponse> get(const HttpRequest& request) override;

 private:
  HttpClient& http_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Time> until_;  // by host and kind of question
};

}  // namespace assay
