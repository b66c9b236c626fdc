#include "facts/names/spelling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::names {
namespace {

using testing::ElementsAre;

TEST(Spelling, PypiTakesSeparatorsAndCapitalsForTheSame) {
  EXPECT_EQ(canonical(Ecosystem::pypi, "Ruamel._-Yaml"), "ruamel-yaml");
  EXPECT_EQ(canonical(Ecosystem::npm, "JSONStream"), "JSONStream");
}

TEST(Spelling, SquashKeepsLettersAndDigitsAlone) {
  EXPECT_EQ(squash("@Types/node-fetch.js_2"), "typesnodefetchjs2");
  EXPECT_EQ(squash("-_.@/"), "");
}

TEST(Spelling, WordsStandBetweenSeparators) {
  EXPECT_THAT(words_of("@scope/left-pad.js"), ElementsAre("scope", "left", "pad", "js"));
  EXPECT_THAT(words_of("a-b-c", 2), ElementsAre("a", "b"));
  EXPECT_THAT(words_of("--"), ElementsAre());
}

TEST(Spelling, NamesThatLookAlikeHaveOneSkeleton) {
  EXPECT_EQ(skeleton("jeilyfish"), skeleton("jellyfish"));
  EXPECT_EQ(skeleton("rnoment"), skeleton("moment"));
  EXPECT_EQ(skeleton("vvebpack"), skeleton("webpack"));
  EXPECT_EQ(skeleton("clebug"), skeleton("debug"));
  EXPECT_EQ(skeleton("l0dash"), skeleton("lodash"));
  EXPECT_EQ(skeleton("expresss"), skeleton("express"));
  EXPECT_NE(skeleton("vue3viewer"), skeleton("vueviewer"));
}

TEST(Spelling, LettersOfOtherScriptsBecomeTheOnesTheyLookLike) {
  EXPECT_EQ(unmask("\xD0\xB3\xD0\xB5quests"), "requests");  // Cyrillic
  EXPECT_EQ(unmask("l\xC3\xB6"
                   "dash"),
            "lodash");  // a marked letter
  EXPECT_EQ(unmask("\xEF\xBD\x92"
                   "eact"),
            "react");                                    // full width
  EXPECT_EQ(unmask("left\xE2\x80\x91pad"), "left-pad");  // another hyphen
  EXPECT_EQ(unmask("a\xE2\x80\x8B"
                   "b\xFF"),
            "ab");  // invisible and invalid ones
}

}  // namespace
}  // namespace assay::names
