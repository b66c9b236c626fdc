// https://docs.github.com/rest
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ecosystems/registry/url.h"
#include "facts/health/forge.h"
#include "facts/health/forge_json.h"

namespace assay {
namespace {

constexpr std::size_t most_reports = 10;

void note_time(HealthFacts& facts, const ForgeAnswer& answer) {
  if (!answer.asked) return;
  facts.asked = facts.asked ? std::min(*facts.asked, *answer.asked) : *answer.asked;
}

// With one entry a page, the number of pages is the number of entries.
Known<std::uint64_t> count_pages(const Forge& github, const std::string& path, HealthFacts& facts) {
  const Result<ForgeAnswer> answer = github.ask(path);
  if (!answer) return Unknown{answer.error().message};
  note_time(facts, *answer);
  if (const std::optional<std::uint64_t> pages = last_page(answer->link)) return *pages;
  return ForgeDocument(answer->body).length();
}

std::string search_path(const std::string& project, std::string_view words, int entries) {
  return fmt::format("search/issues?q={}&per_page={}&sort=created",
                     percent_encode(fmt::format("repo:{} {}", project, words)), entries);
}

Known<std::uint64_t> count_found(const Forge& github, const std::string& project,
                                 std::string_view words, HealthFacts& facts) {
  const Result<ForgeAnswer> answer = github.ask(search_path(project, words, 1));
  if (!answer) return Unknown{answer.error().message};
  note_time(facts, *answer);
  return ForgeDocument(answer->body).count("total_count");
}

Known<ReviewShare> read_reviews(const Forge& github, const std::string& project,
                                HealthFacts& facts) {
  const Known<std::uint64_t> merged = count_found(github, project, "is:pr is:merged", facts);
  if (!merged) return merged.unknown();
  const Known<std::uint64_t> reviewed =
      count_found(github, project, "is:pr is:merged review:approved", facts);
  if (!reviewed) return reviewed.unknown();
  return ReviewShare{*merged, std::min(*reviewed, *merged)};
}

// A search takes five operators at most.
constexpr std::string_view malice_words =
    "in:title malware OR malicious OR compromised OR hacked OR backdoor OR stealing";

Known<std::vector<MaliceReport>> read_reports(const Forge& github, const std::string& project,
                                              std::string_view package_name, HealthFacts& facts) {
  const Result<ForgeAnswer> answer = github.ask(search_path(project, malice_words, 50));
  if (!answer) return Unknown{answer.error().message};
  note_time(facts, *answer);
  const ForgeDocument document(answer->body);
  const Known<std::uint64_t> total = document.count("total_count");
  if (!total) return total.unknown();
  std::vector<MaliceReport> reports;
  for (const simdjson::dom::element& entry : document.list("items")) {
    const std::string title = text_in(entry, "title");
    if (!reports_malice(title, package_name) || reports.size() >= most_reports) continue;
    reports.push_back({title, text_in(entry, "html_url"), text_in(entry, "state") == "open",
                       parse_timestamp(text_in(entry, "created_at"))});
  }
  return reports;
}

Known<bool> read_policy(const Forge& github, const std::string& project) {
  for (const std::string_view path : {"SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md"}) {
    const Result<ForgeAnswer> answer =
        github.ask(fmt::format("repos/{}/contents/{}", project, path));
    if (answer) return true;
    if (answer.error().kind != ErrorKind::missing) return Unknown{answer.error().message};
  }
  return false;
}

}  // namespace

Result<HealthFacts> ask_github(const Forge& github, const std::string& project,
                               std::string_view package_name, std::optional<bool> has_policy) {
  const ForgeAnswer answer = TRY(github.ask("repos/" + project));
  const ForgeDocument document(answer.body);
  if (!document.is_object()) {
    return fail(ErrorKind::malformed, "GitHub's answer about the project is not a JSON object");
  }
  HealthFacts facts;
  facts.source = "GitHub, " + project;
  note_time(facts, answer);
  facts.archived = document.flag("archived");
  facts.is_fork = document.flag("fork");
  facts.stars = document.count("stargazers_count");
  facts.forks = document.count("forks_count");
  facts.created = document.time("created_at");
  facts.last_change = document.time("pushed_at");
  // Projects that were renamed are known to the search by their new name alone.
  const std::string full = document.text("full_name");
  const std::string name = full.empty() ? project : full;
  const std::string path = "repos/" + name;
  facts.contributors = count_pages(github, path + "/contributors?per_page=1&anon=true", facts);
  facts.commits = count_pages(github, path + "/commits?per_page=1", facts);
  facts.releases = count_pages(github, path + "/releases?per_page=1", facts);
  facts.security_policy = has_policy ? Known<bool>(*has_policy) : read_policy(github, name);
  facts.open_issues = count_found(github, name, "is:issue is:open", facts);
  facts.closed_issues = count_found(github, name, "is:issue is:closed", facts);
  facts.reviews = read_reviews(github, name, facts);
  facts.reports = read_reports(github, name, package_name, facts);
  return facts;
}

}  // namespace assay
