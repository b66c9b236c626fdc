// Lines, columns and excerpts of any text at any range: the mark stays inside what is shown, and
// nothing shown is raw.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "report/excerpt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 5) return 0;
  const std::size_t begin = data[0] + 256u * data[1];
  const std::size_t end = data[2] + 256u * data[3];
  const std::size_t width = data[4];
  const std::string_view text(reinterpret_cast<const char*>(data) + 5, size - 5);
  const assay::TextIndex index(text);
  const assay::Position position = index.position(begin);
  if (position.line == 0 || position.column == 0) std::abort();
  const assay::Excerpt excerpt = assay::make_excerpt(index, begin, end, width);
  if (excerpt.mark_column + excerpt.mark_width > assay::display_width(excerpt.text)) std::abort();
  if (!assay::is_valid_utf8(excerpt.text)) std::abort();
  for (const char c : excerpt.text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) std::abort();
  }
  return 0;
}
