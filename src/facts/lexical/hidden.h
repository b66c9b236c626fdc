// Text that a reader does not see: behind blanks, in invisible or reordering characters, or in
// letters that look like others.
#pragma once

#include <string_view>

#include "facts/lexical/lexical_facts.h"

namespace assay::lexical {

void find_hidden_columns(std::string_view text, LexicalFacts& facts);
// Bidirectional controls, invisible runs, identifiers with look-alikes (in code), UTF-8 validity.
void find_strange_characters(std::string_view text, bool is_code, LexicalFacts& facts);

}  // namespace assay::lexical
