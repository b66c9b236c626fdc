// Bytes of a README or a requirements file.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/timestamp.h"
#include "ecosystems/pypi/requirements.h"
#include "facts/metadata/documentation.h"
#include "facts/metadata/likeness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Ecosystem ecosystem : {Ecosystem::npm, Ecosystem::pypi}) {
    const Documentation facts = read_documentation(text, ecosystem, "adds", "README");
    CHECK(facts.installs.size() <= 8);
  }
  const TextSketch drawn = sketch(text, "adds");
  const double same = likeness(drawn, drawn);
  CHECK(same == 0 || same == 1);
  for (const PypiRequirement& requirement : parse_requirements_file(text).requirements) {
    CHECK(!requirement.name.empty() || !requirement.url.empty());
  }
  (void)parse_timestamp(text);
  return 0;
}
