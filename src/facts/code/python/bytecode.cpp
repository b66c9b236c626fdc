#include "facts/code/python/bytecode.h"

#include <utility>
#include <vector>

#include "facts/code/python/bytecode_code.h"

namespace assay::code::python {
namespace {

// The versions that have the layout in which marshalled data was read, the most used first.
std::vector<int> versions_like(const Bytecode& bytecode) {
  if (bytecode.is_version_known) return {bytecode.minor};
  if (bytecode.minor == 11) return {11, 12, 13};
  if (bytecode.minor == 8) return {10, 9, 8};
  if (bytecode.minor == 6) return {7, 6};
  return {bytecode.minor};
}

}  // namespace

std::optional<std::string> text_of_bytecode(std::string_view bytes) {
  const std::optional<Bytecode> bytecode = read_bytecode_objects(bytes);
  if (!bytecode) return std::nullopt;
  std::optional<Writer> best;
  // Marshalled data does not say which version wrote it: the one that understands it is right.
  for (const int minor : versions_like(*bytecode)) {
    Writer out(minor);
    CodeWriter(*bytecode, bytecode->main, out, 0).write();
    if (!best || out.misunderstood() < best->misunderstood()) best = std::move(out);
    if (best->misunderstood() == 0) break;
  }
  return best ? std::optional(best->take()) : std::nullopt;
}

}  // namespace assay::code::python
