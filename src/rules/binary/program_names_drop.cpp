#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_suspicious(std::string_view text) {
  static constexpr std::string_view marks[] = {"discord.com/api/webhooks/",
                                               "discordapp.com/api/webhooks/",
                                               "api.telegram.org/bot",
                                               "stratum+tcp://",
                                               "stratum+ssl://",
                                               ".oastify.com",
                                               ".oast.",
                                               "webhook.site/",
                                               "pastebin.com/raw/"};
  return std::ranges::any_of(
      marks, [&](std::string_view mark) { return contains_ignoring_case(text, mark); });
}

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const std::optional<BinaryFacts>& binary = facts.files[i].binary;
    if (!binary || facts.files[i].is_test) continue;
    const auto found = std::ranges::find_if(binary->strings, is_suspicious);
    if (found == binary->strings.end()) continue;
    findings.add({static_cast<std::int32_t>(i), -1, 0, 0}, "holds \"" + shown(*found) + "\"");
  }
}

}  // namespace

extern constinit const Rule program_names_drop = {
    .id = "program-names-drop",
    .title = "A compiled program holds the address of a chat webhook, request bin or mining pool",
    .why =
        "What a program will contact stands in it. These are places to which stolen data goes, "
        "or from which miners get their work.",
    .harmless_when = "A client of that very service.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
using std::string_view_literals::operator""sv;

constexpr Sample samples[] = {
    {.name = "a program names a mining pool",
     .expect = "tool:1",
     .bundle =
         "==> package.json\n"
         "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
         "==> index.js\n"
         "exports.a = 1;\n"
         "==> tool\n"
         "\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000>\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000@\0008\000\000\000@\000\000\000\000\000stratum+tcp://pool.example.test:3333\n"sv},
    {.name = "a program names its own host",
     .expect = silent,
     .bundle =
         "==> package.json\n"
         "{\"name\": \"widget\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n"
         "==> index.js\n"
         "exports.a = 1;\n"
         "==> tool\n"
         "\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000>\000\001\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000@\0008\000\000\000@\000\000\000\000\000https://api.example.test/\n"sv},
};
extern const std::span<const Sample> program_names_drop_samples = samples;
#endif

}  // namespace assay::rules
