#include "ecosystems/pypi/version.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

bool satisfies(std::string_view version, std::string_view specifiers,
               bool include_prereleases = true) {
  const auto parsed_version = parse_pypi_version(version);
  const auto parsed = PypiSpecifiers::parse(specifiers);
  EXPECT_TRUE(parsed_version) << version;
  EXPECT_TRUE(parsed) << specifiers;
  return parsed_version && parsed && parsed->matches(*parsed_version, include_prereleases);
}

TEST(PypiVersion, OrdersAsTheSpecificationListsThem) {
  constexpr std::string_view ascending[] = {"1.dev0",
                                            "1.0.dev456",
                                            "1.0a1",
                                            "1.0a2.dev456",
                                            "1.0a12.dev456",
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
                                            "1.0.post456.dev34",
                                            "1.0.post456",
                                            "1.0.15",
                                            "1.1.dev1",
                                            "99.0",
                                            "1!0.1"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(*parse_pypi_version(ascending[i]) <=> *parse_pypi_version(ascending[j]), i <=> j)
          << ascending[i] << ' ' << ascending[j];
    }
  }
}

struct Spelling {
  std::string_view written, normal;
};

TEST(PypiVersion, NormalisesEverySpelling) {
  constexpr Spelling cases[] = {
      {" v1.0 ", "1.0"},           {"1.0-alpha.1", "1.0a1"},
      {"1.0ALPHA", "1.0a0"},       {"1.0_beta2", "1.0b2"},
      {"1.0c1", "1.0rc1"},         {"1.0.pre", "1.0rc0"},
      {"1.0-preview-3", "1.0rc3"}, {"1.0-1", "1.0.post1"},
      {"1.0.r4", "1.0.post4"},     {"1.0rev", "1.0.post0"},
      {"1.0post-2", "1.0.post2"},  {"1.0dev", "1.0.dev0"},
      {"1.0-dev_3", "1.0.dev3"},   {"1.0+Ubuntu-1_a", "1.0+ubuntu.1.a"},
      {"01.002", "1.2"},           {"2!1.0a1.post2.dev3+x", "2!1.0a1.post2.dev3+x"}};
  for (const Spelling& c : cases) {
    const auto version = parse_pypi_version(c.written);
    ASSERT_TRUE(version) << c.written;
    EXPECT_EQ(version->text(), c.normal);
  }
  EXPECT_EQ(*parse_pypi_version("1.0"), *parse_pypi_version("1.0.0"));
}

TEST(PypiVersion, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "a", "1.", "1..2", "1.0+", "1.0+a..b", "1.0x", "!1", "1!",
                                      "french toast", "1.0 1", "99999999999999999999"}) {
    EXPECT_FALSE(parse_pypi_version(text)) << text;
  }
}

TEST(PypiSpecifiers, MatchWhatPipMatches) {
  constexpr Spelling cases[] = {{"2.0", "==2"},
                                {"2.0", "==2.0.0"},
                                {"2.0.post1", "==2.*"},
                                {"2.1+local", "==2.1"},
                                {"2.1+local", "==2.1+local"},
                                {"2.1", "!=2.0.*"},
                                {"2.2.9", "~=2.2"},
                                {"2.2.post3", "~=2.2"},
                                {"2.3", "~=2.2"},
                                {"1.4.9", "~=1.4.5"},
                                {"1.4.5a5", "~=1.4.5a4"},
                                {"2.0", ">=1.0,<3"},
                                {"1.0+local", "<=1.0"},
                                {"1.0.dev1", "<1.0rc1"},
                                {"0.9rc1", "<1.0"},
                                {"1.1", ">1.0"},
                                {"1.0.post2", ">1.0.post1"},
                                {"1.0", "===1.0"},
                                {"3.0", ""},
                                {"1!2.0", "==1!2.*"},
                                {"2.0", " ( >= 1.0 , != 1.5 ) "}};
  for (const Spelling& c : cases) EXPECT_TRUE(satisfies(c.written, c.normal)) << c.normal;
}

TEST(PypiSpecifiers, LeaveOutWhatPipLeavesOut) {
  constexpr Spelling cases[] = {
      {"2.1", "==2"},       {"2.0", "!=2"},      {"2.0.post1", "==2.0"}, {"3.0", "~=2.2"},
      {"1.5.0", "~=1.4.5"}, {"1.0rc1", "<1.0"},  {"1.0.post1", ">1.0"},  {"1.0+local", ">1.0"},
      {"2.0.3", "!=2.0.*"}, {"1.0", "===1.0.0"}, {"1!2.0", "==2.0"},     {"2.1", "==2.1+local"}};
  for (const Spelling& c : cases) EXPECT_FALSE(satisfies(c.written, c.normal)) << c.normal;
}

TEST(PypiSpecifiers, TakePrereleasesOnlyWhenAskedTo) {
  EXPECT_FALSE(satisfies("2.0rc1", ">=1.0", false));
  EXPECT_TRUE(satisfies("2.0rc1", ">=1.0", true));
  EXPECT_TRUE(satisfies("2.0rc2", ">=2.0rc1", false));
  EXPECT_FALSE(satisfies("2.0.dev1", "", false));
}

TEST(PypiSpecifiers, RefuseWhatIsNone) {
  for (const std::string_view text :
       {"1.0", "=1.0", "~=1", ">=1.*", "==", "==a", "~=1.0.*", ">1.0;python"}) {
    EXPECT_FALSE(PypiSpecifiers::parse(text)) << text;
  }
}

}  // namespace
}  // namespace assay
