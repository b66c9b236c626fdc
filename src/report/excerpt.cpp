#include "report/excerpt.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>

#include "base/text.h"

namespace assay {
namespace {

// A lookup counts code points in one block; smaller blocks cost memory, larger ones time.
constexpr std::size_t block_bytes = 4096;

constexpr std::string_view ellipsis = "…";

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::uint32_t count_code_points(std::string_view bytes) {
  // All bytes but continuation bytes begin one; a stray continuation byte counts for nothing.
  return static_cast<std::uint32_t>(
      std::ranges::count_if(bytes, [](char byte) { return !continues(byte); }));
}

std::string_view cut_to_offsets(std::string_view text) {
  return text.substr(0, std::numeric_limits<std::uint32_t>::max());
}

// Back to the first byte of the code point that `at` is in; stays among stray continuation bytes.
std::size_t align(std::string_view text, std::size_t at) {
  std::size_t lead = at;
  for (int i = 0; i < 3 && lead > 0 && lead < text.size() && continues(text[lead]); ++i) --lead;
  const bool is_lead = lead < text.size() && static_cast<unsigned char>(text[lead]) >= 0xC0;
  return is_lead ? lead : at;
}

struct Range {
  char32_t first, last;
};

// East Asian Wide and emoji blocks (UAX #11), as terminals show them.
constexpr Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0xA4CF}, {0xAC00, 0xD7A3},
                          {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
                          {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
constexpr Range combining[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},
                               {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}};

bool is_in(char32_t c, std::span<const Range> ranges) {
  return std::ranges::any_of(ranges, [c](Range r) { return c >= r.first && c <= r.last; });
}

// Tabs as one blank each: "\t" would only be noise in a line of code.
std::string shown_code(std::string_view code) {
  std::string text(code);
  std::ranges::replace(text, '\t', ' ');
  return shown(text);
}

}  // namespace

TextIndex::TextIndex(std::string_view text) : text_(cut_to_offsets(text)), line_begins_{0} {
  const char* at = text_.data();
  const char* const end = at + text_.size();
  while (at != end) {
    at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    if (at == nullptr) break;
    ++at;
    line_begins_.push_back(static_cast<std::uint32_t>(at - text_.data()));
  }
  std::uint32_t total = 0;
  for (std::size_t block = 0; block < text_.size(); block += block_bytes) {
    code_points_.push_back(total);
    total += count_code_points(text_.substr(block, block_bytes));
  }
}

std::uint32_t TextIndex::code_points_before(std::size_t offset) const {
  const std::size_t block = std::min(offset / block_bytes, code_points_.size());
  if (block == code_points_.size()) {
    if (block == 0) return 0;
    const std::size_t last = (block - 1) * block_bytes;
    return code_points_.back() + count_code_points(text_.substr(last, offset - last));
  }
  const std::size_t begin = block * block_bytes;
  return code_points_[block] + count_code_points(text_.substr(begin, offset - begin));
}

Position TextIndex::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::ranges::upper_bound(line_begins_, offset);
  const auto line = static_cast<std::uint32_t>(next - line_begins_.begin());
  const std::uint32_t before = code_points_before(offset) - code_points_before(*(next - 1));
  return {line, before + 1};
}

std::size_t TextIndex::line_begin(std::uint32_t line) const { return line_begins_[line - 1]; }

std::size_t TextIndex::line_end(std::uint32_t line) const {
  if (line >= line_begins_.size()) return text_.size();
  const std::size_t end = line_begins_[line] - 1;
  return end > line_begins_[line - 1] && text_[end - 1] == '\r' ? end - 1 : end;
}

Excerpt make_excerpt(const TextIndex& index, std::size_t begin, std::size_t end,
                     std::size_t width) {
  const std::string_view text = index.text();
  begin = align(text, std::min(begin, text.size()));
  const std::uint32_t line = index.position(begin).line;
  const std::size_t line_end = index.line_end(line);
  begin = std::min(begin, line_end);
  end = align(text, std::clamp(end, begin, line_end));
  std::size_t from = index.line_begin(line);
  while (from < begin && (text[from] == ' ' || text[from] == '\t')) ++from;

  // A long mark fills the window; else what is left of the width goes around it, a third before.
  const std::size_t mark = std::min(end - begin, width);
  const std::size_t before = std::min(begin - from, std::max(width / 3, width - mark) / 3);
  const bool is_short = line_end - from <= width;
  const std::size_t first = is_short ? from : align(text, begin - before);
  const std::size_t last =
      is_short ? line_end : std::max(begin, align(text, std::min(line_end, first + width)));
  end = std::min(end, last);

  const std::string lead = first > from ? std::string(ellipsis) : "";
  // Escaping and defanging a prefix gives a prefix of the same length, wherever it ends.
  const std::string until_mark = lead + shown_code(text.substr(first, begin - first));
  const std::string through_mark = lead + shown_code(text.substr(first, end - first));
  Excerpt excerpt;
  excerpt.text = lead + shown_code(text.substr(first, last - first));
  if (last < line_end) excerpt.text += ellipsis;
  excerpt.mark_column = display_width(until_mark);
  excerpt.mark_width =
      std::max(display_width(through_mark), excerpt.mark_column) - excerpt.mark_column;
  return excerpt;
}

std::uint32_t display_width(std::string_view text) {
  std::uint32_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    width += is_in(c, combining) ? 0u : is_in(c, wide) ? 2u : 1u;
  }
  return width;
}

std::string shown(std::string_view text, std::size_t limit) {
  return replace_all(defang_urls(escape_for_display(text, limit)), hole, ellipsis);
}

}  // namespace assay
