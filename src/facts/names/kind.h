// The ways in which one name can be near another.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::names {

enum class Kind : std::uint8_t {
  separators,       // dropped, added, moved or swapped: crossenv, python_dateutil on npm
  letter_case,      // npm: only capitals differ
  look_alike,       // ASCII characters that look alike: jeIlyfish
  foreign_letters,  // letters of other scripts that look like ASCII ones
  swapped,          // two letters next to each other
  doubled,          // a letter twice that is there once
  undoubled,        // and once that is there twice
  omitted,
  added,
  keyboard,  // a key beside the right one
  vowel,     // one vowel for another
  bit_flip,  // a letter whose code differs in one bit
  replaced,
  distant,           // two slips
  reordered,         // the same words
  number,            // a number at the end added, dropped or changed
  plural,            // an s added or dropped
  scope_flattened,   // types-node for @types/node
  scope_dropped,     // the name without its scope
  scope_look_alike,  // a scope that is nearly a known one: @bable/anything
  affix_added,       // what says nothing new: python-, -js, -official, -v2
  affix_dropped,     // dateutil for python-dateutil
  affix_exchanged,   // python-mongo for pymongo
  word_added,        // any other word beside the whole name
  slip_and_affix,    // a slip, and an affix beside it
  import_name,       // PyPI: what is imported, where the project has another name
  in_other_scope,    // npm: the same name under a scope; forks are published so
};

std::string_view to_string(Kind kind);  // as in JSON: "letter_case" is "letter-case"

}  // namespace assay::names
