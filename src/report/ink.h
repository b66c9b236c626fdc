// Colours of a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/rule.h"
#include "verdict/verdict.h"

namespace assay {

enum class Ink : std::uint8_t { plain, bold, dim, red, yellow, green, magenta };

Ink ink_of(Decision decision);
Ink ink_of(Severity severity);

// The text itself without colour.
std::string inked(std::string_view text, Ink ink, bool color);

}  // namespace assay
