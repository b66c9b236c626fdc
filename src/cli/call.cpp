#include "cli/call.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "rules/rule.h"

namespace assay {

void tell_notes(const Configuration& configuration, std::span<const std::string> rule_notes,
                std::span<const Rule* const> rules, const Clock& clock) {
  for (const std::string& note : rule_notes) complain(note);
  for (const std::string& note : configuration.notes) complain(note);
  for (const Exception& exception : configuration.settings.exceptions) {
    const bool is_known =
        std::ranges::any_of(rules, [&](const Rule* rule) { return rule->id == exception.rule; });
    const std::string name =
        fmt::format("the exception for {} in {}", escape_for_display(exception.rule),
                    exception.path.empty() ? "the package" : escape_for_display(exception.path));
    if (!is_known) complain(name + " names a rule that does not exist");
    if (has_expired(exception, clock.now())) complain(name + " has expired");
  }
}

Format format_for(const Settings& settings, const std::string& output) {
  if (settings.format) return *settings.format;
  const std::string ending = std::filesystem::path(output).extension().string();
  const Result<Format> named = format_from(ending.empty() ? ending : ending.substr(1));
  return named ? *named : Format::text;
}

TextStyle style_for(const Terminal& terminal, const std::string& output, bool quiet,
                    bool no_color) {
  TextStyle style;
  style.color = terminal.allows_color && !no_color && output.empty();
  style.quiet = quiet;
  if (output.empty()) style.width = terminal.width;
  return style;
}

}  // namespace assay
