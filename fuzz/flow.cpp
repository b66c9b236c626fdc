// The abstract interpreter on arbitrary code: the first byte chooses the language.
#include <cstddef>
#include <cstdint>
#include <string>

#include "facts/code/flow/flow.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const bool is_python = (data[0] & 1) != 0;
  assay::Package package;
  assay::File file;
  file.path = is_python ? "a.py" : "a.js";
  file.kind = is_python ? assay::FileKind::python : assay::FileKind::javascript;
  file.bytes.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  file.size_bytes = file.bytes.size();
  package.files.push_back(std::move(file));
  const assay::code::FileRole roles[] = {
      {assay::Trigger::import, false, assay::Trigger::import, {}}};
  assay::code::FlowLimits limits;
  limits.base_steps = 300'000;
  assay::code::analyse_flow(package, roles, {}, limits);
  return 0;
}
