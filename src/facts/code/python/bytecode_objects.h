// Objects that CPython's marshal wrote (Python/marshal.c): those that compiled code is made of.
// Sizes and references are checked, nesting is bounded; what does not fit gives nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::code {

struct CodeObject {
  // A constant as source text, or a code object by its number in Bytecode::codes.
  struct Constant {
    std::string text;
    int code = -1;
    std::vector<std::string> names;  // of a tuple of texts: keywords, what is imported
  };
  std::string name;
  std::uint32_t arguments = 0, keyword_only = 0, flags = 0;
  std::string_view code;
  std::vector<Constant> constants;
  std::vector<std::string> names;      // globals, attributes and modules
  std::vector<std::string> variables;  // locals; from 3.11 on cells as well
  std::vector<std::string> cells;      // cells and free variables, before 3.11
};

struct Bytecode {
  int minor = 0;  // of Python 3; -1 for 2.7; of marshalled data the first version with its layout
  bool is_version_known = false;
  std::vector<CodeObject> codes;
  int main = -1;  // number of the outermost
};

// A .pyc file, or what marshal.dumps gave for a code object.
std::optional<Bytecode> read_bytecode_objects(std::string_view bytes);

}  // namespace assay::code
