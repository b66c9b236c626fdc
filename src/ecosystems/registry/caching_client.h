// Answers kept from earlier calls, so that what was once asked can be looked at again without the
// network. Only requests that say so are kept; each answer says when it was given.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/kept_files.h"
#include "ecosystems/registry/http_client.h"

namespace assay {

class ResponseStore {
 public:
  virtual ~ResponseStore() = default;
  // By a name made of hex digits. `asked` is set in what comes back.
  virtual std::optional<HttpResponse> load(const std::string& name) = 0;
  // Not being able to keep an answer is no error.
  virtual void save(const std::string& name, const HttpResponse& response) = 0;
};

// One file an answer in a folder of the user's cache.
class DiskStore final : public ResponseStore {
 public:
  explicit DiskStore(std::string folder, std::uint64_t most_bytes = std::uint64_t{1} << 30);

  std::optional<HttpResponse> load(const std::string& name) override;
  void save(const std::string& name, const HttpResponse& response) override;

 private:
  KeptFiles files_;
};

class CachingClient final : public HttpClient {
 public:
  // A null `network` is --offline: only what is kept is answered, however old. Otherwise documents
  // are asked for again after `fresh`, and an older one is only used when the network fails.
  CachingClient(HttpClient* network, ResponseStore& store, const Clock& clock,
                std::chrono::seconds fresh = std::chrono::minutes(10))
      : network_(network), store_(store), clock_(clock), fresh_(fresh) {}

  Result<HttpResponse> get(const HttpRequest& request) override;

 private:
  Result<HttpResponse> ask(const HttpRequest& request, const std::string& name,
                           const std::optional<HttpResponse>& kept);

  HttpClient* network_;
  ResponseStore& store_;
  const Clock& clock_;
  std::chrono::seconds fresh_;
};

}  // namespace assay
