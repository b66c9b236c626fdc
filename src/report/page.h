// One page about a package that somebody is about to install: the answer with its reasons, then
// what is known, section by section, each line with its source. build_page turns facts and findings
// into text that is safe to show; page_text.cpp and page_json.cpp lay it out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace assay {

enum class Answer : std::uint8_t { install, look_first, do_not_install };
std::string_view to_string(Answer answer);

struct PageReason {
  std::string text;  // a sentence
  std::string rule;  // empty: no finding's
  Severity severity = Severity::info;

  bool operator==(const PageReason&) const = default;
};

enum class Mark : std::uint8_t {
  plain,
  concern,  // a finding is about it
  unknown,  // the text is the reason
};
std::string_view to_string(Mark mark);

struct PageLine {
  std::string label, text;
  Mark mark = Mark::plain;
  std::string rule;                    // of the finding that makes it a concern
  Severity severity = Severity::info;  // of that finding
  std::string source;                  // "npm registry 127.0.0.1:4873"
  std::optional<Time> asked;           // when the source said so

  bool operator==(const PageLine&) const = default;
};

struct PageSection {
  std::string title;
  std::vector<PageLine> lines;

  bool operator==(const PageSection&) const = default;
};

struct Page {
  std::string target;
  PackageId id;  // escaped
  std::string purl;
  std::string summary;  // what the package says that it is
  Answer answer = Answer::look_first;
  Decision decision = Decision::allow;
  bool complete = true;
  int score = 0;
  std::vector<PageReason> reasons;  // the three strongest
  std::vector<PageSection> sections;
  std::vector<Report> artifacts;  // what was read of it, with all findings
  std::optional<Error> error;     // why no artifact could be read
  Time now;

  bool operator==(const Page&) const = default;
};

// `artifacts` are the facts of what was read, those with the outside's facts first, and `reports`
// the reports of them; without any artifact it is the facts of a package without files. `error`
// tells why there is none.
struct PageInput {
  std::string target;
  PackageId id;
  std::span<const Facts* const> artifacts;
  std::vector<Report> reports;
  std::optional<Error> error;
  Time now;
};
Page build_page(PageInput input);

}  // namespace assay
