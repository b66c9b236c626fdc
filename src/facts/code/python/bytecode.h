// Compiled Python as Python text, so that it is analysed like any other: names, constants, calls
// and assignments in the order of the instructions, with loops, conditions and functions where the
// jumps tell them. It is no decompiler: handlers of exceptions run where they stand, and a loop of
// `while` runs once. CPython 2.7 and 3.6 to 3.13.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::code::python {

// Of a .pyc file, or of what marshal.dumps gave for a code object; nothing when it is neither. A
// line that is no Python stands where a part was not understood, so that the reader of the text,
// like its parser, sees that something is missing.
std::optional<std::string> text_of_bytecode(std::string_view bytes);

}  // namespace assay::code::python
