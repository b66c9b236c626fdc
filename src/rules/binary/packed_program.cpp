#include <cstddef>
#include <optional>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const std::optional<BinaryFacts>& binary = facts.files[i].binary;
    if (!binary || facts.files[i].is_test || !binary->is_packed) continue;
    const bool is_program =
        binary->format == BinaryFacts::Format::elf || binary->format == BinaryFacts::Format::pe;
    if (!is_program) continue;
    findings.add({static_cast<std::int32_t>(i), -1, 0, 0}, "is a program that unpacks itself");
  }
}

}  // namespace

extern constinit const Rule packed_program = {
    .id = "packed-program",
    .title = "A compiled program is packed",
    .why =
        "Packers hide what a program is until it runs. Packages have no need for it: archives "
        "are compressed anyway.",
    .harmless_when = "Small tools that were packed for their size.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
using std::string_view_literals::operator""sv;

constexpr Sample samples[] = {
    {.name = "a program with the mark of a packer",
     .expect = "tool:1",
     .bundle =
         "==> package.json\n"
         "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
         "==> index.js\n"
         "exports.a = 1;\n"
         "==> tool\n"
         "\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000>\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000@\0008\000\000\000@\000\000\000\000\000UPX!widget"sv},
    {.name = "a plain file", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
)"},
};
extern const std::span<const Sample> packed_program_samples = samples;
#endif

}  // namespace assay::rules
