#include "ecosystems/pypi/pep440.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

bool matches(std::string_view specifiers, std::string_view version) {
  return Pep440Specifiers::parse(specifiers)->match(*parse_pep440_version(version), version);
}

TEST(Pep440Version, AreOrderedAsThePepLists) {
  const std::vector<std::string_view> ascending = {"0.9",
                                                   "1.0.dev1",
                                                   "1.0.dev456",
                                                   "1.0a1.dev1",
                                                   "1.0a1",
                                                   "1.0a2.dev456",
                                                   "1.0a12",
                                                   "1.0b1.dev456",
                                                   "1.0b2",
                                                   "1.0b2.post345.dev456",
                                                   "1.0b2.post345",
                                                   "1.0rc1.dev456",
                                                   "1.0rc1",
                                                   "1.0",
                                                   "1.0+abc.5",
                                                   "1.0+abc.7",
                                                   "1.0+5",
                                                   "1.0+10",
                                                   "1.0.post456.dev34",
                                                   "1.0.post456",
                                                   "1.1.dev1",
                                                   "1.10",
                                                   "20230101123456",
                                                   "1!0.1"};
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    ASSERT_TRUE(parse_pep440_version(ascending[i])) << ascending[i];
    EXPECT_LT(*parse_pep440_version(ascending[i - 1]), *parse_pep440_version(ascending[i]))
        << ascending[i];
  }
}

TEST(Pep440Version, SpellingsOfOneVersionAreEqual) {
  const std::vector<std::vector<std::string_view>> groups = {
      {"1.0", "v1.0", "1", "1.0.0", " 1.0\n", "01.0", "0!1"},
      {"1.0a0", "1.0a", "1.0.a0", "1.0-alpha", "1.0_ALPHA_0", "1.0.alpha.0"},
      {"1.0rc1", "1.0c1", "1.0-pre-1", "1.0.preview1", "1.0RC.1"},
      {"1.0.post1", "1.0-1", "1.0post1", "1.0.rev1", "1.0-r1", "1.0_post-1"},
      {"1.0a1.post2.dev3", "1.0a1post2dev3", "1.0alpha1-rev2_dev-3"},
      {"1.0+ubuntu.1", "1.0+Ubuntu-1", "1.0+ubuntu_01"}};
  for (const auto& group : groups) {
    for (const std::string_view text : group) {
      ASSERT_TRUE(parse_pep440_version(text)) << text;
      EXPECT_EQ(*parse_pep440_version(text), *parse_pep440_version(group[0])) << text;
    }
  }
}

TEST(Pep440Version, RefusesEverythingElse) {
  for (const char* text : {"",         "v",         "a",           "1.",
                           "1..0",     ".1",        "1.0x",        "1.0+",
                           "1.0+a..b", "1.0+a!",    "1!",          "1!2!3",
                           "1.0 1",    "1.0dev1a1", "1.0post1a1",  "dev-snapshot",
                           "1.0-",     "1.0--",     "1.0alphabet", "1.0--1",
                           "-1"}) {
    EXPECT_FALSE(parse_pep440_version(text)) << text;
  }
  EXPECT_FALSE(parse_pep440_version("1." + std::string(19, '9')));
  EXPECT_FALSE(parse_pep440_version(std::string(300, '1')));
}

TEST(Pep440Specifiers, HoldAsThePepSays) {
  EXPECT_TRUE(matches(">=1.0,<2", "1.9"));
  EXPECT_FALSE(matches(">=1.0, <2", "2.0"));
  EXPECT_TRUE(matches("~=2.2", "2.9"));
  EXPECT_FALSE(matches("~=2.2", "3.0"));
  EXPECT_FALSE(matches("~=2.2", "2.1"));
  EXPECT_TRUE(matches("~=1.4.5a4", "1.4.5a4"));
  EXPECT_FALSE(matches("~=1.4.5", "1.5.0"));
  EXPECT_TRUE(matches("==1.1.*", "1.1a1"));
  EXPECT_TRUE(matches("==1.1.*", "1.1.post1"));
  EXPECT_FALSE(matches("==1.1.*", "1.10"));
  EXPECT_TRUE(matches("==1.1.0.*", "1.1"));
  EXPECT_FALSE(matches("!=1.1.*", "1.1.3"));
  EXPECT_TRUE(matches("==1.0", "1.0.0+local"));
  EXPECT_FALSE(matches("==1.0+other", "1.0+local"));
  EXPECT_TRUE(matches("==1.0+local", "1.0+Local"));
  EXPECT_FALSE(matches("<1.0", "1.0rc1"));
  EXPECT_TRUE(matches("<1.0rc2", "1.0rc1"));
  EXPECT_TRUE(matches("<1.0", "0.9rc1"));
  EXPECT_FALSE(matches(">1.0", "1.0.post1"));
  EXPECT_FALSE(matches(">1.0", "1.0+local"));
  EXPECT_TRUE(matches(">1.0.post1", "1.0.post2"));
  EXPECT_TRUE(matches("<2.post1", "2rc1"));
  EXPECT_FALSE(matches("<2.post1", "2.post1.dev1"));
  EXPECT_TRUE(matches(">1.0rc1", "1.0.post1"));
  EXPECT_FALSE(matches(">1.0rc1", "1.0rc1.post1"));
  EXPECT_TRUE(matches("<=1.0", "1.0+local"));
  EXPECT_TRUE(matches("===1.0-RC1", "1.0-rc1"));
  EXPECT_FALSE(matches("===1.0", "1.0.0"));
}

TEST(Pep440Specifiers, KnowWhetherTheyNameAPreRelease) {
  EXPECT_TRUE(Pep440Specifiers::parse(">=1.0rc1")->names_prerelease());
  EXPECT_TRUE(Pep440Specifiers::parse("<2,~=1.0.dev1")->names_prerelease());
  EXPECT_FALSE(Pep440Specifiers::parse("<2.0rc1")->names_prerelease());
  EXPECT_FALSE(Pep440Specifiers::parse(">=1.0")->names_prerelease());
}

TEST(Pep440Specifiers, RefuseWhatIsNone) {
  for (const char* text : {"", ",", "1.0", ">>1", ">=", "~=1", ">=1.*", "~=1.1.*", "==1.*.2",
                           "==1rc1.*", ">=1.0+a", "===", "=1.0", "==1.0+a.*", "^1"}) {
    EXPECT_FALSE(Pep440Specifiers::parse(text)) << text;
  }
}

}  // namespace
}  // namespace assay
