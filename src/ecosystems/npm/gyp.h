// binding.gyp and .gypi files: Python literals that node-gyp reads with eval() and whose strings
// run commands while it configures (https://gyp.gsrc.io/docs/InputFormatReference.md). Tolerant:
// what node-gyp could read is read, and nothing is evaluated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "ecosystems/npm/manifest.h"

namespace assay {

enum class GypCommandKind : std::uint8_t {
  expansion,   // <!(…), <!@(…), >!(…), ^!(…): a shell runs it while node-gyp configures
  module,      // <!pymod_do_main(module …): a Python module beside the file is imported
  action,      // an `action` of a target, rule or post-build: runs while the add-on is built
  make_shell,  // $(shell …) or `…` inside a value: make's shell runs it
  expression,  // Python code in the place of a literal, or a condition with dunder names: eval()
};

struct GypCommand {
  GypCommandKind kind = GypCommandKind::expansion;
  // A command line with the file's own variables put in and `hole` for others; for `module` the
  // module and its arguments; for `expression` Python.
  std::string command;
  TextRange where;
  bool operator==(const GypCommand&) const = default;
};

struct GypFile {
  std::vector<GypCommand> commands;   // in the order of the text
  std::vector<std::string> includes;  // other GYP files that are read with it, as written
  bool has_native_sources = false;    // some target lists C, C++ or assembler files
  bool sources_are_computed = false;  // some target's list comes out of an expansion
  bool is_cut = false;                // there are more commands than are listed
};

Result<GypFile> read_gyp(std::string_view text, const Limits& limits = {});

}  // namespace assay
