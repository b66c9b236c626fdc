#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "report/writer.h"

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

// Invalid UTF-8, which only file names on our own disk can bring here, becomes U+FFFD.
constexpr auto replace = Json::error_handler_t::replace;

// As code scanning services read it: from 7.0 on high, from 9.0 on critical.
struct Level {
  Severity severity;
  std::string_view level;
  std::string_view security_severity;
};
constexpr Level levels[] = {
    {Severity::info, "note", "0.0"},      {Severity::low, "note", "2.0"},
    {Severity::medium, "warning", "5.0"}, {Severity::high, "error", "8.0"},
    {Severity::critical, "error", "9.5"},
};

const Level& level_of(Severity severity) {
  return *std::ranges::find(levels, severity, &Level::severity);
}

// RFC 3986: everything but unreserved characters and '/'. ':' too, which in a relative reference
// would make its first segment a scheme.
std::string uri_path(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || std::string_view("-._~/").contains(c);
    uri += is_plain ? std::string(1, c) : "%" + hex(std::string_view(&c, 1));
  }
  return uri;
}

// What is fetched by name has its package URL; a path stays relative, as services expect it.
std::string artifact_uri(const Report& report) {
  const bool is_fetched = report.target.starts_with("npm:") || report.target.starts_with("pypi:") ||
                          report.target.starts_with("pkg:");
  if (is_fetched && !report.purl.empty()) return report.purl;
  const std::string_view path = report.archive;
  if (path.starts_with('/')) return "file://" + uri_path(path);
  return uri_path(path.starts_with("./") ? path.substr(2) : path);
}

Json message(std::string_view text) { return Json{{"text", text}}; }

Json region(const Place& place) {
  Json json;
  if (!place.begin || !place.end) {
    json["byteOffset"] = place.begin_byte;
    json["byteLength"] = place.end_byte - place.begin_byte;
    return json;
  }
  json["startLine"] = place.begin->line;
  json["startColumn"] = place.begin->column;
  json["endLine"] = place.end->line;
  json["endColumn"] = place.end->column;
  if (!place.excerpt.text.empty()) json["snippet"]["text"] = place.excerpt.text;
  return json;
}

std::string pascal_case(std::string_view id) {
  std::string name;
  for (const std::string_view word : split(id, '-')) {
    if (word.empty()) continue;
    name += static_cast<char>(word[0] >= 'a' && word[0] <= 'z' ? word[0] - 32 : word[0]);
    name += word.substr(1);
  }
  return name;
}

Json rule_json(const Rule& rule) {
  const Level& level = level_of(rule.severity);
  Json json;
  json["id"] = rule.id;
  json["name"] = pascal_case(rule.id);
  json["shortDescription"] = message(rule.title);
  json["fullDescription"] = message(rule.why);
  const std::string help =
      std::string(rule.why) + "\n\nHarmless when: " + std::string(rule.harmless_when);
  json["help"]["text"] = help;
  json["defaultConfiguration"]["level"] = level.level;
  json["properties"]["tags"] = {"security", "supply-chain"};
  json["properties"]["security-severity"] = level.security_severity;
  return json;
}

class SarifWriter final : public ReportWriter {
 public:
  SarifWriter(Output output, Tool tool) : output_(std::move(output)), tool_(std::move(tool)) {}

  void add(const Report& report) override {
    const std::size_t artifact = add_artifact(report);
    for (const ReportedFinding& finding : report.findings) {
      results_.push_back(result(report, finding, artifact));
    }
    for (const Gap& gap : report.gaps) {
      const std::string path = gap.path.empty() ? "" : gap.path + ": ";
      const std::string text = path + gap.reason;
      notifications_.push_back(
          notification("gap/" + identifier(to_string(gap.kind)), "warning", text, artifact));
    }
    if (report.error) {
      notifications_.push_back(
          notification("not-examined", "error", report.error->message, artifact));
    }
  }

  void finish(const Tally& tally) override {
    Json driver;
    driver["name"] = "assay";
    driver["version"] = tool_.version;
    driver["semanticVersion"] = tool_.version;
    driver["rules"] = Json::array();
    for (const Rule* rule : tool_.rules) driver["rules"].push_back(rule_json(*rule));
    driver["properties"]["ruleset"] = tool_.ruleset;

    Json invocation;
    invocation["executionSuccessful"] = tally.failed + tally.broken == 0;
    if (!notifications_.empty())
      invocation["toolExecutionNotifications"] = std::move(notifications_);

    Json run;
    run["tool"]["driver"] = std::move(driver);
    run["invocations"].push_back(std::move(invocation));
    run["columnKind"] = "unicodeCodePoints";
    run["artifacts"] = std::move(artifacts_);
    run["results"] = std::move(results_);
    Json log;
    log["version"] = "2.1.0";
    log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    log["runs"].push_back(std::move(run));
    output_(log.dump(2, ' ', false, replace) + "\n");
  }

 private:
  std::size_t add_artifact(const Report& report) {
    Json json;
    json["location"]["uri"] = artifact_uri(report);
    if (!report.sha256.empty()) json["hashes"]["sha-256"] = report.sha256;
    if (report.archive_bytes > 0) json["length"] = report.archive_bytes;
    json["roles"] = {"analysisTarget"};
    if (!report.error) {
      json["properties"]["verdict"] = to_string(report.verdict.decision);
      json["properties"]["complete"] = report.verdict.complete;
      json["properties"]["score"] = report.verdict.score;
    }
    if (!report.purl.empty()) json["properties"]["purl"] = report.purl;
    // A target named twice is one artifact: the format forbids equal ones.
    const auto [entry, is_new] =
        targets_.try_emplace(json.dump(-1, ' ', false, replace), artifacts_.size());
    if (is_new) artifacts_.push_back(std::move(json));
    return entry->second;
  }

  // The index of a file inside an artifact, nested in it (SARIF 3.24.3), added when first met.
  std::size_t member(std::size_t artifact, const std::string& path) {
    const auto [entry, is_new] = members_.try_emplace({artifact, path}, artifacts_.size());
    if (is_new) {
      Json json;
      json["location"]["uri"] = uri_path(path);
      json["parentIndex"] = artifact;
      artifacts_.push_back(std::move(json));
    }
    return entry->second;
  }

  Json artifact_location(std::size_t artifact) const {
    Json json;
    json["uri"] = artifacts_[artifact]["location"]["uri"];
    json["index"] = artifact;
    return json;
  }

  // The file and line themselves: in a folder a file of its own, else a member of the archive.
  Json member_location(const Report& report, const Place& place, std::size_t artifact) {
    Json json;
    if (place.path.empty()) {
      json["artifactLocation"] = artifact_location(artifact);
      return json;
    }
    if (report.kind == ArtifactKind::directory) {
      const std::string base = artifacts_[artifact]["location"]["uri"];
      const bool is_here = base.empty() || base == ".";
      json["artifactLocation"]["uri"] =
          (is_here ? "" : base + (base.ends_with('/') ? "" : "/")) + uri_path(place.path);
    } else {
      const std::size_t index = member(artifact, place.path);
      json["artifactLocation"]["uri"] = artifacts_[index]["location"]["uri"];
      json["artifactLocation"]["index"] = index;
    }
    json["region"] = region(place);
    return json;
  }

  // What a service shows first: the file that the repository has, which for an archive is the
  // archive, with the member by name.
  Json main_location(const Report& report, const Place& place, std::size_t artifact) {
    Json json;
    if (report.kind == ArtifactKind::directory) {
      json["physicalLocation"] = member_location(report, place, artifact);
    } else {
      json["physicalLocation"]["artifactLocation"] = artifact_location(artifact);
      json["physicalLocation"]["region"]["startLine"] = 1;
    }
    if (!place.path.empty()) {
      Json member;
      member["name"] = place.path.substr(place.path.rfind('/') + 1);
      member["fullyQualifiedName"] = place.path;
      member["kind"] = "resource";
      json["logicalLocations"].push_back(std::move(member));
    }
    return json;
  }

  Json result(const Report& report, const ReportedFinding& finding, std::size_t artifact) {
    Json json;
    json["ruleId"] = finding.rule->id;
    const auto rule = std::ranges::find(tool_.rules, finding.rule->id, &Rule::id);
    if (rule != tool_.rules.end()) json["ruleIndex"] = rule - tool_.rules.begin();
    json["level"] = level_of(finding.severity).level;
    json["message"] = message(finding.message);
    json["locations"].push_back(main_location(report, finding.place, artifact));
    if (report.kind != ArtifactKind::directory && !finding.place.path.empty()) {
      Json related;
      related["id"] = 0;
      related["physicalLocation"] = member_location(report, finding.place, artifact);
      json["relatedLocations"].push_back(std::move(related));
    }
    if (!finding.steps.empty()) json["codeFlows"].push_back(code_flow(report, finding, artifact));
    json["partialFingerprints"]["assaySight/v1"] = finding.fingerprint;
    if (finding.excepted) {
      Json suppression;
      suppression["kind"] = "external";
      suppression["justification"] = *finding.excepted;
      json["suppressions"].push_back(std::move(suppression));
    }
    json["properties"]["severity"] = to_string(finding.severity);
    if (finding.place.layer) {
      json["properties"]["layer"] = {{"kind", finding.place.layer->kind},
                                     {"how", finding.place.layer->how},
                                     {"line", finding.place.layer->begin.line},
                                     {"excerpt", finding.place.layer->excerpt.text}};
    }
    return json;
  }

  Json code_flow(const Report& report, const ReportedFinding& finding, std::size_t artifact) {
    Json thread;
    for (const ReportedStep& step : finding.steps) {
      Json entry;
      entry["location"]["physicalLocation"] = member_location(report, step.place, artifact);
      entry["location"]["message"] = message(step.what);
      thread["locations"].push_back(std::move(entry));
    }
    Json flow;
    flow["threadFlows"].push_back(std::move(thread));
    return flow;
  }

  Json notification(const std::string& id, std::string_view level, std::string_view text,
                    std::size_t artifact) const {
    Json json;
    json["descriptor"]["id"] = id;
    json["level"] = level;
    json["message"] = message(text);
    Json location;
    location["physicalLocation"]["artifactLocation"] = artifact_location(artifact);
    json["locations"].push_back(std::move(location));
    return json;
  }

  Output output_;
  Tool tool_;
  Json artifacts_ = Json::array();
  Json results_ = Json::array();
  Json notifications_ = Json::array();
  std::map<std::string, std::size_t> targets_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> members_;
};

}  // namespace

std::unique_ptr<ReportWriter> make_sarif_writer(Output output, Tool tool) {
  return std::make_unique<SarifWriter>(std::move(output), std::move(tool));
}

}  // namespace assay
