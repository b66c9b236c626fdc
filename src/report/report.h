// What is told of one artifact, as plain values that outlive the package. build_report is the only
// place that turns byte ranges into lines and package text into text that is safe to show; the
// writers (text, json, sarif) only lay it out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/facts.h"
#include "report/place.h"
#include "report/surface.h"
#include "rules/rule.h"
#include "verdict/verdict.h"

namespace assay {

struct ReportedStep {
  Place place;
  std::string what;  // escaped and defanged

  bool operator==(const ReportedStep&) const = default;
};

struct ReportedFinding {
  const Rule* rule = nullptr;  // static
  Severity severity = Severity::info;
  Place place;
  std::string message;  // escaped and defanged
  std::vector<ReportedStep> steps;
  Trigger trigger = Trigger::none;  // of the file
  std::string reached_by;           // "postinstall"; escaped
  std::string file_sha256;  // what an exception has to name; empty when contents were not kept
  std::string fingerprint;  // the same for the same sight in another version: no line, no hash
  std::optional<std::string> excepted;  // the reason of the exception that covers it

  bool operator==(const ReportedFinding&) const = default;
};

struct Report {
  std::string target;   // as the user named it
  std::string archive;  // path or file name of what was read
  PackageId id;         // escaped
  std::string purl;
  ArtifactKind kind = ArtifactKind::directory;
  std::string sha256;
  std::uint64_t archive_bytes = 0;
  std::size_t files = 0;
  Verdict verdict;
  std::vector<ReportedFinding> findings;
  std::vector<Gap> gaps;           // reasons and paths escaped
  std::vector<std::string> notes;  // of the registry: "yanked: …"
  std::optional<Error> error;      // nothing could be examined; its message is escaped
  double cpu_seconds = 0;
  std::optional<ReportedSurface> surface;  // when it was asked for

  bool operator==(const Report&) const = default;
};

// The program that made a report: what makes a verdict reproducible together with the artifact.
struct Tool {
  std::string version;
  std::string ruleset;  // a hash of everything that decides what is found
  std::span<const Rule* const> rules;
};

// `rules` must hold the rule of each finding.
Report build_report(const Facts& facts, std::span<const Finding> findings, Verdict verdict,
                    std::span<const Rule* const> rules);

// "unsafe path" as programs want it: "unsafe-path".
std::string identifier(std::string_view words);

// For a target of which nothing could be examined.
Report failed_report(std::string target, const Error& error);

}  // namespace assay
