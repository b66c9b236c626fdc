#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

Severity severity_of(const RepositoryFile& file) {
  if (file.at_install && file.acts) return Severity::medium;
  return file.acts ? Severity::low : Severity::info;
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository || facts.repository->state != RepositoryState::compared) return;
  for (const RepositoryFile& file : facts.repository->changed) {
    findings.add(severity_of(file), place(facts, file.path),
                 "has " + std::to_string(file.new_lines) + " of " + std::to_string(file.lines) +
                     " lines that its repository's " + shown(file.counterpart) + " does not: `" +
                     shown(file.first_new_line) + "`");
  }
}

}  // namespace

extern constinit const Rule file_differs_from_repository = {
    .id = "file-differs-from-repository",
    .title = "A file of the package is not that of the repository",
    .why = "Whoever reads the file in the repository reads something else than what is installed.",
    .harmless_when = "Builds that write into files, and tags that were set beside the release.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a line more", .expect = "index.js:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> index.js
require("./other");
module.exports = 1;
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1"}
==> //git/v1.0.1/index.js
module.exports = 1;
)"},
    {.name = "the version that a release wrote into it, and blanks",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"}
==> index.js
exports.version = "1.0.1";
module.exports = 1;
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "0.0.0"}
==> //git/v1.0.1/index.js
exports.version = "@VERSION@";
  module.exports = 1;

)"},
};
extern const std::span<const Sample> file_differs_from_repository_samples = samples;
#endif

}  // namespace assay::rules
