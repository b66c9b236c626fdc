#include "facts/health/forge.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "ecosystems/registry/url.h"
#include "facts/health/forge_json.h"

namespace assay {
namespace {

std::optional<std::uint64_t> number_from(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Result<ForgeAnswer> Forge::ask(std::string_view path) const {
  HttpRequest request;
  request.url = access_.base + std::string(path);
  request.headers = access_.headers;
  request.authorization = access_.authorization;
  request.limits.body_bytes = 8_MiB;
  request.limits.total = std::chrono::seconds(60);
  request.cache = CacheUse::document;
  const HttpResponse response = TRY(http_.get(request));
  const std::string host = host_for_display(request.url);
  if (response.status == 404 || response.status == 410 || response.status == 451) {
    return fail(ErrorKind::missing, host + " has no such public project");
  }
  if (response.status == 401) return fail(ErrorKind::refused, host + " refuses the token");
  if (response.status != 200 && response.status != 204) {
    return fail(ErrorKind::network,
                fmt::format("{} answers with status {}", host, response.status));
  }
  ForgeAnswer answer;
  answer.body = response.status == 204 ? "[]" : response.body;
  answer.link = response.header("link");
  answer.total = number_from(trim(response.header("x-total")));
  answer.asked = response.asked;
  return answer;
}

std::optional<std::uint64_t> last_page(std::string_view link) {
  for (const std::string_view part : split(link, ',')) {
    if (!contains(part, "rel=\"last\"")) continue;
    for (const std::string_view mark : {"?page=", "&page="}) {
      const std::size_t at = part.find(mark);
      if (at == std::string_view::npos) continue;
      const std::string_view rest = part.substr(at + mark.size());
      return number_from(rest.substr(0, rest.find_first_of("&>")));
    }
  }
  return std::nullopt;
}

bool reports_malice(std::string_view title, std::string_view package_name) {
  constexpr std::string_view words[] = {"malware",
                                        "malicious",
                                        "compromised",
                                        "hacked",
                                        "hijacked",
                                        "backdoor",
                                        "stealer",
                                        "steals ",
                                        "stealing",
                                        "trojan",
                                        "cryptominer",
                                        "crypto miner",
                                        "keylogger",
                                        "supply chain attack",
                                        "supply-chain attack",
                                        "typosquat",
                                        "exfiltrat"};
  // Scanners that are wrong, and things that are only about it.
  constexpr std::string_view excuses[] = {
      "false positive", "false-positive",  "antivirus",       "anti-virus",        "flagged as",
      "detected as",    "defender",        "virustotal",      "detect ",           "detection",
      "protect",        "prevent",         "scan for",        "mitigat",           "cve-",
      "not malicious",  "malicious input", "malicious regex", "malicious payload", "malicious url"};
  if (std::ranges::any_of(excuses, [&](std::string_view excuse) {
        return contains_ignoring_case(title, excuse);
      })) {
    return false;
  }
  return std::ranges::any_of(words, [&](std::string_view word) {
    return contains_ignoring_case(title, word) &&
           !contains_ignoring_case(package_name, trim(word).substr(0, 5));
  });
}

Known<Scorecard> ask_scorecard(const Forge& scorecard, const std::string& project) {
  const Result<ForgeAnswer> answer = scorecard.ask("projects/" + project);
  if (!answer && answer.error().kind == ErrorKind::missing) {
    return Unknown{"no results are published"};
  }
  if (!answer) return Unknown{answer.error().message};
  ForgeDocument document(answer->body);
  const Known<double> score = document.real("score");
  if (!score) return score.unknown();
  if (*score < 0 || *score > 10) return Unknown{"the results have no score from 0 to 10"};
  return Scorecard{*score, document.text("date")};
}

}  // namespace assay
