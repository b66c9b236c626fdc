#include "report/wrap.h"

#include "base/text.h"
#include "report/excerpt.h"

namespace assay {

std::string wrap(std::string_view label, std::string_view text, std::size_t width,
                 std::size_t indent) {
  const std::string margin(indent > 0 ? indent : display_width(label), ' ');
  std::string out(label);
  std::size_t column = display_width(label);
  bool is_line_start = true;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    const std::size_t size = display_width(word);
    if (!is_line_start && column + 1 + size > width) {
      out += '\n' + margin;
      column = margin.size();
      is_line_start = true;
    }
    if (!is_line_start) {
      out += ' ';
      ++column;
    }
    out += word;
    column += size;
    is_line_start = false;
  }
  return out + '\n';
}

}  // namespace assay
