// Advisory records, and indexes of them.
#include <cstring>
#include <vector>

#include "facts/advisories/advisory_index.h"
#include "facts/advisories/affected.h"
#include "facts/advisories/encoding.h"
#include "facts/advisories/index_builder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  assay::AdvisoryIndexBuilder builder;
  if (builder.add(text)) {
    const std::string bytes = builder.build(assay::Time());
    std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
    std::memcpy(words.data(), bytes.data(), bytes.size());
    const auto index =
        assay::AdvisoryIndex::open(std::as_bytes(std::span(words)).first(bytes.size()));
    if (!index || !index->verify()) std::abort();
    for (const assay::Advisory& advisory :
         index->find(assay::Ecosystem::npm, "x").value_or(std::vector<assay::Advisory>())) {
      assay::affects(advisory, assay::Ecosystem::npm, "1.0.0");
      assay::fixed_in(advisory, assay::Ecosystem::npm, "1.0.0");
    }
  }
  assay::advisory_layout::read_record(text);
  std::vector<std::uint64_t> words(size / 8 + 1);
  std::memcpy(words.data(), data, size);
  const auto index = assay::AdvisoryIndex::open(std::as_bytes(std::span(words)).first(size));
  if (index && index->find(assay::Ecosystem::npm, "x")) return 0;
  return 0;
}
