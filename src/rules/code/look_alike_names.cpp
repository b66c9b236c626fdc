#include <cstddef>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const FileFacts& file = facts.files[i];
    if (file.is_test || file.lexical.confusable_identifiers.empty()) continue;
    const Span& span = file.lexical.confusable_identifiers.front();
    findings.add({static_cast<std::int32_t>(i), -1, span.begin, span.end},
                 "names something with look-alike letters of another script");
  }
}

}  // namespace

extern constinit const Rule look_alike_names = {
    .id = "look-alike-names",
    .title = "Names in the code mix look-alike letters of other scripts",
    .why =
        "A name with a Cyrillic letter in it looks like another name and is not, so that a "
        "reader takes one function for another.",
    .harmless_when = "Mathematical or transliterated names in a scientific package.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a function has a Cyrillic letter",
     .expect = "index.js:1",
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "function ex\u0435cute() { return 1; }\n"
               "exports.run = ex\u0435cute;\n"},
    {.name = "names are Greek throughout",
     .expect = silent,
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "exports.\u03b1 = 1;\n"},
};
extern const std::span<const Sample> look_alike_names_samples = samples;
#endif

}  // namespace assay::rules
