#include "facts/executors/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;

std::vector<std::string> strings_of(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const ShortString each = next_short_string(text, at);
    if (!each.text.empty()) found.push_back(joined_string(text, each));
  }
  return found;
}

TEST(ShortStrings, QuotesOutOfStepHideNothing) {
  EXPECT_THAT(strings_of("// it's\nrequire('./a')"), testing::Contains("./a"));
  EXPECT_THAT(strings_of("/[\"']/; require(\"./b\")"), testing::Contains("./b"));
  EXPECT_THAT(strings_of("`${x}` + './c'"), testing::Contains("./c"));
}

TEST(ShortStrings, AreUnescapedAndJoined) {
  EXPECT_THAT(strings_of(R"(f('./\x61\u0062' + "/c" + `/d`))"), testing::Contains("./ab/c/d"));
  EXPECT_THAT(strings_of("'a' + b"), ElementsAre("a"));
  EXPECT_THAT(strings_of("'" + std::string(10'000, 'a') + "'"), ElementsAre());
}

}  // namespace
}  // namespace assay
