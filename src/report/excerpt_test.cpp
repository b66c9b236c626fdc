#include "report/excerpt.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(TextIndex, Lines_and_columns_count_from_one_and_columns_count_characters) {
  const TextIndex index(
      "a\nb\xC3\xA9"
      "c\n");
  EXPECT_EQ(index.position(0), (Position{1, 1}));
  EXPECT_EQ(index.position(2), (Position{2, 1}));
  EXPECT_EQ(index.position(5), (Position{2, 3}));  // "c", after one character of two bytes
}

TEST(TextIndex, Offsets_past_the_end_are_the_end) {
  EXPECT_EQ(TextIndex("ab").position(99), (Position{1, 3}));
  EXPECT_EQ(TextIndex("").position(0), (Position{1, 1}));
  EXPECT_EQ(TextIndex("").position(7), (Position{1, 1}));
}

TEST(TextIndex, A_file_of_one_long_line_has_right_columns_in_every_block) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "\xC3\xA9";
  const TextIndex index(text);
  for (const std::uint32_t at : {0u, 2047u, 2048u, 4096u, 19'999u}) {
    EXPECT_EQ(index.position(std::size_t{at} * 2), (Position{1, at + 1}));
  }
}

TEST(TextIndex, Windows_line_ends_are_no_part_of_the_line) {
  const TextIndex index("ab\r\ncd");
  EXPECT_EQ(index.line_end(1), 2u);
  EXPECT_EQ(index.line_begin(2), 4u);
  EXPECT_EQ(index.line_end(2), 6u);
}

// The marked part, by the columns that the excerpt gives.
std::string marked(const Excerpt& excerpt) {
  return excerpt.text.substr(excerpt.mark_column, excerpt.mark_width);
}

TEST(Excerpt, Shows_the_line_without_its_indent_and_marks_the_range) {
  const TextIndex index("x\n\t  call(env)\ny");
  const Excerpt excerpt = make_excerpt(index, 10, 13);
  EXPECT_EQ(excerpt.text, "call(env)");
  EXPECT_EQ(marked(excerpt), "env");
}

TEST(Excerpt, Marks_only_the_first_line_of_a_range_over_many) {
  const Excerpt excerpt = make_excerpt(TextIndex("f(\n1)"), 0, 5);
  EXPECT_EQ(excerpt.text, "f(");
  EXPECT_EQ(excerpt.mark_width, 2u);
}

TEST(Excerpt, Cuts_a_long_line_around_the_mark) {
  const std::string line = std::string(5000, 'a') + "MARK" + std::string(5000, 'b');
  const Excerpt excerpt = make_excerpt(TextIndex(line), 5000, 5004);
  EXPECT_LE(display_width(excerpt.text), 90u);
  EXPECT_TRUE(excerpt.text.starts_with("…a"));
  EXPECT_TRUE(excerpt.text.ends_with("b…"));
  const std::size_t at = excerpt.text.find("MARK");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(display_width(std::string_view(excerpt.text).substr(0, at)), excerpt.mark_column);
  EXPECT_EQ(excerpt.mark_width, 4u);
}

TEST(Excerpt, A_mark_longer_than_the_window_is_cut_too) {
  const std::string line(100'000, 'a');
  const Excerpt excerpt = make_excerpt(TextIndex(line), 50, 99'000);
  EXPECT_LE(display_width(excerpt.text), 90u);
  EXPECT_GT(excerpt.mark_width, 50u);
}

TEST(Excerpt, Shows_what_would_be_invisible_and_takes_the_sting_out_of_addresses) {
  const Excerpt excerpt =
      make_excerpt(TextIndex("a\u202E\x1b[31m http://evil.example.test/p"), 0, 1);
  EXPECT_EQ(excerpt.text, "a\\u{202e}\\x1b[31m hxxp://evil[.]example[.]test/p");
}

TEST(Excerpt, The_mark_is_right_behind_escaped_and_defanged_text) {
  const std::string line = "\x01 https://a.example.test/b X";
  const Excerpt excerpt = make_excerpt(TextIndex(line), line.size() - 1, line.size());
  EXPECT_EQ(marked(excerpt), "X");
}

TEST(Excerpt, A_range_that_begins_inside_a_host_is_still_defanged) {
  const std::string line = "https://a.example.test/b";
  const Excerpt excerpt = make_excerpt(TextIndex(line), 10, 17);
  EXPECT_EQ(excerpt.text, "hxxps://a[.]example[.]test/b");
  EXPECT_EQ(marked(excerpt), "example");
}

TEST(Excerpt, Wide_characters_take_two_columns) {
  const std::string line = "\xE4\xBD\xA0x";
  EXPECT_EQ(make_excerpt(TextIndex(line), 3, 4).mark_column, 2u);
}

TEST(Excerpt, Any_bytes_and_any_range_do) {
  const std::string bytes = "\xE2\x82\xAC\xFF\xE2\x82\n\xAC\x80\x80\x80\x80";
  const TextIndex index(bytes);
  for (std::size_t begin = 0; begin <= bytes.size() + 1; ++begin) {
    for (std::size_t end = 0; end <= bytes.size() + 1; ++end) {
      const Excerpt excerpt = make_excerpt(index, begin, end, 4);
      EXPECT_LE(excerpt.mark_column + excerpt.mark_width, display_width(excerpt.text) + 1);
    }
  }
}

}  // namespace
}  // namespace assay
