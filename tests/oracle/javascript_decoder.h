// What the text of a string, template or name means, written apart from the product's own decoder
// on purpose: first to UTF-16 as the language says, then to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace assay::oracle {

std::string decode_literal(std::string_view raw, bool is_template);

}  // namespace assay::oracle
