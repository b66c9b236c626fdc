#include "cli/forges.h"

#include "ecosystems/registry/url.h"

namespace assay {
namespace {

std::string with_slash(std::string url) {
  return url.empty() || url.ends_with('/') ? url : url + "/";
}

// What was said of one forge.
struct Said {
  const std::string& variable;
  const std::optional<std::string>& setting;
  const std::string& token;
};

void choose_base(const Said& given, std::string& base, std::string& token) {
  if (!given.variable.empty()) {
    base = with_slash(given.variable);
    token = given.token;
  } else if (given.setting && with_slash(*given.setting) != base) {
    base = with_slash(*given.setting);
  } else {
    token = given.token;
  }
}

// "https://forge.example.test" is the host forge.example.test.
void choose_host(const std::string& server, std::string& host) {
  const Result<Url> url = parse_url(server);
  if (url) host = url->host + (url->port.empty() ? "" : ":" + url->port);
}

}  // namespace

ForgeSettings forge_settings(const Settings& settings, const ClientEnvironment& environment) {
  ForgeSettings forges;
  const std::string github = environment.variable("GITHUB_API_URL");
  const std::string gitlab = environment.variable("CI_API_V4_URL");
  const std::string github_token = environment.variable("GITHUB_TOKEN");
  const std::string gitlab_token = environment.variable("GITLAB_TOKEN");
  choose_base({github, settings.github, github_token}, forges.github_base, forges.github_token);
  choose_base({gitlab, settings.gitlab, gitlab_token}, forges.gitlab_base, forges.gitlab_token);
  choose_host(environment.variable("GITHUB_SERVER_URL"), forges.github_host);
  if (const std::string host = environment.variable("CI_SERVER_HOST"); !host.empty()) {
    forges.gitlab_host = host;
  }
  if (settings.scorecard) forges.scorecard_base = with_slash(*settings.scorecard);
  return forges;
}

}  // namespace assay
