// The text of string, template and identifier tokens with escapes: what the program sees.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::code {

// Between the quotes of a string or template. Pairs of surrogate escapes become one character, lone
// ones three bytes (WTF-8). Escapes that are errors in JavaScript stand for the escaped character.
std::string decode_string(std::string_view raw, bool is_template);

// \u0061 and \u{61} in names.
std::string decode_identifier(std::string_view raw);

}  // namespace assay::code
