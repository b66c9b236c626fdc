#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository) return;
  const RepositoryFacts& repository = *facts.repository;
  const std::string where = shown(repository.url.empty() ? repository.declared : repository.url);
  if (repository.state == RepositoryState::absent) {
    findings.add(Where{}, "names a repository that does not exist or is not public: " + where);
  } else if (repository.state == RepositoryState::empty) {
    findings.add(Where{}, "names a repository that is empty: " + where);
  } else if (repository.state == RepositoryState::unusable) {
    findings.add(Severity::info, Where{}, "names no repository that can be read: " + where);
  }
}

}  // namespace

extern constinit const Rule repository_absent = {
    .id = "repository-absent",
    .title = "The repository that it names is not there",
    .why =
        "Nobody can compare the package with its sources; packages made to deceive name "
        "repositories that never were, and those of removed accounts are gone.",
    .harmless_when =
        "Software of companies that keep their sources to themselves, and old projects "
        "that moved.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "there is none", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/absent
)"},
    {.name = "it is there", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
)"},
};
extern const std::span<const Sample> repository_absent_samples = samples;
#endif

}  // namespace assay::rules
