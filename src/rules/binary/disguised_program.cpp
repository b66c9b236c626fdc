#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view innocent[] = {".png", ".jpg",  ".jpeg", ".gif",   ".ico", ".svg",
                                         ".bmp", ".webp", ".txt",  ".md",    ".rst", ".json",
                                         ".css", ".html", ".woff", ".woff2", ".ttf", ".pdf",
                                         ".mp3", ".mp4",  ".yml",  ".yaml",  ".js",  ".py"};

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const std::optional<BinaryFacts>& binary = facts.files[i].binary;
    if (!binary || facts.files[i].is_test) continue;
    const bool is_program = binary->format == BinaryFacts::Format::elf ||
                            binary->format == BinaryFacts::Format::pe ||
                            binary->format == BinaryFacts::Format::mach_o;
    if (!is_program) continue;
    const std::string& path = facts.package->files[i].path;
    const bool is_disguised = std::ranges::any_of(
        innocent, [&](std::string_view ending) { return ends_with_ignoring_case(path, ending); });
    if (!is_disguised) continue;
    findings.add({static_cast<std::int32_t>(i), -1, 0, 0},
                 "is a program that is named " + shown(path));
  }
}

}  // namespace

extern constinit const Rule disguised_program = {
    .id = "disguised-program",
    .title = "A compiled program carries the name of a picture or a text",
    .why =
        "A program that is named like a picture is meant to pass where programs are not let "
        "through.",
    .harmless_when = "Test data of tools that detect file types.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
using std::string_view_literals::operator""sv;

constexpr Sample samples[] = {
    {.name = "a program is named like a picture",
     .expect = "logo.png:1",
     .bundle =
         "==> package.json\n"
         "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
         "==> index.js\n"
         "exports.a = 1;\n"
         "==> logo.png\n"
         "\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000>\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000@\0008\000\000\000@\000\000\000\000\000"sv},
    {.name = "a picture is a picture", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
==> logo.svg
<svg xmlns="widget"></svg>
)"},
};
extern const std::span<const Sample> disguised_program_samples = samples;
#endif

}  // namespace assay::rules
