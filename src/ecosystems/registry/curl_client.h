// One HTTP exchange through libcurl: certificates verified, http and https only, bounded in size
// and time, no redirects, no cookies, no .netrc. Wrap it in a PoliteClient before giving it to a
// registry.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "ecosystems/registry/http_client.h"

namespace assay {

class CurlClient final : public HttpClient {
 public:
  explicit CurlClient(std::string user_agent = "assay");
  ~CurlClient() override;
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  // Any number of threads may call at once; each takes an idle connection or opens its own.
  Result<HttpResponse> get(const HttpRequest& request) override;

 private:
  std::string user_agent_;
  std::mutex mutex_;
  std::vector<void*> idle_;  // curl handles that keep their connections open
};

}  // namespace assay
