#include <cstddef>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const FileFacts& file = facts.files[i];
    if (file.is_test || file.lexical.bidirectional.empty()) continue;
    const Span& span = file.lexical.bidirectional.front();
    findings.add({static_cast<std::int32_t>(i), -1, span.begin, span.end},
                 "holds characters that turn the writing direction");
  }
}

}  // namespace

extern constinit const Rule bidirectional_text = {
    .id = "bidirectional-text",
    .title = "Code holds characters that turn the writing direction",
    .why =
        "Direction marks can make code look different from what runs: a comment that is code, "
        "a string that ends elsewhere.",
    .harmless_when = "Texts and tests in right-to-left languages.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a comment is turned around",
     .expect = "index.js:1",
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "const admin = false; /*\u202e } \u2066if (admin)\u2069 \u2066 begin */\n"},
    {.name = "a text in Hebrew",
     .expect = silent,
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "exports.greeting = \"\u05e9\u05dc\u05d5\u05dd\";\n"},
};
extern const std::span<const Sample> bidirectional_text_samples = samples;
#endif

}  // namespace assay::rules
