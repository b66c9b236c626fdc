#include "facts/metadata/documentation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/metadata/likeness.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Documentation npm(std::string_view text) {
  return read_documentation(text, Ecosystem::npm, "adds", "README.md");
}

TEST(Documentation, Counts_sentences_and_not_badges_links_and_code) {
  const Documentation facts =
      npm("# Adds\n[![build](https://b.example.test/x.svg)](https://b.example.test)\n\n"
          "Adds two numbers, see https://docs.example.test for more.\n\n"
          "```js\nconst add = require('adds');\n```\n");
  EXPECT_EQ(facts.words, 7u);
  EXPECT_EQ(facts.code_blocks, 1u);
  EXPECT_TRUE(facts.shows_use);
  EXPECT_THAT(facts.installs, IsEmpty());
}

TEST(Documentation, Install_lines_name_the_package_that_the_text_was_written_for) {
  EXPECT_THAT(npm("```\nnpm install --save other@^2 @scope/third\n```").installs,
              ElementsAre("other", "@scope/third"));
  EXPECT_TRUE(npm("Run `npm i adds` first.").shows_use);
  EXPECT_THAT(npm("npm install ./local && npm i https://x.example.test/a.tgz").installs, IsEmpty());
  const Documentation python = read_documentation(
      "    pip install -r requirements.txt\n    pip install 'Big_Sums[fast]>=2'\n", Ecosystem::pypi,
      "adds", "README.rst");
  EXPECT_THAT(python.installs, ElementsAre("big-sums"));
}

TEST(Documentation, A_template_that_nobody_filled_in_is_told) {
  EXPECT_EQ(npm("# adds\nAdd your description here\n").placeholder, "add your description here");
  EXPECT_EQ(npm("# adds\nAdds numbers.\n").placeholder, "");
}

std::string sentences(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) {
    text += "Sentence " + std::to_string(i) + " tells of topic " + std::to_string(i * 7) + ". ";
  }
  return text;
}

TEST(Likeness, Of_a_copy_is_near_one_whatever_name_it_carries_and_of_others_near_nothing) {
  const TextSketch original =
      sketch("# adds\n" + sentences(0, 60) + "npm install adds", "adds evil");
  const TextSketch copy = sketch("# evil\n" + sentences(0, 60) + "npm install evil", "adds evil");
  const TextSketch half = sketch(sentences(30, 90));
  EXPECT_GT(likeness(original, copy), 0.9);
  EXPECT_NEAR(likeness(original, half), 0.33, 0.15);
  EXPECT_LT(likeness(original, sketch(sentences(500, 560))), 0.1);
}

TEST(Likeness, Of_short_texts_is_not_told) {
  EXPECT_EQ(likeness(sketch("MIT licence"), sketch("MIT licence")), 0);
}

}  // namespace
}  // namespace assay
