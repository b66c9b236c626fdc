#include "facts/names/shipped/shipped_names.h"

#include "base/check.h"

// Not an array in C++: a compiler takes minutes over millions of numbers.
asm(".pushsection .rodata\n"
    ".balign 64\n"
    ".global assay_names_index_begin\n"
    "assay_names_index_begin:\n"
    ".incbin \"" NAMES_INDEX
    "\"\n"
    ".global assay_names_index_end\n"
    "assay_names_index_end:\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" const std::byte assay_names_index_begin[], assay_names_index_end[];

namespace assay::names {

const NameIndex& shipped_names() {
  static const NameIndex index = [] {
    const std::span bytes(assay_names_index_begin, assay_names_index_end);
    Result<NameIndex> opened = NameIndex::open(bytes, false);
    CHECK(opened.has_value());
    return std::move(*opened);
  }();
  return index;
}

}  // namespace assay::names
