#include "facts/outside/health_source.h"

#include <fmt/format.h>

#include "base/text.h"
#include "ecosystems/repository/location.h"
#include "facts/outside/repository_source.h"

namespace assay {
namespace {

ForgeAccess access_to(const std::string& base, const std::string& token, HttpHeaders headers = {}) {
  return {base, token.empty() ? std::string() : "Bearer " + token, std::move(headers)};
}

// What only a forge knows stays unknown, for this reason.
HealthFacts without_forge(const std::string& reason) {
  const Unknown unknown{reason};
  HealthFacts facts;
  facts.source = "the repository itself";
  facts.archived = facts.is_fork = facts.security_policy = unknown;
  facts.stars = facts.forks = facts.contributors = facts.commits = unknown;
  facts.open_issues = facts.closed_issues = facts.releases = unknown;
  facts.created = facts.last_change = unknown;
  facts.reviews = unknown;
  facts.scorecard = unknown;
  facts.reports = unknown;
  return facts;
}

bool has_tree(const RepositoryFacts& repository) {
  return repository.state == RepositoryState::compared ||
         repository.state == RepositoryState::unmatched;
}

void add_history(const RepositoryHistory& history, HealthFacts& facts) {
  facts.commits = history.commits;
  facts.contributors = history.authors;
  if (history.first) facts.created = *history.first;
  if (history.last) facts.last_change = *history.last;
}

}  // namespace

HealthSource::HealthSource(HttpClient& http, ForgeSettings settings, Repositories& repositories)
    : settings_(std::move(settings)),
      repositories_(repositories),
      github_(http, access_to(settings_.github_base, settings_.github_token,
                              {{"Accept", "application/vnd.github+json"},
                               {"X-GitHub-Api-Version", "2022-11-28"}})),
      gitlab_(http, access_to(settings_.gitlab_base, settings_.gitlab_token)),
      scorecard_(http, access_to(settings_.scorecard_base, {})) {}

Known<HealthFacts> HealthSource::ask(const RepositoryFacts& repository,
                                     std::string_view package_name) {
  const Result<RepositoryLocation> location = locate_repository(repository.url);
  if (!location) return Unknown{location.error().message};
  const bool is_github = location->host == settings_.github_host;
  const bool is_gitlab = location->host == settings_.gitlab_host;
  std::string reason = fmt::format("{} is no forge that can be asked", location->host);
  if (is_github || is_gitlab) {
    const std::optional<bool> has_policy =
        has_tree(repository) ? std::optional(repository.has_security_policy) : std::nullopt;
    Result<HealthFacts> facts = is_github
                                    ? ask_github(github_, location->path, package_name, has_policy)
                                    : ask_gitlab(gitlab_, location->path, package_name, has_policy);
    if (facts) {
      facts->scorecard = ask_scorecard(scorecard_, location->host + "/" + location->path);
      return std::move(*facts);
    }
    reason = facts.error().message;
  }
  // Without a forge the commits themselves tell a little.
  if (!has_tree(repository)) return Unknown{reason};
  HealthFacts facts = without_forge(reason);
  facts.asked = repository.asked;
  facts.security_policy = repository.has_security_policy;
  const Result<RepositoryHistory> history =
      repositories_.history(repository.url, repository.commit);
  if (history) {
    add_history(*history, facts);
  } else {
    facts.commits = facts.contributors = Unknown{history.error().message};
    facts.created = facts.last_change = Unknown{history.error().message};
  }
  return facts;
}

void HealthSource::collect(const Subject& subject, Facts& facts) {
  if (!facts.repository) {
    facts.health = facts.repository.unknown();
    // The forge may answer where git could not.
    const DeclaredRepository declared = declared_repository(facts);
    const Result<RepositoryLocation> location = locate_repository(declared.text);
    if (!location) return;
    RepositoryFacts named;
    named.state = RepositoryState::undeclared;
    named.url = location->url;
    facts.health = ask(named, subject.id.name);
    return;
  }
  switch (facts.repository->state) {
    case RepositoryState::undeclared:
    case RepositoryState::unusable:
    case RepositoryState::absent:
    case RepositoryState::empty: facts.health = Unknown{facts.repository->reason}; return;
    case RepositoryState::unmatched:
    case RepositoryState::compared: facts.health = ask(*facts.repository, subject.id.name);
  }
}

}  // namespace assay
