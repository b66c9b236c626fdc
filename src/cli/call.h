// What commands that judge packages have in common: settings, notes about them, where output goes
// and in which format.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "cli/configuration.h"
#include "cli/settings.h"
#include "cli/world.h"
#include "report/writer.h"

namespace assay {

// What is said about settings, rules of the user, and exceptions that are expired or name no rule.
void tell_notes(const Configuration& configuration, std::span<const std::string> rule_notes,
                std::span<const Rule* const> rules, const Clock& clock);

// "--format" if given anywhere, else what the ending of the output's name says.
Format format_for(const Settings& settings, const std::string& output);

TextStyle style_for(const Terminal& terminal, const std::string& output, bool quiet, bool no_color);

}  // namespace assay
