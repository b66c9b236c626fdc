// Signatures of obfuscators among the literals that a scan found.
#pragma once

#include <string_view>

#include "facts/lexical/text_scan.h"

namespace assay::lexical {

void find_obfuscators(std::string_view text, const Scan& scan, LexicalFacts& facts);

}  // namespace assay::lexical
