// The values of string literals.
#pragma once

#include <string>
#include <string_view>

namespace assay::code::python {

struct StringStyle {
  bool raw = false;
  bool bytes = false;
};

// Appends what `body` stands for: as UTF-8 for a str, where a lone surrogate is kept, and as raw
// bytes for a bytes literal. \N{...} and escapes that Python does not know stay as written.
void append_string_value(std::string& out, std::string_view body, StringStyle style);

}  // namespace assay::code::python
