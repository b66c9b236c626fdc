#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository || facts.repository->state != RepositoryState::compared) return;
  const RepositoryFacts& repository = *facts.repository;
  if (!repository.fields) return;
  std::size_t dependencies = 0;
  const RepositoryField* first = nullptr;
  for (const RepositoryField& field : *repository.fields) {
    if (field.kind != RepositoryField::Kind::dependency) continue;
    ++dependencies;
    if (first == nullptr) first = &field;
  }
  if (first == nullptr) return;
  // One that was slipped in; tools that bundle rewrite many.
  const Severity severity = dependencies <= 2 ? Severity::low : Severity::info;
  findings.add(severity, place(facts, "package.json"),
               "depends on " + shown(first->name) +
                   (dependencies > 1 ? " and " + std::to_string(dependencies - 1) + " more" : "") +
                   ", which its repository's package.json does not");
}

}  // namespace

extern constinit const Rule dependency_not_in_repository = {
    .id = "dependency-not-in-repository",
    .title = "The package depends on something that its repository does not name",
    .why =
        "A dependency that exists only in the published package brought the payload of several "
        "stolen releases.",
    .harmless_when = "Release tools of repositories with many packages write dependencies anew.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "one more dependency", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget",
 "dependencies": {"gadget": "^1.0.0", "plain-dial": "^4.2.1"}}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1", "dependencies": {"gadget": "workspace:*"}}
)"},
    {.name = "moved from another group", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget",
 "dependencies": {"gadget": "^1.0.0"}}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1", "devDependencies": {"gadget": "^1.0.0"}}
)"},
};
extern const std::span<const Sample> dependency_not_in_repository_samples = samples;
#endif

}  // namespace assay::rules
