#include "base/text.h"
#include "report/page_writer.h"
#include "report/report_json.h"

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

// Of this document format; readers may count on it.
constexpr int schema_version = 1;

Json line_json(const PageLine& line, Time now) {
  Json json;
  json["label"] = line.label;
  json["status"] = to_string(line.mark);
  json["text"] = line.text;
  if (line.mark == Mark::concern) {
    json["severity"] = to_string(line.severity);
    json["rule"] = line.rule;
  }
  if (!line.source.empty()) json["source"] = line.source;
  if (line.asked) {
    json["asked"] = format_timestamp(*line.asked);
    json["age_s"] = std::max<std::int64_t>(0, (now - *line.asked).count());
  }
  return json;
}

Json page_json(const Page& page, const Tool& tool) {
  Json json;
  json["schema"] = schema_version;
  json["target"] = page.target;
  json["purl"] = page.purl;
  json["ecosystem"] = to_string(page.id.ecosystem);
  json["name"] = page.id.name;
  json["version"] = page.id.version;
  json["summary"] = page.summary;
  json["answer"] = identifier(replace_all(std::string(to_string(page.answer)), "'", ""));
  json["verdict"] = page.error ? Json(nullptr) : Json(to_string(page.decision));
  json["complete"] = page.complete;
  json["score"] = page.score;
  json["reasons"] = Json::array();
  for (const PageReason& reason : page.reasons) {
    Json entry;
    entry["text"] = reason.text;
    if (!reason.rule.empty()) entry["rule"] = reason.rule;
    if (!reason.rule.empty()) entry["severity"] = to_string(reason.severity);
    json["reasons"].push_back(std::move(entry));
  }
  json["sections"] = Json::array();
  for (const PageSection& section : page.sections) {
    Json entry;
    entry["title"] = section.title;
    entry["lines"] = Json::array();
    for (const PageLine& line : section.lines) entry["lines"].push_back(line_json(line, page.now));
    json["sections"].push_back(std::move(entry));
  }
  json["artifacts"] = Json::array();
  for (const Report& report : page.artifacts)
    json["artifacts"].push_back(report_json(report, tool));
  if (page.error) json["error"] = error_json(*page.error);
  json["time"] = format_timestamp(page.now);
  json["ruleset"] = tool.ruleset;
  json["assay_version"] = tool.version;
  return json;
}

class PageJsonLinesWriter final : public PageWriter {
 public:
  PageJsonLinesWriter(Output output, Tool tool)
      : output_(std::move(output)), tool_(std::move(tool)) {}

  void add(const Page& page) override { output_(dump_json(page_json(page, tool_), -1) + "\n"); }
  void finish() override {}

 private:
  Output output_;
  Tool tool_;
};

// Written as it comes, so that memory does not grow with the number of pages.
class PageJsonWriter final : public PageWriter {
 public:
  PageJsonWriter(Output output, Tool tool) : output_(std::move(output)), tool_(std::move(tool)) {
    Json head;
    head["schema"] = schema_version;
    head["assay_version"] = tool_.version;
    head["ruleset"] = tool_.ruleset;
    std::string text = dump_json(head, 2);
    text.resize(text.size() - 2);  // "\n}"
    output_(text + ",\n  \"packages\": [");
  }

  void add(const Page& page) override {
    output_(std::string(is_first_ ? "" : ",") + "\n    " +
            replace_all(dump_json(page_json(page, tool_), 2), "\n", "\n    "));
    is_first_ = false;
  }

  void finish() override { output_(is_first_ ? "]\n}\n" : "\n  ]\n}\n"); }

 private:
  Output output_;
  Tool tool_;
  bool is_first_ = true;
};

class PageSarifWriter final : public PageWriter {
 public:
  PageSarifWriter(Output output, Tool tool)
      : sarif_(make_sarif_writer(std::move(output), std::move(tool))) {}

  void add(const Page& page) override {
    for (const Report& report : page.artifacts) add(report);
    if (page.error && page.artifacts.empty()) add(failed_report(page.target, *page.error));
  }
  void finish() override { sarif_->finish(tally_); }

 private:
  void add(const Report& report) {
    tally_.count(report);
    sarif_->add(report);
  }

  std::unique_ptr<ReportWriter> sarif_;
  Tally tally_;
};

}  // namespace

std::unique_ptr<PageWriter> make_page_json_writer(Output output, Tool tool) {
  return std::make_unique<PageJsonWriter>(std::move(output), std::move(tool));
}

std::unique_ptr<PageWriter> make_page_json_lines_writer(Output output, Tool tool) {
  return std::make_unique<PageJsonLinesWriter>(std::move(output), std::move(tool));
}

std::unique_ptr<PageWriter> make_page_sarif_writer(Output output, Tool tool) {
  return std::make_unique<PageSarifWriter>(std::move(output), std::move(tool));
}

}  // namespace assay
