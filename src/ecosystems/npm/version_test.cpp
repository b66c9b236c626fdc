#include "ecosystems/npm/version.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

bool satisfies(std::string_view version, std::string_view range) {
  const auto parsed_version = parse_npm_version(version);
  const auto parsed_range = NpmRange::parse(range);
  EXPECT_TRUE(parsed_version) << version;
  EXPECT_TRUE(parsed_range) << range;
  return parsed_version && parsed_range && parsed_range->matches(*parsed_version);
}

TEST(NpmVersion, OrdersAsTheSpecificationListsThem) {
  constexpr std::string_view ascending[] = {"0.0.0",
                                            "0.0.1-0",
                                            "0.0.1",
                                            "0.9.9",
                                            "1.0.0-alpha",
                                            "1.0.0-alpha.1",
                                            "1.0.0-alpha.beta",
                                            "1.0.0-beta",
                                            "1.0.0-beta.2",
                                            "1.0.0-beta.11",
                                            "1.0.0-rc.1",
                                            "1.0.0",
                                            "1.0.1",
                                            "1.2.0",
                                            "1.10.0",
                                            "2.0.0",
                                            "99.0.0",
                                            "9007199254740991.0.0"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(*parse_npm_version(ascending[i]) <=> *parse_npm_version(ascending[j]), i <=> j)
          << ascending[i] << ' ' << ascending[j];
    }
  }
}

TEST(NpmVersion, IgnoresBuildMetadataInComparisons) {
  EXPECT_EQ(*parse_npm_version("1.0.0+a"), *parse_npm_version("1.0.0+b"));
  EXPECT_EQ(parse_npm_version("1.0.0-rc.1+a.b")->text(), "1.0.0-rc.1");
  EXPECT_EQ(parse_npm_version("1.0.0-rc.1+a.b")->build, "a.b");
}

TEST(NpmVersion, TakesWhatLooseModeTakes) {
  EXPECT_EQ(parse_npm_version(" v1.2.3 ")->text(), "1.2.3");
  EXPECT_EQ(parse_npm_version("=1.2.3beta")->text(), "1.2.3-beta");
}

TEST(NpmVersion, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "1", "1.2", "1.2.x", "latest", "1.2.3.4", "1.2.3-", "1.2.3-a..b", "1.2.3+",
        "9007199254740992.0.0", "99999999999999999999.0.0", "-1.2.3", "1.2.3 4"}) {
    EXPECT_FALSE(parse_npm_version(text)) << text;
  }
  EXPECT_FALSE(parse_npm_version("1.2.3-" + std::string(300, 'a')));
}

struct RangeCase {
  std::string_view range, version;
};

TEST(NpmRange, MatchesWhatNpmMatches) {
  constexpr RangeCase cases[] = {{"1.0.0 - 2.0.0", "1.2.3"},
                                 {"^1.2.3+build", "1.2.3"},
                                 {"^1.2.3+build", "1.3.0"},
                                 {"1.2.3-pre+asdf - 2.4.3-pre+asdf", "1.2.3"},
                                 {"1.0.0", "1.0.0"},
                                 {">=*", "0.2.4"},
                                 {"", "1.0.0"},
                                 {"*", "1.2.3"},
                                 {">=1.0.0", "1.1.0"},
                                 {">1.0.0", "1.0.1"},
                                 {"<=2.0.0", "0.2.9"},
                                 {"<2.0.0", "1.9999.9999"},
                                 {">= 1.0.0", "1.0.0"},
                                 {"<\t2.0.0", "0.2.9"},
                                 {"0.1.20 || 1.2.4", "1.2.4"},
                                 {">=0.2.3 || <0.0.1", "0.0.0"},
                                 {"||", "1.3.4"},
                                 {"2.x.x", "2.1.3"},
                                 {"1.2.x", "1.2.3"},
                                 {"1.2.x || 2.x", "2.1.3"},
                                 {"x", "1.2.3"},
                                 {"2.*.*", "2.1.3"},
                                 {"2", "2.1.2"},
                                 {"2.3", "2.3.1"},
                                 {"~2.4", "2.4.5"},
                                 {"~>3.2.1", "3.2.2"},
                                 {"~1", "1.2.3"},
                                 {"~> 1", "1.2.3"},
                                 {"~1.0", "1.0.2"},
                                 {">=1", "1.0.0"},
                                 {"<1.2", "1.1.1"},
                                 {"~v0.5.4-pre", "0.5.5"},
                                 {"~v0.5.4-pre", "0.5.4"},
                                 {"=0.7.x", "0.7.2"},
                                 {"<=0.7.x", "0.6.2"},
                                 {"~1.2.1 >=1.2.3", "1.2.3"},
                                 {"^1.2.3", "1.8.1"},
                                 {"^0.1.2", "0.1.2"},
                                 {"^0.1", "0.1.2"},
                                 {"^0.0.1", "0.0.1"},
                                 {"^1.2", "1.4.2"},
                                 {"^1.2.3-alpha", "1.2.3-pre"},
                                 {"^1.2.0-alpha", "1.2.0-pre"},
                                 {"^0.0.1-alpha", "0.0.1-beta"},
                                 {"^0.1.1-alpha", "0.1.1-beta"},
                                 {"^x", "1.2.3"},
                                 {"x - 1.0.0", "0.9.7"},
                                 {"x - 1.x", "0.9.7"},
                                 {"1.0.0 - x", "1.9.7"},
                                 {"1.x - x", "1.9.7"},
                                 {"<=7.x", "7.9.9"},
                                 {">1.2", "1.3.0"},
                                 {">=1.0.0-rc.1", "1.0.0-rc.2"}};
  for (const RangeCase& c : cases) EXPECT_TRUE(satisfies(c.version, c.range)) << c.range;
}

TEST(NpmRange, LeavesOutWhatNpmLeavesOut) {
  constexpr RangeCase cases[] = {{"1.0.0 - 2.0.0", "2.2.3"},
                                 {"1.2.3+asdf - 2.4.3+asdf", "1.2.3-pre.2"},
                                 {"^1.2.3", "2.0.0-pre"},
                                 {"^1.2.3", "1.2.3-pre"},
                                 {"^1.2", "1.2.0-pre"},
                                 {">1.2", "1.3.0-beta"},
                                 {"<=1.2.3", "1.2.3-beta"},
                                 {"=0.7.x", "0.7.0-asdf"},
                                 {">=0.7.x", "0.7.0-asdf"},
                                 {"1.0.0", "1.0.1"},
                                 {">1.0.0", "1.0.0"},
                                 {"<2.0.0", "2.0.0"},
                                 {"0.1.20 || 1.2.4", "1.2.3"},
                                 {"2.x.x", "1.1.3"},
                                 {"2.x.x", "3.1.3"},
                                 {"1.2.x", "1.3.3"},
                                 {"~2.4", "2.5.0"},
                                 {"~2.4", "2.3.9"},
                                 {"~1", "0.2.3"},
                                 {"<1", "1.0.0"},
                                 {">=1.2", "1.1.1"},
                                 {"~v0.5.4-beta", "0.5.4-alpha"},
                                 {"^0.0.1", "0.0.2"},
                                 {"^0.1.2", "0.2.0"},
                                 {"^1.2.3", "1.2.2"},
                                 {"<x", "0.0.1"},
                                 {">x", "9.9.9"},
                                 {"^0.0.1", "0.0.2-alpha"},
                                 {"<1.2.0", "1.2.0-beta"}};
  for (const RangeCase& c : cases) EXPECT_FALSE(satisfies(c.version, c.range)) << c.range;
}

TEST(NpmRange, IncludesPrereleasesOnlyWhenAskedTo) {
  const auto range = NpmRange::parse("^1.2.3");
  EXPECT_TRUE(range->matches(*parse_npm_version("1.3.0-rc.1"), true));
  EXPECT_FALSE(range->matches(*parse_npm_version("2.0.0-rc.1"), true));
}

TEST(NpmRange, TellsTagsFromRanges) {
  for (const std::string_view tag : {"latest", "next", "beta", "xyz", "1.2.3.4", "1.2.3 latest",
                                     "v-1", "not a range", "^", "git://x"}) {
    EXPECT_FALSE(NpmRange::parse(tag)) << tag;
  }
  EXPECT_FALSE(NpmRange::parse(std::string(2000, '1')));
}

}  // namespace
}  // namespace assay
