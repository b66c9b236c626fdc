// What every client must do around single exchanges: follow a few redirects without ever going from
// https to http or taking credentials to another origin, and try again after passing faults, with
// growing pauses and a bound. Of any number of threads only a few ask one host at the same time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "ecosystems/registry/http_client.h"

namespace assay {

struct RetryPolicy {
  int tries = 4;
  std::chrono::milliseconds first_pause{500};  // doubles each time
  std::chrono::milliseconds longest_pause{20'000};
  int at_once = 6;  // to one host: what browsers allow themselves
};

class PoliteClient final : public HttpClient {
 public:
  using Pause = std::function<void(std::chrono::milliseconds)>;

  // `exchange` outlives this. `pause` sleeps; tests pass one that only records.
  explicit PoliteClient(HttpClient& exchange, RetryPolicy policy = {}, Pause pause = sleep_for);

  Result<HttpResponse> get(const HttpRequest& request) override;

  static void sleep_for(std::chrono::milliseconds time);

 private:
  Result<HttpResponse> get_with_retries(const HttpRequest& request);
  Result<HttpResponse> get_in_turn(const HttpRequest& request);

  HttpClient& exchange_;
  RetryPolicy policy_;
  Pause pause_;
  std::mutex mutex_;
  std::condition_variable turn_;
  std::map<std::string, int> asking_;  // by host
};

}  // namespace assay
