#include "cli/terminal.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

using std::chrono::seconds;

TEST(ProgressText, Tells_how_far_how_fast_and_how_long) {
  EXPECT_EQ(progress_text({5, 10, 50'000'000}, 100'000'000, seconds(10)),
            " 50% [##########          ] 5/10  0.5 packages/s  5.0 MB/s  0:10 left");
}

TEST(ProgressText, Without_sizes_goes_by_the_count) {
  EXPECT_EQ(progress_text({1, 4, 0}, 0, seconds(30)),
            " 25% [#####               ] 1/4  0.0 packages/s  0.0 MB/s  1:30 left");
}

TEST(ProgressText, Promises_nothing_before_the_first_package_and_after_the_last) {
  EXPECT_EQ(progress_text({0, 4, 0}, 0, seconds(1)).find("left"), std::string::npos);
  EXPECT_EQ(progress_text({4, 4, 9}, 4, seconds(0)).find("left"), std::string::npos);
  EXPECT_EQ(progress_text({0, 0, 0}, 0, seconds(0)), "");
}

}  // namespace
}  // namespace assay
