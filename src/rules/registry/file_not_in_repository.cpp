#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository || facts.repository->state != RepositoryState::compared) return;
  const RepositoryFacts& repository = *facts.repository;
  const RepositoryFile* first = nullptr;
  for (const RepositoryFile& file : repository.missing) {
    if (!file.made_by.empty()) continue;
    if (file.acts && !file.at_install) {
      findings.add(Severity::low, place(facts, file.path),
                   "acts when it is loaded, and is not in the repository");
    } else if (first == nullptr) {
      first = &file;
    }
  }
  if (first == nullptr) return;
  findings.add(Severity::info, place(facts, first->path),
               repository.missing_count > 1
                   ? "is one of " + std::to_string(repository.missing_count) +
                         " code files that are not in the repository"
                   : "is not in the repository");
}

}  // namespace

extern constinit const Rule file_not_in_repository = {
    .id = "file-not-in-repository",
    .title = "The package holds code that its repository does not",
    .why = "Whoever reads the sources of this version does not see all that is installed.",
    .harmless_when =
        "Code that a build makes in a way that its name does not tell, and projects "
        "that publish from elsewhere.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module that only the package has",
     .expect = "extra.js:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> index.js
module.exports = 1;
==> extra.js
module.exports = 2;
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //git/v1.0.1/index.js
module.exports = 1;
)"},
    {.name = "all modules are in the repository, one with other line ends, in a folder of it",
     .expect = silent,
     .bundle = R"(==> widget/__init__.py
x = 1
==> widget/more.py
y = 2
==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0
Project-URL: Source, https://code.example.test/ann/widget
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
==> //git/v1.0/src/widget/__init__.py
x = 1
==> //git/v1.0/src/widget/more.py
y = 2
)"},
};
extern const std::span<const Sample> file_not_in_repository_samples = samples;
#endif

}  // namespace assay::rules
