// Characters that are seen as something else or not at all.
#pragma once

#include <cstdint>

namespace assay::lexical {

bool is_bidirectional_control(char32_t c);
// Variation selectors, tags, private use, zero width and filler characters.
bool is_invisible(char32_t c);
// 'a' for Cyrillic а and the like; 0 when it looks like no Latin letter.
char latin_look_alike(char32_t c);
// Mathematical, full-width, superscript and other forms that Python takes for the plain letter.
bool is_compatibility_letter(char32_t c);
bool is_letter_or_digit(
    char32_t c);  // ASCII, underscore and dollar included; above that nearly all

}  // namespace assay::lexical
