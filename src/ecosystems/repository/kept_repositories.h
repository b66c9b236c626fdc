// What repositories answered in earlier calls: the files of a commit and their contents never
// change and are kept for good, tags are asked for again after a while.
#pragma once

#include <chrono>

#include "base/clock.h"
#include "ecosystems/registry/caching_client.h"
#include "ecosystems/repository/repositories.h"

namespace assay {

class KeptRepositories final : public Repositories {
 public:
  // A null `network` is --offline: only what is kept is answered, however old. All outlive this.
  KeptRepositories(Repositories* network, ResponseStore& store, const Clock& clock,
                   std::chrono::seconds fresh = std::chrono::minutes(10))
      : network_(network), store_(store), clock_(clock), fresh_(fresh) {}

  Result<RepositoryRefs> refs(const std::string& url) override;
  Result<std::vector<TreeFile>> tree(const std::string& url, const std::string& commit) override;
  Result<std::map<std::string, std::string>> contents(const std::string& url,
                                                      const std::string& commit,
                                                      std::span<const std::string> ids) override;
  Result<RepositoryHistory> history(const std::string& url, const std::string& commit) override;

 private:
  std::optional<HttpResponse> load(const std::string& question);
  void save(const std::string& question, int status, std::string body);

  Repositories* network_;
  ResponseStore& store_;
  const Clock& clock_;
  std::chrono::seconds fresh_;
};

}  // namespace assay
