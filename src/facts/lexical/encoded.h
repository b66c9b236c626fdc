// Long runs of base64 or hex.
#pragma once

#include <string_view>

#include "facts/lexical/lexical_facts.h"

namespace assay::lexical {

void find_encoded_strings(std::string_view text, LexicalFacts& facts);

}  // namespace assay::lexical
