// Binary members of every known format.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "facts/binary/binary_facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const std::optional<assay::BinaryFacts> facts = assay::read_binary_facts(bytes)) {
    CHECK(facts->trailing_bytes <= size);
    CHECK(facts->imports.size() <= 4096 && std::ranges::is_sorted(facts->imports));
    CHECK(facts->strings.size() <= 256 && std::ranges::is_sorted(facts->strings));
  }
  return 0;
}
