#include "facts/advisories/affected.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

using Kind = VersionEvent::Kind;

Advisory advisory_with(std::vector<VersionRange> ranges, std::vector<std::string> versions = {}) {
  Advisory advisory;
  advisory.ranges = std::move(ranges);
  advisory.versions = std::move(versions);
  return advisory;
}
VersionRange from_to(std::string from, std::string to) {
  return {{Kind::introduced, std::move(from)}, {Kind::fixed, std::move(to)}};
}

TEST(Affected, RangesFollowTheOrderOfTheirRegistry) {
  const Advisory npm = advisory_with({from_to("1.2.0", "1.10.0")});
  EXPECT_EQ(affects(npm, Ecosystem::npm, "1.9.9"), true);
  EXPECT_EQ(affects(npm, Ecosystem::npm, "1.10.0-rc.1"), true);
  EXPECT_EQ(affects(npm, Ecosystem::npm, "1.10.0"), false);
  EXPECT_EQ(affects(npm, Ecosystem::npm, "1.2.0-rc.1"), false);
  const Advisory pypi = advisory_with({from_to("1.2", "1.10")});
  EXPECT_EQ(affects(pypi, Ecosystem::pypi, "1.10rc1"), true);
  EXPECT_EQ(affects(pypi, Ecosystem::pypi, "1.10.0"), false);
  EXPECT_EQ(affects(pypi, Ecosystem::pypi, "1.10.post1"), false);
  EXPECT_EQ(affects(pypi, Ecosystem::pypi, "1!1.0"), false);
}

TEST(Affected, EventsMayComeInAnyOrderAndMoreThanOnce) {
  const Advisory advisory = advisory_with({{{Kind::fixed, "3.0.1"},
                                            {Kind::introduced, "3.0.0"},
                                            {Kind::introduced, "0"},
                                            {Kind::fixed, "2.1.0"}}});
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "2.0.9"), true);
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "2.5.0"), false);
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "3.0.0"), true);
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "3.0.1"), false);
}

TEST(Affected, TheLastAffectedVersionIsAffected) {
  const Advisory advisory =
      advisory_with({{{Kind::introduced, "0"}, {Kind::last_affected, "1.4.0"}}});
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "1.4.0"), true);
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "1.4.1"), false);
}

TEST(Affected, ListedVersionsCountInAnySpelling) {
  const Advisory advisory = advisory_with({}, {"1.0.0"});
  EXPECT_EQ(affects(advisory, Ecosystem::pypi, "1.0"), true);
  EXPECT_EQ(affects(advisory, Ecosystem::pypi, "1.0.0.post1"), false);
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "1.0.0"), true);
  EXPECT_EQ(affects(advisory_with({}, {"odd version"}), Ecosystem::pypi, "odd version"), true);
}

TEST(Affected, EveryVersionIsAffectedWhenItBeganWithTheFirst) {
  const Advisory advisory = advisory_with({{{Kind::introduced, "0"}}});
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "99.9.9"), true);
  EXPECT_EQ(affects(advisory, Ecosystem::npm, "0.0.0-0"), true);
  EXPECT_EQ(affects(advisory, Ecosystem::pypi, "no version at all"), true);
}

TEST(Affected, WhatIsNoVersionIsNotKnown) {
  EXPECT_EQ(affects(advisory_with({from_to("1.0.0", "2.0.0")}), Ecosystem::npm, "latest"),
            std::nullopt);
  EXPECT_EQ(affects(advisory_with({from_to("1.0.0", "later")}), Ecosystem::npm, "1.5.0"),
            std::nullopt);
  EXPECT_EQ(affects(advisory_with({}), Ecosystem::npm, "latest"), false);
}

TEST(Affected, TheNextFixIsTheOneToTake) {
  const Advisory advisory = advisory_with({from_to("1.0.0", "1.5.0"), from_to("2.0.0", "2.3.0")});
  EXPECT_EQ(fixed_in(advisory, Ecosystem::npm, "1.2.0"), "1.5.0");
  EXPECT_EQ(fixed_in(advisory, Ecosystem::npm, "2.0.0"), "2.3.0");
  EXPECT_EQ(fixed_in(advisory, Ecosystem::npm, "3.0.0"), "");
  EXPECT_EQ(fixed_in(advisory, Ecosystem::npm, "x"), "");
}

TEST(Affected, VersionsThatARangeCoversNeedNotBeListed) {
  Advisory advisory = advisory_with({from_to("1.0", "2.0")}, {"1.0", "1.5", "2.1", "odd"});
  drop_covered_versions(advisory, Ecosystem::pypi);
  EXPECT_EQ(advisory.versions, (std::vector<std::string>{"2.1", "odd"}));
}

}  // namespace
}  // namespace assay
