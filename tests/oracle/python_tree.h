// The tree of a Python file as lines of text that python_ast.py can make from CPython's own tree.
#pragma once

#include <string>

#include "facts/code/syntax/tree.h"

namespace assay::oracle {

// One line a node: its depth, kind, operator, flags and text, separated by blanks, bytes outside
// printable ASCII escaped. What CPython's tree does not tell apart is made alike: a chain of one
// operator is flat whatever brackets it was written with, and the parts of an f-string between two
// fields are one string. Patterns of `case` are a single line.
std::string tree_lines(const code::Tree& tree);

}  // namespace assay::oracle
