// Paragraphs for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

// `label`, then the words of `text`, broken before they pass `width` columns, with `indent` blanks
// before all lines but the first. Ends with a newline. Without an indent it is as wide as the
// label.
std::string wrap(std::string_view label, std::string_view text, std::size_t width,
                 std::size_t indent = 0);

}  // namespace assay
