#include "facts/names/slips.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace assay::names {
namespace {

std::set<std::string> edits_of(std::string_view text) {
  std::set<std::string> all;
  each_edit(
      text, [](std::uint64_t) { return true; },
      [&](std::uint64_t hash, std::size_t position, Change change, char letter) {
        const std::string result = edited(text, position, change, letter);
        EXPECT_EQ(hash, hash_of(result)) << result;
        all.insert(result);
      });
  return all;
}

TEST(Slips, EveryTextOneEditAwayIsFound) {
  const std::string text = "abba1";
  const std::set<std::string> found = edits_of(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_TRUE(found.contains(edited(text, i, Change::remove, 0)));
    for (const char c : edit_letters) {
      EXPECT_TRUE(found.contains(edited(text, i, Change::insert, c)));
      EXPECT_TRUE(found.contains(edited(text, i, Change::replace, c)));
    }
  }
  EXPECT_TRUE(found.contains("baba1"));
  EXPECT_TRUE(found.contains("abba1z"));
  for (const std::string& other : found) EXPECT_LE(edits_between(text, other, 2), 1U) << other;
}

TEST(Slips, PatternsLeaveTheChangedCharacterOpen) {
  std::set<std::uint64_t> patterns;
  each_edit(
      "abc", [&](std::uint64_t hash) { return patterns.insert(hash), false; },
      [](std::uint64_t, std::size_t, Change, char) {});
  for (const char* pattern : {"*abc", "a*bc", "abc*", "*bc", "a*c", "ab*"}) {
    EXPECT_TRUE(patterns.contains(hash_of(pattern))) << pattern;
  }
}

TEST(Slips, EditsAreCountedUpToALimit) {
  EXPECT_EQ(edits_between("requests", "requests", 2), 0U);
  EXPECT_EQ(edits_between("requests", "reqeusts", 2), 1U);
  EXPECT_EQ(edits_between("selenium", "seleenimu", 2), 2U);
  EXPECT_EQ(edits_between("abcdef", "abXcdeYf", 2), 2U);
  EXPECT_EQ(edits_between("abXcdeYf", "abcdef", 2), 2U);
  EXPECT_EQ(edits_between("abc", "xyz", 2), 3U);
  EXPECT_EQ(edits_between("", "ab", 2), 2U);
  EXPECT_EQ(edits_between("abcdefgh", "", 2), 3U);
  EXPECT_EQ(edits_between("ab", "ba", 1), 1U);
}

TEST(Slips, SayWhichSlipItWas) {
  const auto kind = [](std::string_view target, std::string_view written) {
    return describe_slip(target, written).kind;
  };
  EXPECT_EQ(kind("requests", "reqeusts"), Kind::swapped);
  EXPECT_EQ(kind("express", "expresss"), Kind::doubled);
  EXPECT_EQ(kind("mongoose", "mongose"), Kind::undoubled);
  EXPECT_EQ(kind("requests", "requsts"), Kind::omitted);
  EXPECT_EQ(kind("colorama", "colourama"), Kind::added);
  EXPECT_EQ(kind("numpy", "bumpy"), Kind::keyboard);
  EXPECT_EQ(kind("colorama", "coloroma"), Kind::vowel);
  EXPECT_EQ(kind("urllib3", "urllib4"), Kind::number);
  EXPECT_EQ(kind("aiohttp", "aiohttp2"), Kind::number);
  EXPECT_EQ(kind("lodash", "lodashs"), Kind::plural);
  EXPECT_EQ(kind("requests", "request"), Kind::plural);
  EXPECT_EQ(kind("lodash", "l0dash"), Kind::look_alike);
  EXPECT_EQ(kind("tar", "var"), Kind::bit_flip);
  EXPECT_EQ(kind("axios", "axpos"), Kind::replaced);
}

TEST(Slips, LongTextsAreLeftAlone) {
  const std::string text(300, 'a');
  EXPECT_TRUE(edits_of(text).empty());
  EXPECT_EQ(edits_between(text, text, 2), 3U);
}

}  // namespace
}  // namespace assay::names
