#include "facts/lexical/characters.h"

#include <algorithm>
#include <array>

namespace assay::lexical {
namespace {

struct LookAlike {
  char32_t character;
  char latin;
};

// The letters of Unicode's confusables (UTS 39) that common fonts draw like Latin ones. Greek small
// letters that science uses as names of their own (α, ν, ρ) are left out.
constexpr std::array look_alikes = {
    LookAlike{0x0131, 'i'}, LookAlike{0x0251, 'a'}, LookAlike{0x0261, 'g'}, LookAlike{0x0391, 'A'},
    LookAlike{0x0392, 'B'}, LookAlike{0x0395, 'E'}, LookAlike{0x0396, 'Z'}, LookAlike{0x0397, 'H'},
    LookAlike{0x0399, 'I'}, LookAlike{0x039A, 'K'}, LookAlike{0x039C, 'M'}, LookAlike{0x039D, 'N'},
    LookAlike{0x039F, 'O'}, LookAlike{0x03A1, 'P'}, LookAlike{0x03A4, 'T'}, LookAlike{0x03A5, 'Y'},
    LookAlike{0x03A7, 'X'}, LookAlike{0x03BF, 'o'}, LookAlike{0x03F2, 'c'}, LookAlike{0x03F3, 'j'},
    LookAlike{0x0405, 'S'}, LookAlike{0x0406, 'I'}, LookAlike{0x0408, 'J'}, LookAlike{0x0410, 'A'},
    LookAlike{0x0412, 'B'}, LookAlike{0x0415, 'E'}, LookAlike{0x041A, 'K'}, LookAlike{0x041C, 'M'},
    LookAlike{0x041D, 'H'}, LookAlike{0x041E, 'O'}, LookAlike{0x0420, 'P'}, LookAlike{0x0421, 'C'},
    LookAlike{0x0422, 'T'}, LookAlike{0x0423, 'Y'}, LookAlike{0x0425, 'X'}, LookAlike{0x0430, 'a'},
    LookAlike{0x0435, 'e'}, LookAlike{0x043E, 'o'}, LookAlike{0x0440, 'p'}, LookAlike{0x0441, 'c'},
    LookAlike{0x0443, 'y'}, LookAlike{0x0445, 'x'}, LookAlike{0x0455, 's'}, LookAlike{0x0456, 'i'},
    LookAlike{0x0458, 'j'}, LookAlike{0x04AE, 'Y'}, LookAlike{0x04BB, 'h'}, LookAlike{0x04C0, 'I'},
    LookAlike{0x04CF, 'l'}, LookAlike{0x0501, 'd'}, LookAlike{0x050C, 'G'}, LookAlike{0x051A, 'Q'},
    LookAlike{0x051B, 'q'}, LookAlike{0x051C, 'W'}, LookAlike{0x051D, 'w'}, LookAlike{0x054D, 'U'},
    LookAlike{0x0555, 'O'}, LookAlike{0x0570, 'h'}, LookAlike{0x0578, 'n'}, LookAlike{0x057D, 'u'},
    LookAlike{0x0581, 'g'}, LookAlike{0x0585, 'o'}, LookAlike{0x13A0, 'D'}, LookAlike{0x13A1, 'R'},
    LookAlike{0x13A2, 'T'}, LookAlike{0x13AA, 'A'}, LookAlike{0x13B3, 'W'}, LookAlike{0x13BB, 'H'},
    LookAlike{0x13C0, 'G'}, LookAlike{0x13C3, 'Z'}, LookAlike{0x13CF, 'b'}, LookAlike{0x13D2, 'P'},
    LookAlike{0x13DA, 'S'}, LookAlike{0x13DE, 'L'}, LookAlike{0x13DF, 'C'}, LookAlike{0x13E2, 'P'},
    LookAlike{0x13E6, 'K'}, LookAlike{0x13F4, 'B'}, LookAlike{0x1D04, 'c'}, LookAlike{0x1D0F, 'o'},
    LookAlike{0x1D1C, 'u'}, LookAlike{0x1D20, 'v'}, LookAlike{0x1D21, 'w'}, LookAlike{0x1D22, 'z'},
    LookAlike{0xA731, 's'}, LookAlike{0xA7FE, 'I'},
};
static_assert(std::ranges::is_sorted(look_alikes, {}, &LookAlike::character));

struct Range {
  char32_t first, last;
};
constexpr bool contains(const auto& ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](Range r) { return c >= r.first && c <= r.last; });
}

constexpr std::array invisible_ranges = {
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F},   Range{0x115F, 0x1160},    Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180E}, Range{0x200B, 0x200F},   Range{0x2060, 0x2064},    Range{0x206A, 0x206F},
    Range{0x3164, 0x3164}, Range{0xE000, 0xF8FF},   Range{0xFE00, 0xFE0F},    Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0}, Range{0xE0000, 0xE01EF}, Range{0xF0000, 0x10FFFD},
};

constexpr std::array compatibility_ranges = {
    Range{0x00AA, 0x00AA}, Range{0x00BA, 0x00BA},   Range{0x02B0, 0x02B8},   Range{0x1D2C, 0x1D6A},
    Range{0x2071, 0x2071}, Range{0x207F, 0x207F},   Range{0x2090, 0x209C},   Range{0x210A, 0x2113},
    Range{0x2115, 0x2115}, Range{0x2119, 0x211D},   Range{0x2124, 0x2124},   Range{0x2128, 0x2128},
    Range{0x212C, 0x212D}, Range{0x212F, 0x2134},   Range{0x2139, 0x2139},   Range{0x2145, 0x2149},
    Range{0x2160, 0x217F}, Range{0xFF10, 0xFF19},   Range{0xFF21, 0xFF3A},   Range{0xFF3F, 0xFF3F},
    Range{0xFF41, 0xFF5A}, Range{0x1D400, 0x1D6A3}, Range{0x1D7CE, 0x1D7FF},
};

}  // namespace

bool is_bidirectional_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_invisible(char32_t c) { return c >= 0xAD && contains(invisible_ranges, c); }

char latin_look_alike(char32_t c) {
  const auto found = std::ranges::lower_bound(look_alikes, c, {}, &LookAlike::character);
  return found != look_alikes.end() && found->character == c ? found->latin : '\0';
}

bool is_compatibility_letter(char32_t c) { return c >= 0xAA && contains(compatibility_ranges, c); }

bool is_letter_or_digit(char32_t c) {
  if (c < 0x80) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$';
  }
  // Punctuation, symbols and spaces of the blocks that hold little else.
  const bool is_sign = c < 0xAA || (c > 0xAA && c < 0xC0 && c != 0xB5 && c != 0xBA) || c == 0xD7 ||
                       c == 0xF7 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x2190 && c <= 0x2BFF) ||
                       (c >= 0x3000 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3020) ||
                       (c >= 0xFE00 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) ||
                       c == 0xFFFD || is_invisible(c) || (c >= 0x1F000 && c <= 0x1FAFF);
  return !is_sign;
}

}  // namespace assay::lexical
