// The characters of a text file, as code and as data.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "facts/lexical/lexical_facts.h"

using namespace assay;

namespace {

void check(const std::vector<Span>& spans, std::size_t size) {
  std::uint32_t last = 0;
  for (const Span& span : spans) {
    CHECK(span.begin < span.end && span.end <= size && span.begin >= last);
    last = span.begin;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool is_code : {true, false}) {
    const LexicalFacts facts = read_lexical_facts(text, is_code);
    CHECK(facts.entropy >= 0 && facts.entropy <= 8 && facts.longest_line <= size);
    check(facts.hidden_columns, size);
    check(facts.bidirectional, size);
    check(facts.invisible_runs, size);
    check(facts.confusable_identifiers, size);
    check(facts.long_encoded_strings, size);
    for (const LexicalFacts::Obfuscated& found : facts.obfuscators) {
      CHECK(found.where.begin < found.where.end && found.where.end <= size);
      CHECK(!to_string(found.kind).empty());
    }
  }
  return 0;
}
