#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_code_address(std::string_view text) {
  static constexpr std::string_view hosts[] = {
      "github.com", "gitlab", "bitbucket.org", "codeberg.org", "sr.ht", "gitee.com", "git."};
  return std::ranges::any_of(
      hosts, [&](std::string_view host) { return contains_ignoring_case(text, host); });
}

void check(const Facts& facts, Findings& findings) {
  if (facts.npm && facts.npm->repository.empty() && !facts.npm->repository_is_malformed) {
    findings.add(place(facts, facts.npm->path), "names no repository");
  }
  if (!facts.python || !facts.python->metadata) return;
  const CoreMetadata& metadata = *facts.python->metadata;
  const bool is_named = is_code_address(metadata.home_page) ||
                        is_code_address(metadata.download_url) ||
                        std::ranges::any_of(metadata.project_urls, is_code_address);
  if (!is_named) findings.add(place(facts, metadata.path), "names no repository");
}

}  // namespace

extern constinit const Rule repository_missing = {
    .id = "repository-missing",
    .title = "The package names no repository",
    .why = "Without one, nobody can compare what was published with what was written in the open.",
    .harmless_when = "Private or generated packages.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a package without one", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0"}
)"},
    {.name = "a distribution without one", .expect = "PKG-INFO:1", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
)"},
    {.name = "a package with one", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "repository": "https://git.example.test/widget.git"}
)"},
};
extern const std::span<const Sample> repository_missing_samples = samples;
#endif

}  // namespace assay::rules
