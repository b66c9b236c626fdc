// Asking a forge about a project through its public interface. Every question may fail alone: what
// is not told is Unknown, with the reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/known.h"
#include "ecosystems/registry/http_client.h"
#include "facts/health/health_facts.h"

namespace assay {

// Where one forge is asked.
struct ForgeAccess {
  std::string base;           // ends with '/'
  std::string authorization;  // "Bearer …"; empty without a token
  HttpHeaders headers;
};

// One document of a forge.
struct ForgeAnswer {
  std::string body, link;  // `link`: the header that leads to further pages
  std::optional<std::uint64_t> total;
  std::optional<Time> asked;
};

class Forge {
 public:
  // `http` outlives this.
  Forge(HttpClient& http, ForgeAccess access) : http_(http), access_(std::move(access)) {}

  // Kind missing: there is no such thing.
  Result<ForgeAnswer> ask(std::string_view path) const;

 private:
  HttpClient& http_;
  ForgeAccess access_;
};

// The number of pages that a Link header tells ("…?page=34>; rel=\"last\"").
std::optional<std::uint64_t> last_page(std::string_view link);

// `project` is "owner/name"; of GitLab it may be deeper. `has_policy` spares the questions for a
// security policy where the files are known.
Result<HealthFacts> ask_github(const Forge& github, const std::string& project,
                               std::string_view package_name, std::optional<bool> has_policy);
Result<HealthFacts> ask_gitlab(const Forge& gitlab, const std::string& project,
                               std::string_view package_name, std::optional<bool> has_policy);
// `project` is "github.com/owner/name".
Known<Scorecard> ask_scorecard(const Forge& scorecard, const std::string& project);

// Whether a title says that the project or its package does harm. Titles of projects that are about
// harm (`package_name` has the word) say nothing.
bool reports_malice(std::string_view title, std::string_view package_name);

}  // namespace assay
