#include <algorithm>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_young(const Facts& facts) {
  if (!facts.metadata) return false;
  const Known<std::chrono::seconds> age = facts.metadata->project_age();
  return age && *age < std::chrono::days(90);
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository || facts.repository->name != NameMatch::differs) return;
  const RepositoryFacts& repository = *facts.repository;
  // Projects were renamed, and forks forget to say where they moved; new ones have no such excuse.
  findings.add(is_young(facts) ? Severity::medium : Severity::low, Where{},
               "names a repository whose manifests are of " + shown(repository.names.front()) +
                   (repository.names.size() > 1
                        ? " and " + std::to_string(repository.names.size() - 1) + " more"
                        : std::string()) +
                   ", not of this package: " + shown(repository.url));
}

}  // namespace

extern constinit const Rule repository_of_another = {
    .id = "repository-of-another",
    .title = "The repository that it names is another package's",
    .why =
        "Stars, contributors and history of a known repository lend their trust to whoever names "
        "it: registries don't check the claim.",
    .harmless_when = "Forks and renamed projects.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "all manifests have other names", .expect = "package", .bundle = R"(==> package.json
{"name": "widget-pro", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget-pro 1.0.1
==> //npm/widget-pro.json
{"name": "widget-pro", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //git/v1.0.1/packages/core/package.json
{"name": "widget-core", "version": "1.0.1"}
)"},
    {.name = "one of many packages in it", .expect = silent, .bundle = R"(==> package.json
{"name": "widget-core", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> //package
npm widget-core 1.0.1
==> //npm/widget-core.json
{"name": "widget-core", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //git/v1.0.1/packages/core/package.json
{"name": "widget-core", "version": "1.0.1"}
)"},
    {.name = "a setup.py that computes its name", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
Project-URL: Source, https://code.example.test/ann/widget
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
==> //git/v1.0/setup.py
setup(name=read_name())
)"},
};
extern const std::span<const Sample> repository_of_another_samples = samples;
#endif

}  // namespace assay::rules
