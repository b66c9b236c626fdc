// Facts::health: what the forge tells of the project that a package names as its sources, or what
// the repository itself shows where no forge answers. Comes after the RepositorySource.
#pragma once

#include <string>

#include "ecosystems/registry/http_client.h"
#include "ecosystems/repository/repositories.h"
#include "facts/health/forge.h"
#include "facts/outside/source.h"

namespace assay {

// Where forges are asked. A token goes to `base` alone.
struct ForgeSettings {
  std::string github_host = "github.com", gitlab_host = "gitlab.com";
  std::string github_base = "https://api.github.com/";
  std::string gitlab_base = "https://gitlab.com/api/v4/";
  std::string scorecard_base = "https://api.scorecard.dev/";
  std::string github_token, gitlab_token;  // empty: without

  bool operator==(const ForgeSettings&) const = default;
};

class HealthSource final : public OutsideSource {
 public:
  // `http` and `repositories` outlive this.
  HealthSource(HttpClient& http, ForgeSettings settings, Repositories& repositories);
  void collect(const Subject& subject, Facts& facts) override;

 private:
  Known<HealthFacts> ask(const RepositoryFacts& repository, std::string_view package_name);

  ForgeSettings settings_;
  Repositories& repositories_;
  Forge github_, gitlab_, scorecard_;
};

}  // namespace assay
