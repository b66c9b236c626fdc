#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/names/index_builder.h"

namespace assay::names {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(NameList, LinesAloneAreInOrderOfRank) {
  EXPECT_THAT(*read_name_list(Ecosystem::npm, "a\nb\n\nc\n"),
              ElementsAre(RankedName{"a", 1}, RankedName{"b", 2}, RankedName{"c", 4}));
}

TEST(NameList, CountsAreSortedAndRanksAreTaken) {
  EXPECT_THAT(*read_name_list(Ecosystem::npm, "name\tdownloads\nfew\t5\nmany\t70\tmore\n"),
              ElementsAre(RankedName{"many", 1}, RankedName{"few", 2}));
  EXPECT_THAT(*read_name_list(Ecosystem::pypi, "name\trank\nsecond\t9\nFirst_\t3\n"),
              ElementsAre(RankedName{"first-", 3}, RankedName{"second", 9}));
}

TEST(NameList, LeavesOutWhatNoRegistryHasAndWhatWasThere) {
  EXPECT_THAT(*read_name_list(Ecosystem::pypi, "a b\nx\n--\nX\n@s/n\n"),
              ElementsAre(RankedName{"x", 2}));
  EXPECT_THAT(*read_name_list(Ecosystem::npm, std::string(300, 'a')), ElementsAre());
}

TEST(NameList, ErrorsNameTheLine) {
  EXPECT_THAT(read_name_list(Ecosystem::npm, "name\tcount\na\tx\n").error().message,
              HasSubstr("line 2"));
  EXPECT_THAT(read_name_list(Ecosystem::npm, "name\tcount\na\n").error().message,
              HasSubstr("line 2"));
  EXPECT_FALSE(read_name_list(Ecosystem::npm, "name\tcount\na\t-1\n"));
}

}  // namespace
}  // namespace assay::names
