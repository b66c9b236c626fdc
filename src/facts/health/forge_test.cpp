#include "facts/health/forge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/registry/memory_http_for_test.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* base = "https://forge.example.test/";

std::string search_url(const std::string& words, int entries) {
  return base + ("search/issues?q=" + percent_encode("repo:ann/widget " + words)) +
         "&per_page=" + std::to_string(entries) + "&sort=created";
}

struct AskForge : testing::Test {
  MemoryHttp http;
  Forge forge{http, {base, "Bearer secret", {{"Accept", "application/json"}}}};

  void add(const std::string& path, std::string body) { http.add(base + path, std::move(body)); }
  void add_page(const std::string& path, std::string body, const std::string& link) {
    http.add(base + path, MemoryHttp::response(200, std::move(body), {{"link", link}}));
  }
};

struct GitHub : AskForge {
  GitHub() {
    // As api.github.com writes them, without the fields that nothing reads.
    add("repos/ann/widget",
        R"({"id": 1, "full_name": "ann/widget", "private": false, "fork": false, "archived": true,
            "stargazers_count": 12345, "forks_count": 67, "open_issues_count": 9,
            "created_at": "2015-01-02T03:04:05Z", "pushed_at": "2025-12-31T23:00:00Z"})");
    add_page(
        "repos/ann/widget/contributors?per_page=1&anon=true", R"([{"login": "ann"}])",
        "<https://forge.example.test/repositories/1/contributors?per_page=1&anon=true&page=2>; "
        "rel=\"next\", <https://forge.example.test/repositories/1/contributors?per_page=1&anon="
        "true&page=34>; rel=\"last\"");
    add_page("repos/ann/widget/commits?per_page=1", R"([{"sha": "a"}])",
             "<https://forge.example.test/x?per_page=1&page=567>; rel=\"last\"");
    add("repos/ann/widget/releases?per_page=1", R"([{"tag_name": "v1"}])");
    add("repos/ann/widget/contents/.github/SECURITY.md", R"({"type": "file"})");
    http.add(search_url("is:issue is:open", 1), R"({"total_count": 8, "items": []})");
    http.add(search_url("is:issue is:closed", 1), R"({"total_count": 80, "items": []})");
    http.add(search_url("is:pr is:merged", 1), R"({"total_count": 50, "items": []})");
    http.add(search_url("is:pr is:merged review:approved", 1),
             R"({"total_count": 40, "items": []})");
    http.add(search_url(malice, 50), R"({"total_count": 2, "items": [
      {"title": "1.2.3 contains malware", "html_url": "https://forge.example.test/ann/widget/issues/7",
       "state": "open", "created_at": "2026-01-01T00:00:00Z"},
      {"title": "Docs: explain malicious input", "state": "closed"}]})");
  }
  static constexpr const char* malice =
      "in:title malware OR malicious OR compromised OR hacked OR backdoor OR stealing";
  Result<HealthFacts> ask(std::optional<bool> has_policy = {}) {
    return ask_github(forge, "ann/widget", "widget", has_policy);
  }
};

TEST_F(GitHub, Tells_how_a_project_lives) {
  const HealthFacts facts = ask().value();
  EXPECT_EQ(facts.archived, Known<bool>(true));
  EXPECT_EQ(facts.is_fork, Known<bool>(false));
  EXPECT_EQ(facts.stars, Known<std::uint64_t>(12345));
  EXPECT_EQ(facts.forks, Known<std::uint64_t>(67));
  EXPECT_EQ(facts.contributors, Known<std::uint64_t>(34));
  EXPECT_EQ(facts.commits, Known<std::uint64_t>(567));
  EXPECT_EQ(facts.releases, Known<std::uint64_t>(1));
  EXPECT_EQ(facts.open_issues, Known<std::uint64_t>(8));
  EXPECT_EQ(facts.closed_issues, Known<std::uint64_t>(80));
  EXPECT_EQ(facts.reviews, Known<ReviewShare>(ReviewShare{50, 40}));
  EXPECT_EQ(facts.security_policy, Known<bool>(true));
  EXPECT_EQ(facts.created, Known<Time>(*parse_timestamp("2015-01-02T03:04:05Z")));
  ASSERT_TRUE(facts.reports);
  ASSERT_EQ(facts.reports->size(), 1u);
  EXPECT_EQ(facts.reports->front().title, "1.2.3 contains malware");
  EXPECT_TRUE(facts.reports->front().is_open);
}

TEST_F(GitHub, Every_question_carries_the_token_and_no_page_is_asked_twice) {
  ASSERT_TRUE(ask(true));
  for (const HttpRequest& request : http.requests) {
    EXPECT_EQ(request.authorization, "Bearer secret");
    EXPECT_EQ(request.url.find("contents/"), std::string::npos);
  }
  EXPECT_EQ(http.requests.size(), 9u);
}

TEST_F(GitHub, A_project_that_is_not_there_is_an_error) {
  EXPECT_EQ(ask_github(forge, "ann/none", "none", {}).error().kind, ErrorKind::missing);
}

TEST_F(GitHub, What_is_malformed_is_unknown_with_its_reason) {
  MemoryHttp broken;
  broken.add(std::string(base) + "repos/ann/widget",
             R"({"archived": "yes", "stargazers_count": -1})");
  broken.add(std::string(base) + "repos/ann/widget/commits?per_page=1", "not json");
  broken.add(std::string(base) + "repos/ann/widget/releases?per_page=1", "{}");
  broken.add(search_url("is:issue is:open", 1), R"({"total_count": "many"})");
  const HealthFacts facts =
      ask_github(Forge(broken, {base, "", {}}), "ann/widget", "w", {}).value();
  EXPECT_THAT(facts.archived.reason(), HasSubstr("does not tell \"archived\""));
  EXPECT_FALSE(facts.stars);
  EXPECT_FALSE(facts.commits);
  EXPECT_FALSE(facts.releases);
  EXPECT_FALSE(facts.open_issues);
  EXPECT_FALSE(facts.reviews);
  EXPECT_FALSE(facts.reports);
  EXPECT_EQ(facts.security_policy, Known<bool>(false));
  broken.add(std::string(base) + "repos/ann/list", "[]");
  EXPECT_EQ(ask_github(Forge(broken, {base, "", {}}), "ann/list", "w", {}).error().kind,
            ErrorKind::malformed);
}

TEST_F(GitHub, Each_question_fails_alone) {
  http.add(base + std::string("repos/ann/other"), R"({"archived": false})");
  http.add(base + std::string("repos/ann/other/commits?per_page=1"),
           fail(ErrorKind::network, "rate limit, resets at 2026-01-01T00:00:00Z"));
  const HealthFacts facts = ask_github(forge, "ann/other", "other", {}).value();
  EXPECT_EQ(facts.archived, Known<bool>(false));
  EXPECT_EQ(facts.commits.reason(), "rate limit, resets at 2026-01-01T00:00:00Z");
}

struct GitLab : AskForge {
  GitLab() {
    const std::string path = "projects/group%2fann%2fwidget";
    add(path, R"({"id": 1, "star_count": 5, "forks_count": 2, "archived": false,
                  "created_at": "2020-01-01T00:00:00.000Z", "last_activity_at": "2025-01-01T00:00:00.000Z",
                  "forked_from_project": {"id": 3}})");
    http.add(base + path + "/repository/contributors?per_page=1",
             MemoryHttp::response(200, "[]", {{"x-total", "12"}}));
    http.add(base + path + "/releases?per_page=1",
             MemoryHttp::response(200, "[]", {{"x-total", "0"}}));
    add(path + "/repository/commits?per_page=1", "[{}]");
    add(path + "/issues_statistics?scope=all",
        R"({"statistics": {"counts": {"all": 5, "closed": 3, "opened": 2}}})");
    add(path + "/merge_requests?state=merged&per_page=50&order_by=updated_at",
        R"([{"author": {"username": "ann"}, "merged_by": {"username": "bob"}, "reviewers": []},
            {"author": {"username": "ann"}, "merged_by": {"username": "ann"}, "reviewers": [{"id": 1}]},
            {"author": {"username": "ann"}, "merged_by": {"username": "ann"}, "reviewers": []},
            {"author": null}])");
    for (const char* word : {"malware", "malicious", "compromised"}) {
      add(path + "/issues?search=" + word + "&in=title&per_page=20",
          R"([{"title": "Account compromised", "web_url": "https://forge.example.test/1",
               "state": "opened", "created_at": "2025-01-01T00:00:00.000Z"}])");
    }
  }
};

TEST_F(GitLab, Tells_how_a_project_lives) {
  const HealthFacts facts = ask_gitlab(forge, "group/ann/widget", "widget", true).value();
  EXPECT_EQ(facts.archived, Known<bool>(false));
  EXPECT_EQ(facts.is_fork, Known<bool>(true));
  EXPECT_EQ(facts.stars, Known<std::uint64_t>(5));
  EXPECT_EQ(facts.contributors, Known<std::uint64_t>(12));
  EXPECT_EQ(facts.releases, Known<std::uint64_t>(0));
  EXPECT_FALSE(facts.commits);
  EXPECT_EQ(facts.open_issues, Known<std::uint64_t>(2));
  EXPECT_EQ(facts.closed_issues, Known<std::uint64_t>(3));
  EXPECT_EQ(facts.reviews, Known<ReviewShare>(ReviewShare{4, 2}));
  EXPECT_EQ(facts.security_policy, Known<bool>(true));
  ASSERT_TRUE(facts.reports);
  EXPECT_EQ(facts.reports->size(), 1u);
}

TEST_F(GitLab, What_is_malformed_or_not_there_is_unknown) {
  MemoryHttp broken;
  broken.add(std::string(base) + "projects/a%2fb", "{}");
  broken.add(std::string(base) + "projects/a%2fb/issues_statistics?scope=all",
             R"({"statistics": 3})");
  broken.add(std::string(base) + "projects/a%2fb/issues?search=malware&in=title&per_page=20", "{}");
  const HealthFacts facts = ask_gitlab(Forge(broken, {base, "", {}}), "a/b", "b", {}).value();
  EXPECT_FALSE(facts.archived);
  EXPECT_FALSE(facts.stars);
  EXPECT_FALSE(facts.contributors);
  EXPECT_FALSE(facts.open_issues);
  EXPECT_FALSE(facts.reviews);
  EXPECT_FALSE(facts.reports);
  EXPECT_FALSE(facts.security_policy);
  EXPECT_EQ(ask_gitlab(Forge(broken, {base, "", {}}), "a/none", "b", {}).error().kind,
            ErrorKind::missing);
}

TEST_F(AskForge, The_scorecard_is_a_number_from_0_to_10) {
  add("projects/h.test/a/b", R"({"date": "2025-12-01", "score": 7.3, "checks": []})");
  add("projects/h.test/a/wild", R"({"date": "2025-12-01", "score": 73})");
  add("projects/h.test/a/text", R"({"score": "good"})");
  EXPECT_EQ(ask_scorecard(forge, "h.test/a/b"), Known<Scorecard>(Scorecard{7.3, "2025-12-01"}));
  EXPECT_FALSE(ask_scorecard(forge, "h.test/a/wild"));
  EXPECT_FALSE(ask_scorecard(forge, "h.test/a/text"));
  EXPECT_EQ(ask_scorecard(forge, "h.test/a/none").reason(), "no results are published");
}

TEST_F(AskForge, Statuses_are_told_in_words) {
  http.add(base + std::string("x"), MemoryHttp::response(401));
  http.add(base + std::string("y"), MemoryHttp::response(500));
  EXPECT_EQ(forge.ask("x").error().kind, ErrorKind::refused);
  EXPECT_EQ(forge.ask("y").error().message, "forge.example.test answers with status 500");
  EXPECT_EQ(forge.ask("z").error().kind, ErrorKind::missing);
}

TEST(LastPage, Is_read_from_the_header_in_any_order) {
  EXPECT_EQ(
      last_page(
          "<https://h.test/a?page=2>; rel=\"next\", <https://h.test/a?page=7&x=1>; rel=\"last\""),
      7u);
  EXPECT_EQ(last_page("<https://h.test/a?per_page=1&page=9>; rel=\"last\""), 9u);
  EXPECT_EQ(last_page(""), std::nullopt);
  EXPECT_EQ(last_page("<https://h.test/a?page=x>; rel=\"last\""), std::nullopt);
  EXPECT_EQ(last_page("<https://h.test/a?page=2>; rel=\"next\""), std::nullopt);
}

TEST(ReportsMalice, Is_a_title_that_accuses) {
  for (const char* title : {"[SECURITY] 5.6.1 contains malware", "npm account compromised!",
                            "This package is stealing tokens", "Was this project hacked?",
                            "Backdoor in setup.py", "Malicious code in the latest release"}) {
    EXPECT_TRUE(reports_malice(title, "widget")) << title;
  }
  for (const char* title : {"False positive: malware", "Windows Defender detected as Trojan",
                            "CVE-2020-1: malicious regex", "Add malware detection",
                            "Crash on start", "", "Prevent malicious input"}) {
    EXPECT_FALSE(reports_malice(title, "widget")) << title;
  }
  EXPECT_FALSE(reports_malice("Update malware signatures", "malware-scanner"));
}

}  // namespace
}  // namespace assay
