// binding.gyp: any bytes give a file or an error, and every range lies inside the text.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "ecosystems/npm/gyp.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = assay::read_gyp({reinterpret_cast<const char*>(data), size});
  if (!file) return 0;
  for (const assay::GypCommand& command : file->commands) {
    CHECK(command.where.begin <= command.where.end && command.where.end <= size);
  }
  return 0;
}
