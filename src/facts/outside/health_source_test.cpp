#include "facts/outside/health_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/registry/memory_http_for_test.h"
#include "ecosystems/repository/memory_repositories_for_test.h"
#include "facts/outside/repository_source.h"

namespace assay {
namespace {

using testing::HasSubstr;

const Time now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 15);

struct HealthScene : testing::Test {
  MemoryHttp http;
  MemoryRepositories repositories;
  ForgeSettings settings;
  Package package;
  Facts facts;

  HealthScene() {
    settings.github_base = "https://hub.example.test/";
    settings.gitlab_base = "https://lab.example.test/";
    settings.scorecard_base = "https://score.example.test/";
    settings.github_token = "secret";
  }

  const Known<HealthFacts>& look(const std::string& url) {
    package = package_from_bundle("==> package.json\n{\"name\": \"widget\", \"repository\": \"" +
                                  url + "\"}\n");
    package.id = {Ecosystem::npm, "widget", "1.0.0"};
    facts = collect_facts(package);
    const Facts* const artifacts[] = {&facts};
    const Subject subject{package.id, now, artifacts};
    RepositorySource(repositories).collect(subject, facts);
    HealthSource(http, settings, repositories).collect(subject, facts);
    return facts.health;
  }

  std::string commit_with_history(const std::string& url) {
    const std::string commit = repositories.add(
        url, "v1.0.0", {{"package.json", R"({"name": "widget"})"}, {"SECURITY.md", "x"}});
    RepositoryHistory history;
    history.commits = 12;
    history.authors = 3;
    history.first = history.last = now - std::chrono::days(400);
    repositories.histories[commit] = history;
    return commit;
  }
};

TEST_F(HealthScene, Is_what_the_forge_tells) {
  commit_with_history("https://github.com/ann/widget");
  http.add("https://hub.example.test/repos/ann/widget",
           R"({"archived": false, "stargazers_count": 7})");
  http.add("https://score.example.test/projects/github.com/ann/widget",
           R"({"score": 5.5, "date": "d"})");
  const HealthFacts& health = *look("github:ann/widget");
  EXPECT_EQ(health.source, "GitHub, ann/widget");
  EXPECT_EQ(health.stars, Known<std::uint64_t>(7));
  EXPECT_EQ(health.security_policy, Known<bool>(true));
  EXPECT_EQ(health.scorecard, Known<Scorecard>(Scorecard{5.5, "d"}));
}

TEST_F(HealthScene, The_token_is_for_its_own_forge_alone) {
  commit_with_history("https://github.com/ann/widget");
  http.add("https://hub.example.test/repos/ann/widget", R"({"archived": false})");
  look("github:ann/widget");
  look("gitlab:ann/widget");
  for (const HttpRequest& request : http.requests) {
    const bool is_hub = request.url.starts_with("https://hub.example.test/");
    EXPECT_EQ(request.authorization, is_hub ? "Bearer secret" : "") << request.url;
  }
}

TEST_F(HealthScene, Without_an_answer_the_commits_themselves_tell) {
  commit_with_history("https://github.com/ann/widget");
  http.add("https://hub.example.test/repos/ann/widget",
           fail(ErrorKind::network, "rate limit, resets at 2026-01-15T01:00:00Z"));
  const HealthFacts& health = *look("github:ann/widget");
  EXPECT_EQ(health.source, "the repository itself");
  EXPECT_EQ(health.stars.reason(), "rate limit, resets at 2026-01-15T01:00:00Z");
  EXPECT_EQ(health.commits, Known<std::uint64_t>(12));
  EXPECT_EQ(health.contributors, Known<std::uint64_t>(3));
  EXPECT_EQ(health.security_policy, Known<bool>(true));
  EXPECT_EQ(health.last_change, Known<Time>(now - std::chrono::days(400)));
}

TEST_F(HealthScene, A_host_that_is_no_known_forge_is_not_asked) {
  commit_with_history("https://code.example.test/ann/widget");
  const HealthFacts& health = *look("https://code.example.test/ann/widget");
  EXPECT_EQ(health.stars.reason(), "code.example.test is no forge that can be asked");
  EXPECT_EQ(health.commits, Known<std::uint64_t>(12));
  EXPECT_TRUE(http.requests.empty());
}

TEST_F(HealthScene, The_forge_may_answer_where_git_could_not) {
  repositories.error = Error{ErrorKind::environment, "git is not installed"};
  http.add("https://hub.example.test/repos/ann/widget", R"({"archived": true})");
  EXPECT_EQ(look("github:ann/widget")->archived, Known<bool>(true));
  EXPECT_THAT(look("gitlab:ann/widget").reason(), HasSubstr("has no such public project"));
}

TEST_F(HealthScene, Without_a_repository_nobody_is_asked) {
  EXPECT_FALSE(look("file:///etc"));
  EXPECT_FALSE(look("github:ann/none"));
  EXPECT_TRUE(http.requests.empty());
}

}  // namespace
}  // namespace assay
