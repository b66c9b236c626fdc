// Names, lists of names, and indexes of names.
#include <cstring>
#include <vector>

#include "facts/names/index_builder.h"
#include "facts/names/judge.h"

namespace {

// The rest of the input as an index, of which the checksum is taken to be right.
void ask_index(const std::string& bytes) {
  std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  const auto index =
      assay::names::NameIndex::open(std::as_bytes(std::span(words)).first(bytes.size()), false);
  if (index) assay::names::judge_name(*index, assay::Ecosystem::npm, "@bable/coer");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::uint64_t> words = [] {
    const std::vector<assay::names::RankedName> npm = {{"lodash", 1}, {"@babel/core", 2}};
    const std::vector<assay::names::RankedName> pypi = {{"requests", 1}, {"python-dateutil", 2}};
    const std::string bytes = assay::names::build_index(
        npm, pypi, assay::names::build_language(npm, pypi, "word\n").view());
    std::vector<std::uint64_t> aligned(bytes.size() / 8);
    std::memcpy(aligned.data(), bytes.data(), aligned.size() * 8);
    return aligned;
  }();
  static const auto index = assay::names::NameIndex::open(std::as_bytes(std::span(words)), false);
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (index) {
    assay::names::judge_name(*index, assay::Ecosystem::npm, text);
    assay::names::judge_name(*index, assay::Ecosystem::pypi, text);
  }
  const auto list = assay::names::read_name_list(assay::Ecosystem::npm, text);
  if (list && !list->empty() && list->size() < 50) {
    assay::names::build_index(*list, {}, assay::names::build_language(*list, {}, "").view());
  }
  ask_index(text);
  return 0;
}
