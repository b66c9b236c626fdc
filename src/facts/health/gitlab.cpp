// https://docs.gitlab.com/api/rest
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "ecosystems/registry/url.h"
#include "facts/health/forge.h"
#include "facts/health/forge_json.h"

namespace assay {
namespace {

constexpr std::size_t most_reports = 10;

Known<std::uint64_t> count_total(const Forge& gitlab, const std::string& path) {
  const Result<ForgeAnswer> answer = gitlab.ask(path);
  if (!answer) return Unknown{answer.error().message};
  if (answer->total) return *answer->total;
  // Long lists come without their length.
  return Unknown{"GitLab does not tell how many there are"};
}

// {"statistics": {"counts": {"opened": 1, "closed": 2}}}
void read_issues(const Forge& gitlab, const std::string& path, HealthFacts& facts) {
  const Result<ForgeAnswer> answer = gitlab.ask(path + "/issues_statistics?scope=all");
  if (!answer) {
    facts.open_issues = facts.closed_issues = Unknown{answer.error().message};
    return;
  }
  const ForgeDocument document(answer->body);
  const auto count = [&](const char* key) -> Known<std::uint64_t> {
    std::uint64_t number = 0;
    if (!document.is_object() ||
        document.root()["statistics"]["counts"][key].get(number) != simdjson::SUCCESS) {
      return Unknown{"GitLab does not count its issues"};
    }
    return number;
  };
  facts.open_issues = count("opened");
  facts.closed_issues = count("closed");
}

// A change was reviewed when somebody other than its author merged it or was asked to look at it.
Known<ReviewShare> read_reviews(const Forge& gitlab, const std::string& path) {
  const Result<ForgeAnswer> answer =
      gitlab.ask(path + "/merge_requests?state=merged&per_page=50&order_by=updated_at");
  if (!answer) return Unknown{answer.error().message};
  const ForgeDocument document(answer->body);
  const Known<std::uint64_t> length = document.length();
  if (!length) return length.unknown();
  ReviewShare share;
  for (const simdjson::dom::element& entry : document.list()) {
    std::string_view author, merger;
    const bool is_told = entry["author"]["username"].get(author) == simdjson::SUCCESS &&
                         entry["merged_by"]["username"].get(merger) == simdjson::SUCCESS;
    simdjson::dom::array reviewers;
    const bool has_reviewers =
        entry["reviewers"].get(reviewers) == simdjson::SUCCESS && reviewers.size() > 0;
    ++share.merged;
    if (has_reviewers || (is_told && author != merger)) ++share.reviewed;
  }
  return share;
}

Known<std::vector<MaliceReport>> read_reports(const Forge& gitlab, const std::string& path,
                                              std::string_view package_name) {
  std::vector<MaliceReport> reports;
  std::set<std::string> known;
  for (const std::string_view word : {"malware", "malicious", "compromised"}) {
    const Result<ForgeAnswer> answer =
        gitlab.ask(fmt::format("{}/issues?search={}&in=title&per_page=20", path, word));
    if (!answer) return Unknown{answer.error().message};
    const ForgeDocument document(answer->body);
    if (const Known<std::uint64_t> length = document.length(); !length) return length.unknown();
    for (const simdjson::dom::element& entry : document.list()) {
      const std::string title = text_in(entry, "title"), url = text_in(entry, "web_url");
      if (!reports_malice(title, package_name) || !known.insert(url).second) continue;
      reports.push_back({title, url, text_in(entry, "state") == "opened",
                         parse_timestamp(text_in(entry, "created_at"))});
    }
  }
  std::ranges::stable_sort(reports, std::ranges::greater{}, &MaliceReport::written);
  if (reports.size() > most_reports) reports.resize(most_reports);
  return reports;
}

}  // namespace

Result<HealthFacts> ask_gitlab(const Forge& gitlab, const std::string& project,
                               std::string_view package_name, std::optional<bool> has_policy) {
  const std::string path = "projects/" + percent_encode(project);
  const ForgeAnswer answer = TRY(gitlab.ask(path));
  const ForgeDocument document(answer.body);
  if (!document.is_object()) {
    return fail(ErrorKind::malformed, "GitLab's answer about the project is not a JSON object");
  }
  HealthFacts facts;
  facts.source = "GitLab, " + project;
  facts.asked = answer.asked;
  facts.archived = document.flag("archived");
  facts.is_fork = has_value(document.root(), "forked_from_project");
  facts.stars = document.count("star_count");
  facts.forks = document.count("forks_count");
  facts.created = document.time("created_at");
  facts.last_change = document.time("last_activity_at");
  facts.contributors = count_total(gitlab, path + "/repository/contributors?per_page=1");
  facts.commits = count_total(gitlab, path + "/repository/commits?per_page=1");
  facts.releases = count_total(gitlab, path + "/releases?per_page=1");
  facts.security_policy =
      has_policy ? Known<bool>(*has_policy) : Known<bool>(Unknown{"GitLab does not tell"});
  read_issues(gitlab, path, facts);
  facts.reviews = read_reviews(gitlab, path);
  facts.reports = read_reports(gitlab, path, package_name);
  return facts;
}

}  // namespace assay
