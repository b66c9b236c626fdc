#include "report/report_json.h"

#include <cmath>

#include "base/text.h"
#include "report/json_parts.h"
#include "report/writer.h"

namespace assay {
namespace {

// Of this document format; readers may count on it.
constexpr int schema_version = 1;

Json finding_json(const ReportedFinding& finding) {
  Json json;
  json["rule"] = finding.rule->id;
  json["severity"] = to_string(finding.severity);
  put_place(json, finding.place);
  json["message"] = finding.message;
  if (finding.trigger != Trigger::none) json["trigger"] = to_string(finding.trigger);
  if (!finding.reached_by.empty()) json["reached_by"] = finding.reached_by;
  if (!finding.steps.empty()) {
    for (const ReportedStep& step : finding.steps) {
      Json entry;
      put_place(entry, step.place);
      entry["what"] = step.what;
      json["steps"].push_back(std::move(entry));
    }
  }
  if (!finding.file_sha256.empty()) json["file_sha256"] = finding.file_sha256;
  json["fingerprint"] = finding.fingerprint;
  if (finding.excepted) json["excepted"] = *finding.excepted;
  return json;
}

Json gap_json(const Gap& gap) {
  Json json;
  json["kind"] = identifier(to_string(gap.kind));
  json["path"] = gap.path;
  json["reason"] = gap.reason;
  return json;
}

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::missing: return "missing";
    case ErrorKind::malformed: return "malformed";
    case ErrorKind::limit: return "limit";
    case ErrorKind::unsupported: return "unsupported";
    case ErrorKind::refused: return "refused";
    case ErrorKind::network: return "network";
    case ErrorKind::environment: return "environment";
    case ErrorKind::usage: return "usage";
  }
  return "environment";
}

}  // namespace

std::string dump_json(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json error_json(const Error& error) {
  Json json;
  json["kind"] = name_of(error.kind);
  json["message"] = error.message;
  return json;
}

Json report_json(const Report& report, const Tool& tool) {
  Json json;
  json["schema"] = schema_version;
  json["archive"] = report.archive;
  json["target"] = report.target;
  json["purl"] = report.purl;
  json["ecosystem"] = to_string(report.id.ecosystem);
  json["name"] = report.id.name;
  json["version"] = report.id.version;
  json["kind"] = identifier(to_string(report.kind));
  json["sha256"] = report.sha256;
  json["bytes"] = report.archive_bytes;
  json["files"] = report.files;
  // No verdict at all, rather than a wrong one, for what could not be examined.
  json["verdict"] = report.error ? Json(nullptr) : Json(to_string(report.verdict.decision));
  json["complete"] = report.verdict.complete;
  json["score"] = report.verdict.score;
  json["reasons"] = report.verdict.reasons;
  json["findings"] = Json::array();
  for (const ReportedFinding& finding : report.findings) {
    json["findings"].push_back(finding_json(finding));
  }
  json["gaps"] = Json::array();
  for (const Gap& gap : report.gaps) json["gaps"].push_back(gap_json(gap));
  if (report.surface) json["surface"] = surface_json(*report.surface);
  if (!report.notes.empty()) json["notes"] = report.notes;
  if (report.error) json["error"] = error_json(*report.error);
  // Milliseconds are all that repeats from run to run.
  json["cpu_s"] = static_cast<double>(std::lround(report.cpu_seconds * 1000)) / 1000;
  json["ruleset"] = tool.ruleset;
  json["assay_version"] = tool.version;
  return json;
}

namespace {

Json summary_json(const Tally& tally) {
  Json json;
  json["targets"] = tally.targets;
  json["allow"] = tally.allowed;
  json["review"] = tally.reviewed;
  json["block"] = tally.blocked;
  json["incomplete"] = tally.incomplete;
  json["failed"] = tally.failed + tally.broken;
  return json;
}

class JsonLinesWriter final : public ReportWriter {
 public:
  JsonLinesWriter(Output output, Tool tool) : output_(std::move(output)), tool_(std::move(tool)) {}

  void add(const Report& report) override {
    output_(dump_json(report_json(report, tool_), -1) + "\n");
  }
  void finish(const Tally&) override {}

 private:
  Output output_;
  Tool tool_;
};

// Written as it comes, so that memory does not grow with the number of reports.
class JsonWriter final : public ReportWriter {
 public:
  JsonWriter(Output output, Tool tool) : output_(std::move(output)), tool_(std::move(tool)) {
    Json head;
    head["schema"] = schema_version;
    head["assay_version"] = tool_.version;
    head["ruleset"] = tool_.ruleset;
    std::string text = dump_json(head, 2);
    text.resize(text.size() - 2);  // "\n}"
    output_(text + ",\n  \"reports\": [");
  }

  void add(const Report& report) override {
    // A JSON string never holds a raw newline, so that these are all of the layout.
    output_(std::string(first_ ? "" : ",") + "\n    " +
            replace_all(dump_json(report_json(report, tool_), 2), "\n", "\n    "));
    first_ = false;
  }

  void finish(const Tally& tally) override {
    output_(std::string(first_ ? "]" : "\n  ]") + ",\n  \"summary\": " +
            replace_all(dump_json(summary_json(tally), 2), "\n", "\n  ") + "\n}\n");
  }

 private:
  Output output_;
  Tool tool_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<ReportWriter> make_json_writer(Output output, Tool tool) {
  return std::make_unique<JsonWriter>(std::move(output), std::move(tool));
}

std::unique_ptr<ReportWriter> make_json_lines_writer(Output output, Tool tool) {
  return std::make_unique<JsonLinesWriter>(std::move(output), std::move(tool));
}

}  // namespace assay
