#include "facts/names/kind.h"

#include <array>

namespace assay::names {
namespace {

// In the order of Kind.
constexpr std::array<std::string_view, 27> texts = {
    "separators",  "letter-case",    "look-alike",      "foreign-letters", "swapped",
    "doubled",     "undoubled",      "omitted",         "added",           "keyboard",
    "vowel",       "bit-flip",       "replaced",        "distant",         "reordered",
    "number",      "plural",         "scope-flattened", "scope-dropped",   "scope-look-alike",
    "affix-added", "affix-dropped",  "affix-exchanged", "word-added",      "slip-and-affix",
    "import-name", "in-other-scope",
};
static_assert(texts.size() == static_cast<std::size_t>(Kind::in_other_scope) + 1);

}  // namespace

std::string_view to_string(Kind kind) { return texts[static_cast<std::size_t>(kind)]; }

}  // namespace assay::names
