#include <cstddef>
#include <optional>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_program(const BinaryFacts& binary) {
  return binary.format == BinaryFacts::Format::elf || binary.format == BinaryFacts::Format::pe ||
         binary.format == BinaryFacts::Format::mach_o;
}

void check(const Facts& facts, Findings& findings) {
  const bool is_platform_wheel = facts.package->kind == ArtifactKind::wheel;
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const std::optional<BinaryFacts>& binary = facts.files[i].binary;
    if (!binary || !is_program(*binary)) continue;
    // A Windows program in something that every platform installs from source is out of place.
    const bool is_out_of_place = binary->format == BinaryFacts::Format::pe && !binary->is_library &&
                                 facts.package->kind == ArtifactKind::sdist && !is_platform_wheel;
    findings.add(is_out_of_place ? Severity::low : Severity::info,
                 {static_cast<std::int32_t>(i), -1, 0, 0},
                 "holds a compiled " + std::string(binary->is_library ? "library" : "program"));
  }
}

}  // namespace

extern constinit const Rule bundled_program = {
    .id = "bundled-program",
    .title = "The package holds compiled programs",
    .why =
        "Compiled code cannot be reviewed like source, and nothing ties it to the source that "
        "is shown.",
    .harmless_when = "Native add-ons and wheels for one platform hold what was compiled for it.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
using std::string_view_literals::operator""sv;

constexpr Sample samples[] = {
    {.name = "a package holds an ELF file",
     .expect = "tool:1",
     .bundle =
         "==> package.json\n"
         "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
         "==> index.js\n"
         "exports.a = 1;\n"
         "==> tool\n"
         "\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000>\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000@\0008\000\000\000@\000\000\000\000\000"sv},
    {.name = "a package holds text", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
)"},
};
extern const std::span<const Sample> bundled_program_samples = samples;
#endif

}  // namespace assay::rules
