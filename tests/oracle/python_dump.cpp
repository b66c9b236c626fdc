// Writes the trees of Python files for python_ast.py to compare. File names come from standard
// input, one a line; each answer is a line "== LENGTH SKIPPED" and LENGTH bytes.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "facts/code/python/parser.h"
#include "python_tree.h"

int main() {
  for (std::string path; std::getline(std::cin, path);) {
    std::ifstream file(path, std::ios::binary);
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    const assay::code::Tree tree = assay::code::parse_python(source);
    const std::string lines = assay::oracle::tree_lines(tree);
    std::printf("== %zu %zu\n", lines.size(), tree.skipped.size());
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    std::fflush(stdout);
  }
}
