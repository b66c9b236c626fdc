#include "report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/page_writer.h"
#include "report/report_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const Time now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 15);

ProjectRecord record() {
  ProjectRecord record;
  record.ecosystem = Ecosystem::npm;
  record.name = "demo";
  record.summary = "Shows \x1b[2J things";
  record.origin = {"npm registry npm.example.test", now - std::chrono::hours(3), true};
  ReleaseRecord release;
  release.version = "1.0.0";
  release.line = "1";
  release.published = Time(std::chrono::sys_days(std::chrono::year(2020) / 1 / 15));
  release.publisher = Unknown{"the registry does not tell who published it"};
  release.trust = Unknown{"the registry serves neither"};
  record.releases.push_back(release);
  record.maintainers = Unknown{"the registry does not list maintainers"};
  record.downloads_a_month = Unknown{"the registry keeps no counts"};
  return record;
}

Page page_of(Incident& incident, std::vector<Report> reports, std::optional<Error> error = {}) {
  incident.facts.metadata = read_metadata(record(), "1.0.0", now);
  const Facts* const artifacts[] = {&incident.facts};
  PageInput input;
  input.target = "npm:demo";
  input.id = {Ecosystem::npm, "demo", "1.0.0"};
  input.artifacts = artifacts;
  input.reports = std::move(reports);
  input.error = std::move(error);
  input.now = now;
  return build_page(std::move(input));
}

std::string text_of(const Page& page) {
  std::string text;
  const std::unique_ptr<PageWriter> writer =
      make_page_text_writer([&](std::string_view part) { text += part; }, {});
  writer->add(page);
  writer->finish();
  return text;
}

TEST(Page, Of_what_is_blocked_begins_with_the_answer_and_the_gravest_reasons) {
  Incident incident;
  const Page page = page_of(incident, {incident.report()});
  EXPECT_EQ(page.answer, Answer::do_not_install);
  ASSERT_FALSE(page.reasons.empty());
  EXPECT_EQ(page.reasons[0].rule, "environment-is-sent");
  const std::string text = text_of(page);
  EXPECT_EQ(text.substr(0, text.find('\n')), "don't install  demo@1.0.0 (npm)");
  EXPECT_THAT(text, HasSubstr("  1. index.js sends process.env"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(Page, Of_a_clean_package_says_what_speaks_for_it) {
  Incident incident;
  incident.findings.clear();
  const Page page = page_of(incident, {incident.report()});
  EXPECT_EQ(page.answer, Answer::install);
  ASSERT_EQ(page.reasons.size(), 2u);
  EXPECT_THAT(page.reasons[0].text, HasSubstr("nothing dangerous was found in its 2 files"));
  EXPECT_THAT(page.reasons[1].text, HasSubstr("published for 6 years"));
}

TEST(Page, Of_what_was_examined_in_part_says_so_and_does_not_say_install) {
  Incident incident;
  incident.findings.clear();
  incident.facts.gaps.push_back({GapKind::malformed, "a.js", "ends in the middle"});
  const Page page = page_of(incident, {incident.report()});
  EXPECT_EQ(page.answer, Answer::look_first);
  EXPECT_THAT(page.reasons[0].text, HasSubstr("a part of it could not be examined: a.js"));
}

TEST(Page, Of_what_does_not_exist_says_not_to_install_it) {
  Incident incident;
  const Page page = page_of(incident, {}, Error{ErrorKind::missing, "no package named demo"});
  EXPECT_EQ(page.answer, Answer::do_not_install);
  EXPECT_EQ(page_of(incident, {}, Error{ErrorKind::network, "no route"}).answer,
            Answer::look_first);
}

TEST(Page, Tells_each_unknown_with_its_reason_and_each_source_with_its_age) {
  Incident incident;
  const std::string text = text_of(page_of(incident, {incident.report()}));
  EXPECT_THAT(text, HasSubstr("? published by       unknown: the registry does not tell"));
  EXPECT_THAT(text, HasSubstr("from npm registry npm.example.test, asked 3 hours ago"));
  EXPECT_THAT(text, HasSubstr("2020-01-15, 6 years ago"));
}

}  // namespace
}  // namespace assay
