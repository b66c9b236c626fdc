// Bytes of a registry's document about a package, and which release a request of it means.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ecosystems/npm/packument.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const assay::Result<assay::Packument> packument = assay::parse_packument(text);
  if (!packument) return 0;
  for (const std::string_view wanted : {"", "next", "1.0.0", ">=1 <3", "^0.1 || 2.x", "*"}) {
    const auto release = assay::choose_release(*packument, wanted);
    CHECK(release || !release.error().message.empty());
  }
  return 0;
}
