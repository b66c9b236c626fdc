#include <cstddef>
#include <cstdint>
#include <set>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// A character of the text may be spread over eight that stand for a bit each, of four bytes each.
constexpr std::size_t most_bytes_a_character = 32;

void check(const Facts& facts, Findings& findings) {
  const HiddenCode hidden(facts);
  std::set<std::int32_t> decoding;
  for (const Disguised& disguised : facts.disguises) {
    if (disguised.kind == Disguise::invisible_text) decoding.insert(disguised.where.file);
  }
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const FileFacts& file = facts.files[i];
    if (file.is_test || file.trigger == Trigger::test) continue;
    // A text that nothing runs hides nothing that could act; one that code reads and decodes does.
    const bool is_read =
        decoding.contains(static_cast<std::int32_t>(i)) || file.trigger != Trigger::none;
    if (!is_read) continue;
    const std::int32_t index = static_cast<std::int32_t>(i);
    const bool is_decoded = decoding.contains(index);
    for (const Span& span : file.lexical.invisible_runs) {
      // Decoded whole and found idle: what it became is no smaller than what it can hold.
      const bool is_harmless =
          hidden.is_opened(index) &&
          hidden.opened_bytes(index) * most_bytes_a_character >= span.end - span.begin;
      findings.add(is_harmless  ? Severity::low
                   : is_decoded ? Severity::critical
                                : Severity::high,
                   {index, -1, span.begin, span.end},
                   is_decoded ? "decodes text that is hidden in invisible characters"
                              : "holds a run of invisible characters");
    }
  }
}

}  // namespace

extern constinit const Rule invisible_text = {
    .id = "invisible-text",
    .title = "The package hides text in invisible characters",
    .why =
        "Variation selectors, tags and zero-width characters show nothing and can hold any "
        "program. Worms of editor extensions spread that way.",
    .harmless_when =
        "A table of emoji or a test of a text library. A text that was decoded whole and does "
        "nothing weighs little.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a string holds sixteen variation selectors and more",
     .expect = "index.js:1",
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "exports.mark = "
               "\"\ufe01\ufe02\ufe03\ufe04\ufe01\ufe02\ufe03\ufe04\ufe01\ufe02\ufe03\ufe04\ufe01"
               "\ufe02\ufe03\ufe04\ufe01\ufe02\ufe03\ufe04\ufe01\ufe02\ufe03\ufe04\ufe01\ufe02"
               "\ufe03\ufe04\ufe01\ufe02\ufe03\ufe04\";\n"},
    {.name = "an emoji has its one selector",
     .expect = silent,
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "exports.heart = \"\u2764\ufe0f\";\n"},
};
extern const std::span<const Sample> invisible_text_samples = samples;
#endif

}  // namespace assay::rules
