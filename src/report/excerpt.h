// Byte offsets to lines and columns, and one line of code cut down to what a person can read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// Both from 1. Columns count code points.
struct Position {
  std::uint32_t line = 1, column = 1;

  auto operator<=>(const Position&) const = default;
};

// The lines of one text. Built in one pass; after that a lookup looks at a few KiB at most, also
// in a file of one line.
class TextIndex {
 public:
  // `text` must outlive the index. Of texts over 4 GiB, which Where cannot name, the rest is cut.
  explicit TextIndex(std::string_view text);

  std::string_view text() const { return text_; }
  Position position(std::size_t offset) const;  // clamped to the end
  std::size_t line_begin(std::uint32_t line) const;
  std::size_t line_end(std::uint32_t line) const;  // without its line break

 private:
  std::uint32_t code_points_before(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::uint32_t> line_begins_;
  std::vector<std::uint32_t> code_points_;  // before each block of block_bytes
};

// The line that a range begins on, escaped and defanged, with the place of the range in it.
struct Excerpt {
  std::string text;               // empty when there is nothing to show
  std::uint32_t mark_column = 0;  // terminal columns before the mark
  std::uint32_t mark_width = 0;   // 0: nothing to mark

  bool operator==(const Excerpt&) const = default;
};

// At most about `width` terminal columns, which with a gutter is 100; longer lines are cut around
// the mark with "…". Blanks at the start of the line are taken off.
Excerpt make_excerpt(const TextIndex& index, std::size_t begin, std::size_t end,
                     std::size_t width = 88);

// Columns that a terminal gives to text that was escaped for display.
std::uint32_t display_width(std::string_view text);

// Package text as every format shows it; what could not be computed is "…".
std::string shown(std::string_view text, std::size_t limit = 4096);

}  // namespace assay
