#include <algorithm>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// What node-gyp and the loaders of prebuilt binaries call themselves: release tools add these.
bool is_usual_build(std::string_view command) {
  constexpr std::string_view usual[] = {"node-gyp rebuild", "node-gyp-build", "prebuild-install",
                                        "node-pre-gyp"};
  for (const std::string_view start : usual) {
    if (command.starts_with(start) && command.find_first_of(";&|$`") == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

void check_scripts(const Facts& facts, const RepositoryFacts& repository, Findings& findings) {
  if (!repository.fields) return;
  for (const RepositoryField& field : *repository.fields) {
    if (field.kind != RepositoryField::Kind::script) continue;
    const bool is_usual = is_usual_build(field.value);
    const std::string there = field.there.empty() ? std::string("has no such script")
                                                  : "has `" + shown(field.there) + "`";
    findings.add(is_usual ? Severity::low : Severity::high, place(facts, "package.json"),
                 "runs `" + shown(field.value) + "` as " + shown(field.name) +
                     ", where its repository " + there);
  }
}

// The repository's own manifest runs the same at install: that there is such a file is told there.
bool tells_hooks(const RepositoryFacts& repository) {
  return repository.fields &&
         std::ranges::none_of(*repository.fields, [](const RepositoryField& field) {
           return field.kind == RepositoryField::Kind::script;
         });
}

void check_files(const Facts& facts, const RepositoryFacts& repository, Findings& findings) {
  const bool is_python = facts.package->id.ecosystem == Ecosystem::pypi;
  for (const RepositoryFile& file : repository.missing) {
    const bool is_made = !file.made_by.empty() && !file.is_weakly_made;
    if (!file.at_install || is_made) continue;
    // Tools that build Python packages write a setup.py that only describes them.
    if (is_python && !file.acts) continue;
    const bool is_expected = !file.made_by.empty() || tells_hooks(repository);
    const Severity severity = is_expected ? Severity::medium : Severity::high;
    findings.add(severity, place(facts, file.path),
                 "runs while the package is installed, and is not in its repository" +
                     (file.made_by.empty() ? std::string() : " (" + shown(file.made_by) + ")"));
  }
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.repository || facts.repository->state != RepositoryState::compared) return;
  check_scripts(facts, *facts.repository, findings);
  check_files(facts, *facts.repository, findings);
}

}  // namespace

extern constinit const Rule install_not_in_repository = {
    .id = "install-not-in-repository",
    .title = "What runs at install time is not in the repository",
    .why =
        "Whoever reads the sources of this version does not see what its installation runs; "
        "stolen accounts publish exactly this.",
    .harmless_when = "The release is built by tools that add the script or the file.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "an install script and its file that only the package has",
     .expect = "setup.js:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget",
 "scripts": {"postinstall": "node setup.js"}}
==> setup.js
console.log("thanks");
==> index.js
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
    {.name = "a script of the package's manifest alone",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget",
 "scripts": {"preinstall": "node index.js"}}
==> index.js
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
    {.name = "built from a source that the repository has",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget",
 "scripts": {"postinstall": "node dist/setup.js"}}
==> dist/setup.js
console.log("thanks");
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v1.0.1/package.json
{"name": "widget", "version": "1.0.1", "scripts": {"build": "tsc", "postinstall": "node dist/setup.js"}}
==> //git/v1.0.1/src/setup.ts
console.log("thanks");
)"},
    {.name = "another version's commit", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget",
 "scripts": {"postinstall": "node setup.js"}}
==> setup.js
console.log("thanks");
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "versions": {"1.0.1": {}}}
==> //git/v0.9.0/package.json
{"name": "widget", "version": "0.9.0"}
)"},
};
extern const std::span<const Sample> install_not_in_repository_samples = samples;
#endif

}  // namespace assay::rules
