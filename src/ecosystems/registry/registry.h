// Packages by name, from whichever registry the user's own client would ask. Everything that needs
// the outside world to have packages takes a Registry; tests pass one of their own.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ecosystems/npm/config.h"
#include "ecosystems/pypi/config.h"
#include "ecosystems/registry/client_environment.h"
#include "ecosystems/registry/fetched.h"
#include "ecosystems/registry/http_client.h"
#include "ecosystems/registry/package_spec.h"
#include "ecosystems/registry/project_record.h"

namespace assay {

class Registry {
 public:
  virtual ~Registry() = default;
  // Nothing of the package has been read when this returns, apart from its hash.
  [[nodiscard]] virtual Result<FetchedRelease> fetch(const PackageSpec& spec) = 0;
};

// What registries tell about packages, without the packages themselves.
class Records {
 public:
  virtual ~Records() = default;
  [[nodiscard]] virtual Result<ProjectRecord> record(Ecosystem ecosystem,
                                                     const std::string& name) = 0;
  // npm: what releases of this package are signed with.
  [[nodiscard]] virtual Result<std::vector<SigningKey>> keys(const std::string& name) = 0;
  // PyPI: whom a file's provenance names; `url` as the record has it.
  [[nodiscard]] virtual Result<ProvenPublisher> publisher(const std::string& url) = 0;
};

// Configurations are read on the first fetch of their ecosystem. Any number of threads may fetch.
class ConfiguredRegistry final : public Registry, public Records {
 public:
  // `http` and `environment` outlive this.
  ConfiguredRegistry(HttpClient& http, ClientEnvironment& environment, FetchOptions options = {});

  Result<FetchedRelease> fetch(const PackageSpec& spec) override;
  Result<ProjectRecord> record(Ecosystem ecosystem, const std::string& name) override;
  Result<std::vector<SigningKey>> keys(const std::string& name) override;
  Result<ProvenPublisher> publisher(const std::string& url) override;

 private:
  const Result<NpmConfig>& npm_config();
  const Result<PypiConfig>& pypi_config();

  HttpClient& http_;
  ClientEnvironment& environment_;
  FetchOptions options_;
  std::mutex mutex_;
  std::optional<Result<NpmConfig>> npm_;
  std::optional<Result<PypiConfig>> pypi_;
};

}  // namespace assay
