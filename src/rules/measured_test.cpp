#include "rules/measured.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "rules/rule.h"

namespace assay {
namespace {

using testing::HasSubstr;

TEST(Measured, Rows_are_sorted_and_no_count_exceeds_the_corpus) {
  EXPECT_TRUE(std::ranges::is_sorted(all_measured(), std::ranges::less{}, &Measured::rule));
  const Counts& all = measured_corpus().counts;
  for (const Measured& row : all_measured()) {
    EXPECT_LE(row.counts.npm_clusters, all.npm_clusters) << row.rule;
    EXPECT_LE(row.counts.pypi_clusters, all.pypi_clusters) << row.rule;
    EXPECT_LE(row.counts.benign(), all.benign()) << row.rule;
    EXPECT_LE(row.decides, row.counts.clusters()) << row.rule;
  }
}

TEST(Measured, A_rule_that_finds_malware_is_told_with_counts_and_the_day) {
  const std::string text = tell_measured("contacts-request-bin");
  EXPECT_THAT(text, HasSubstr("Found in "));
  EXPECT_THAT(text, HasSubstr("Measured on " + std::string(measured_corpus().date)));
}

TEST(Measured, A_rule_without_a_measurement_says_so) {
  EXPECT_EQ(find_measured("no-such-rule"), nullptr);
  EXPECT_THAT(tell_measured("no-such-rule"), HasSubstr("Not measured"));
}

}  // namespace
}  // namespace assay
