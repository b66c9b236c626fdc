#include <cstddef>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool looks_like_repository(std::string_view text) {
  static constexpr std::string_view shorthands[] = {"github:", "gitlab:", "bitbucket:", "gist:"};
  for (const std::string_view start : shorthands) {
    if (text.starts_with(start)) return text.size() > start.size();
  }
  if (contains(text, "://") || text.starts_with("git@")) return contains(text, ".");
  // owner/name, as npm reads it
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() &&
         !contains(text, " ");
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm) return;
  const NpmManifest& npm = *facts.npm;
  const bool is_bad = !npm.repository.empty() && !looks_like_repository(trim(npm.repository));
  if (!npm.repository_is_malformed && !is_bad) return;
  findings.add(place(facts, npm.path, npm.repository_where.begin, npm.repository_where.end),
               "gives \"" + shown(npm.repository) + "\" as its repository");
}

}  // namespace

extern constinit const Rule repository_malformed = {
    .id = "repository-malformed",
    .title = "The repository field is no address of a repository",
    .why =
        "Such a field points nowhere; often it was filled in to make the package look "
        "complete.",
    .harmless_when = "A shorthand that no client knows, or a slip of the pen.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a word in place of an address",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "repository": {"type": "git", "url": "checking"}}
)"},
    {.name = "a shorthand", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "repository": "github:widget/widget"}
)"},
};
extern const std::span<const Sample> repository_malformed_samples = samples;
#endif

}  // namespace assay::rules
