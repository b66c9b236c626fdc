#include "rules/user/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace assay {
namespace {

bool fits(std::string_view pattern, std::string_view text, Glob::Of of = Glob::Of::text) {
  const Result<Glob> glob = Glob::read(pattern, of);
  EXPECT_TRUE(glob) << pattern;
  return glob && glob->matches(text);
}

TEST(Glob, TheWholeTextHasToFit) {
  EXPECT_TRUE(fits("abc", "abc"));
  EXPECT_FALSE(fits("abc", "abcd"));
  EXPECT_FALSE(fits("abc", "xabc"));
  EXPECT_TRUE(fits("a?c", "abc"));
  EXPECT_FALSE(fits("a?c", "ac"));
  EXPECT_FALSE(fits("?", ""));
}

TEST(Glob, AStarIsAnyRun) {
  EXPECT_TRUE(fits("*", ""));
  EXPECT_TRUE(fits("https://*.example.test/*", "https://a.b.example.test/x/y"));
  EXPECT_FALSE(fits("https://*.example.test/*", "https://example.test.evil.test/"));
  EXPECT_TRUE(fits("*a*b*", "xxaxxbxx"));
  EXPECT_FALSE(fits("*a*b*", "xxbxxaxx"));
}

TEST(Glob, CaseDoesNotCount) { EXPECT_TRUE(fits("CURL *", "curl https://x.example.test")); }

TEST(Glob, InPathsAStarStopsAtASlash) {
  constexpr Glob::Of path = Glob::Of::path;
  EXPECT_TRUE(fits("lib/*.js", "lib/a.js", path));
  EXPECT_FALSE(fits("lib/*.js", "lib/x/a.js", path));
  EXPECT_FALSE(fits("lib?a.js", "lib/a.js", path));
  EXPECT_TRUE(fits("lib/**", "lib/x/a.js", path));
  EXPECT_TRUE(fits("**/a.js", "a.js", path));
  EXPECT_TRUE(fits("**/a.js", "x/y/a.js", path));
  EXPECT_FALSE(fits("**/a.js", "xa.js", path));
  EXPECT_TRUE(fits("lib/**/a.js", "lib/a.js", path));
  EXPECT_FALSE(fits("lib/**/a.js", "lib/xa.js", path));
}

TEST(Glob, PatternsThatFitNothingOrAreTooLongAreRefused) {
  EXPECT_FALSE(Glob::read("", Glob::Of::text));
  EXPECT_FALSE(Glob::read(std::string(251, 'a'), Glob::Of::text));
  EXPECT_TRUE(fits(std::string(250, 'a'), std::string(250, 'a')));
}

TEST(Glob, ManyStarsTakeNoLongerThanOne) {
  std::string pattern;
  for (int i = 0; i < 80; ++i) pattern += "a*b";
  EXPECT_FALSE(fits(pattern, std::string(1'000'000, 'a')));
}

}  // namespace
}  // namespace assay
