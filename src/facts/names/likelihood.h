// How likely a name is as somebody's own choice: names are made of words that others are made of,
// or at least sound so; a slip of the keyboard is neither.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "facts/names/name_index.h"

namespace assay::names {

// All costs are -ln of a probability: small is likely.

// One word, which may be several written together: "webserver".
float cost_of_word(const NameIndex& index, std::string_view word);
// Several between separators, of which each costs `costs`: chosen one by one, or a beginning that
// many names have and the rest one by one.
float cost_of_words(const NameIndex& index, std::span<const std::string> words,
                    std::span<const float> costs);

}  // namespace assay::names
