#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view phrases[] = {"dependency confusion",
                                        "dependency-confusion",
                                        "bug bounty",
                                        "bugbounty",
                                        "hackerone",
                                        "bugcrowd",
                                        "security research",
                                        "proof of concept",
                                        "proof-of-concept",
                                        "poc package",
                                        "for testing purposes only",
                                        "pentest",
                                        "rce poc",
                                        "intigriti",
                                        "yeswehack",
                                        "malicious package",
                                        "leaking environment"};

std::string said(const Facts& facts) {
  std::string text;
  if (facts.npm)
    text += facts.npm->description + " " + facts.npm->author + " " + facts.npm->homepage + "\n";
  if (facts.python && facts.python->metadata) {
    const CoreMetadata& metadata = *facts.python->metadata;
    text += metadata.summary + " " + metadata.author + " " + metadata.author_email + " " +
            metadata.home_page + "\n";
    // A long description belongs to a real project, which may well write about attacks.
    if (metadata.description.size() < 400) text += metadata.description;
  }
  return to_lower_ascii(text);
}

void check(const Facts& facts, Findings& findings) {
  constexpr std::size_t most_files =
      15;  // Probes are small; tools that speak of the attack are not.
  if (facts.package->files.size() > most_files) return;
  const std::string text = said(facts);
  for (const std::string_view phrase : phrases) {
    if (!contains(text, phrase)) continue;
    const std::string_view path = facts.npm ? std::string_view(facts.npm->path)
                                            : std::string_view(facts.python->metadata->path);
    findings.add(place(facts, path), "speaks of \"" + std::string(phrase) + "\"");
    return;
  }
}

}  // namespace

extern constinit const Rule says_proof_of_concept = {
    .id = "says-proof-of-concept",
    .title = "The package calls itself a proof of concept or a placeholder against confusion",
    .why =
        "Such packages are published under the names of others' internal packages, and mostly "
        "report who installed them.",
    .harmless_when = "A security tool that describes the attack which it finds.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a probe says what it is", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "description": "dependency confusion test"}
)"},
    {.name = "a library says what it does", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "description": "adds numbers"}
)"},
};
extern const std::span<const Sample> says_proof_of_concept_samples = samples;
#endif

}  // namespace assay::rules
