#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// So many of the releases before it that a missing tag is a break with habit.
constexpr std::size_t least_tagged = 3;

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository) return;
  const RepositoryFacts& repository = *facts.repository;
  if (repository.has_lost_commit) {
    findings.add(Where{}, "was published from a commit that its repository does not have");
    return;
  }
  const bool is_unmatched =
      repository.state == RepositoryState::unmatched && repository.from == CommitFrom::none;
  if (!is_unmatched || repository.earlier_tagged < least_tagged) return;
  findings.add(Where{}, "has no tag in its repository, where " +
                            std::to_string(repository.earlier_tagged) + " of the " +
                            std::to_string(repository.earlier) + " releases before it have one");
}

}  // namespace

extern constinit const Rule release_without_tag = {
    .id = "release-without-tag",
    .title = "The release is not in the repository where those before it are",
    .why =
        "Whoever stole the registry's account has none of the repository: what they publish has "
        "no tag and no commit there.",
    .harmless_when = "A maintainer forgot to push the tag, or changed how releases are made.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "the first release without a tag", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.3", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget 1.0.3
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.0": {}, "1.0.1": {}, "1.0.2": {}, "1.0.3": {}}}
==> //git/v1.0.0/package.json
{"name": "widget", "version": "1.0.0"}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //git/v1.0.2/package.json
{"name": "widget", "version": "1.0.2"}
)"},
    {.name = "published from a commit that was never pushed",
     .expect = "package",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.3", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget 1.0.3
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.3": {"gitHead": "0123456789abcdef0123456789abcdef01234567"}}}
==> //git/v1.0.2/package.json
{"name": "widget", "version": "1.0.2"}
)"},
    {.name = "a project that never sets tags", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.3", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget 1.0.3
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.0": {}, "1.0.1": {}, "1.0.2": {}, "1.0.3": {}}}
==> //git/master/package.json
{"name": "widget", "version": "1.0.0"}
)"},
};
extern const std::span<const Sample> release_without_tag_samples = samples;
#endif

}  // namespace assay::rules
