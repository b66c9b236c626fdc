// Signs that a build step wrote a file: minifiers, bundlers, generators.
#pragma once

#include <string_view>

#include "facts/lexical/text_scan.h"

namespace assay::lexical {

void find_lines(std::string_view text, LexicalFacts& facts);
// After find_lines and find_obfuscators.
void find_build_marks(std::string_view text, bool is_code, const Scan& scan, LexicalFacts& facts);

}  // namespace assay::lexical
