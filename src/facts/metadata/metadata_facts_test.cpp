#include "facts/metadata/metadata_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;

Time day(int year, unsigned month, unsigned day_of_month) {
  return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) /
                               static_cast<int>(day_of_month));
}

ReleaseRecord release(std::string version, std::string line, Known<Time> published) {
  ReleaseRecord record;
  record.version = std::move(version);
  record.line = std::move(line);
  record.published = std::move(published);
  return record;
}

ProjectRecord project() {
  ProjectRecord record;
  record.ecosystem = Ecosystem::npm;
  record.name = "adds";
  record.releases = {release("1.0.0", "1", day(2020, 1, 1)), release("1.1.0", "1", day(2025, 6, 1)),
                     release("2.0.0", "2", day(2021, 1, 1)),
                     release("2.0.1", "2", day(2025, 6, 1))};
  return record;
}

TEST(Metadata, Places_a_release_in_time_and_next_to_the_one_it_replaces) {
  const MetadataFacts facts = read_metadata(project(), "2.0.1", day(2025, 6, 11));
  EXPECT_EQ(*facts.age(), std::chrono::days(10));
  EXPECT_EQ(format_date(*facts.first_published), "2020-01-01");
  EXPECT_EQ(facts.before, "2.0.0");
  EXPECT_THAT(facts.burst, ElementsAre("1.1.0"));
  EXPECT_EQ(read_metadata(project(), "2.0.0", day(2025, 6, 11)).before, "1.1.0");
  EXPECT_EQ(*read_metadata(project(), "2.0.0", day(2025, 6, 11)).quiet_before,
            day(2021, 1, 1) - day(2020, 1, 1));
}

TEST(Metadata, Without_times_nothing_is_said_about_time) {
  ProjectRecord record = project();
  for (ReleaseRecord& each : record.releases) each.published = Unknown{"not told"};
  const MetadataFacts facts = read_metadata(record, "2.0.1", day(2025, 6, 11));
  EXPECT_EQ(facts.age().reason(), "not told");
  EXPECT_EQ(facts.first_published.reason(), "not told");
  EXPECT_EQ(facts.quiet_before.reason(), "not told");
  EXPECT_EQ(facts.before, "2.0.0");
}

TEST(Metadata, A_release_that_the_registry_does_not_list_is_told_as_such) {
  const MetadataFacts facts = read_metadata(project(), "9.9.9", day(2025, 6, 11));
  EXPECT_EQ(facts.listed(), nullptr);
  EXPECT_FALSE(facts.age());
}

TEST(Metadata, Trust_is_lost_when_a_release_has_less_than_one_before_it) {
  ProjectRecord record = project();
  for (ReleaseRecord& each : record.releases) each.trust = Trust::trusted_publisher;
  EXPECT_FALSE(read_metadata(record, "2.0.1", day(2025, 6, 11)).trust_loss);
  record.releases[3].trust = Trust::none;
  const MetadataFacts facts = read_metadata(record, "2.0.1", day(2025, 6, 11));
  ASSERT_TRUE(facts.trust_loss);
  EXPECT_EQ(facts.trust_loss->before, Trust::trusted_publisher);
  EXPECT_EQ(facts.trust_loss->before_version, "2.0.0");
  EXPECT_EQ(facts.trust_loss->streak, 1u);
  // An old line that never had it loses nothing by the new one's having it.
  record.releases[0].trust = record.releases[1].trust = Trust::none;
  EXPECT_FALSE(read_metadata(record, "1.1.0", day(2025, 6, 11)).trust_loss);
  record.releases[3].trust = Unknown{"not told"};
  EXPECT_FALSE(read_metadata(record, "2.0.1", day(2025, 6, 11)).trust_loss);
}

TEST(Metadata, A_publisher_is_new_when_no_release_before_was_theirs) {
  ProjectRecord record = project();
  for (ReleaseRecord& each : record.releases) each.publisher = Person{"ann", ""};
  EXPECT_FALSE(*read_metadata(record, "2.0.1", day(2025, 6, 11)).publisher_is_new);
  record.releases[3].publisher = Person{"eve", ""};
  EXPECT_TRUE(*read_metadata(record, "2.0.1", day(2025, 6, 11)).publisher_is_new);
  EXPECT_FALSE(read_metadata(record, "1.0.0", day(2025, 6, 11)).publisher_is_new);
}

TEST(Metadata, Hooks_and_dependencies_are_compared_with_the_release_before) {
  ProjectRecord record = project();
  record.releases[2].manifest = ListedManifest{"adds", "2.0.0", {{"test", "t"}}, {{"a", "1"}}, {}};
  record.releases[3].manifest = ListedManifest{
      "adds", "2.0.1", {{"postinstall", "node x"}, {"test", "t"}}, {{"a", "2"}, {"b", "1"}}, {}};
  const MetadataFacts facts = read_metadata(record, "2.0.1", day(2025, 6, 11));
  EXPECT_THAT(facts.added_hooks, ElementsAre("postinstall"));
  ASSERT_EQ(facts.new_dependencies->size(), 1u);
  EXPECT_EQ(facts.new_dependencies->at(0).name, "b");
}

}  // namespace
}  // namespace assay
