#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_readme(std::string_view path) {
  const bool is_at_top = !contains(path, "/") || contains(path, ".dist-info/");
  return is_at_top && starts_with_ignoring_case(path, "readme");
}

// Python distributions carry their README as the description of their metadata.
bool is_described(const Facts& facts) {
  if (!facts.python || !facts.python->metadata) return false;
  return trim(facts.python->metadata->description).size() >= 40;
}

void check(const Facts& facts, Findings& findings) {
  if ((!facts.npm && !facts.python) || is_described(facts)) return;
  for (const File& file : facts.package->files) {
    if (is_readme(file.path) && (file.dropped || trim(file.bytes).size() >= 40)) return;
  }
  findings.add(Where{}, "has no README, or one without contents");
}

}  // namespace

extern constinit const Rule readme_missing = {
    .id = "readme-missing",
    .title = "The package has no README, or an empty one",
    .why =
        "Whoever publishes something for others describes it. Placeholders and probes rarely "
        "do.",
    .harmless_when = "Parts of a larger project, published by a machine.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a package without a description", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0"}
==> index.js
exports.a = 1;
)"},
    {.name = "a package with one", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0"}
==> README.md
# Sample
Adds two numbers, as a widget of a package with a README.
)"},
};
extern const std::span<const Sample> readme_missing_samples = samples;
#endif

}  // namespace assay::rules
