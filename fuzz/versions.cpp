// Versions and ranges of both ecosystems: two lines of text. Orders must agree both ways round, and
// a normalised npm version must read as itself.
#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ecosystems/npm/version.h"
#include "ecosystems/pypi/pep440.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Normalising may add a few characters, and npm bounds the length.
  if (size > 200) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view first = text.substr(0, text.find('\n'));
  const std::string_view second = text.substr(std::min(first.size() + 1, size));

  const auto npm_a = assay::parse_npm_version(first), npm_b = assay::parse_npm_version(second);
  if (npm_a && npm_b) CHECK((*npm_a <=> *npm_b) == (0 <=> (*npm_b <=> *npm_a)));
  if (npm_a) CHECK(assay::parse_npm_version(npm_a->text()) == *npm_a);
  const auto range = assay::NpmRange::parse(second);
  if (range && npm_a) range->matches(*npm_a);

  const auto pypi_a = assay::parse_pep440_version(first);
  const auto pypi_b = assay::parse_pep440_version(second);
  if (pypi_a && pypi_b) CHECK((*pypi_a <=> *pypi_b) == (0 <=> (*pypi_b <=> *pypi_a)));
  const auto specifiers = assay::Pep440Specifiers::parse(second);
  if (specifiers && pypi_a) specifiers->match(*pypi_a, first);
  return 0;
}
