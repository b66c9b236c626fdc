// Everything outside the program that a package is asked about, through one cache.
#pragma once

#include <string>
#include <vector>

#include "cli/advisories_data.h"
#include "cli/names_data.h"
#include "cli/registry_override.h"
#include "cli/settings.h"
#include "cli/world.h"
#include "ecosystems/registry/caching_client.h"
#include "ecosystems/registry/curl_client.h"
#include "ecosystems/registry/polite_client.h"
#include "ecosystems/registry/rate_limited_client.h"
#include "ecosystems/registry/registry.h"
#include "ecosystems/repository/git_repositories.h"
#include "ecosystems/repository/kept_repositories.h"
#include "facts/outside/advisories_source.h"
#include "facts/outside/health_source.h"
#include "facts/outside/names_source.h"
#include "facts/outside/repository_source.h"

namespace assay {

class Outside {
 public:
  // `no_repository` leaves the repository and its forge out.
  Outside(World& world, const Settings& settings, bool no_repository);
  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

  Registry& registry() { return registry_; }
  // In the order in which they are asked.
  std::vector<OutsideSource*> sources();

 private:
  bool is_offline_;
  RegistryOverride environment_;
  CurlClient curl_;
  PoliteClient polite_;
  DiskStore store_;
  CachingClient client_;
  ConfiguredRegistry registry_;
  RegistrySource registry_source_;
  NetworkDomains domains_;
  NoDomains no_domains_;
  MailSource mail_source_;
  NamesData names_;
  NamesSource names_source_;
  Result<AdvisoriesData> advisories_;
  AdvisoriesSource advisories_source_;
  GitRepositories git_;
  KeptRepositories repositories_;
  RepositorySource repository_source_;
  NoRepositorySource no_repository_source_;
  PoliteClient hasty_;
  RateLimitedClient limited_;
  CachingClient forge_client_;
  HealthSource health_source_;
  bool no_repository_;
};

}  // namespace assay
