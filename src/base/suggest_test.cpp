#include "base/suggest.h"

#include <gtest/gtest.h>

#include <vector>

namespace assay {
namespace {

TEST(EditDistance, Counts_what_must_be_changed) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("fial", "fail"), 1u);  // Neighbours that changed places are one slip.
}

TEST(DidYouMean, Names_the_nearest_word_or_none) {
  const std::vector<std::string> words = {"reverse-shell", "sends-environment", "mines"};
  EXPECT_EQ(did_you_mean("revers-shell", words), "; did you mean 'reverse-shell'?");
  EXPECT_EQ(did_you_mean("environment", words), "; did you mean 'sends-environment'?");
  EXPECT_EQ(did_you_mean("completely-else", words), "");
  EXPECT_EQ(did_you_mean("", words), "");
  EXPECT_EQ(did_you_mean(std::string(1'000'000, 'a'), words), "");
}

}  // namespace
}  // namespace assay
