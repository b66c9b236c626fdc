// JavaScript, TypeScript and JSX to a Tree. Accepts any bytes, never throws, never validates:
// sloppy and strict, script and module, all at once. Time is linear in the source.
#pragma once

#include "facts/code/syntax/tree.h"

namespace assay::code {

struct JavaScriptOptions {
  bool typescript = false;  // .ts .mts .cts .tsx: types are read and dropped
  bool jsx = true;          // off for .ts, where <T>x is a cast
  // .mjs, or "type": "module" without a word to the contrary. Only scripts have comments that begin
  // with <!-- or -->. Import and export statements tell a module as well; a script with such a
  // comment gets a skipped range, because the same bytes may run as a module.
  bool module = false;
};

// `source` must outlive the tree.
Tree parse_javascript(std::string_view source, JavaScriptOptions options = {},
                      const ParseLimits& limits = {});

}  // namespace assay::code
