// Compiled Python: any bytes end, and what is made of them is text that the parser takes.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "facts/code/python/bytecode.h"
#include "facts/code/python/parser.h"

using namespace assay;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::optional<std::string> text = code::python::text_of_bytecode(bytes);
  if (!text) return 0;
  CHECK(text->size() <= (8u << 20) + 256);
  code::parse_python(*text);
  return 0;
}
