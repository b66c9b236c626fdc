#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/user_rules_files.h"
#include "rules/measured.h"
#include "rules/rule.h"
#include "verdict/verdict.h"

namespace assay {
namespace {

void print_text(std::span<const Rule* const> rules) {
  std::size_t width = 0;
  for (const Rule* rule : rules) width = std::max(width, rule->id.size());
  for (const Rule* rule : rules) {
    fmt::print("{:<{}}  {:<8}  {}\n", rule->id, width, to_string(rule->severity), rule->title);
  }
}

using Json = nlohmann::ordered_json;

Json counts_in_json(const Counts& counts) {
  return {{"malicious_npm_clusters", counts.npm_clusters},
          {"malicious_pypi_clusters", counts.pypi_clusters},
          {"benign_top", counts.top},
          {"benign_mid", counts.mid},
          {"benign_hard", counts.hard}};
}

// Null for a rule that was not measured yet.
Json measured_in_json(std::string_view rule) {
  const Measured* measured = find_measured(rule);
  if (measured == nullptr) return nullptr;
  Json json = {{"date", measured_corpus().date},
               {"found", counts_in_json(measured->counts)},
               {"of", counts_in_json(measured_corpus().counts)},
               {"decides_clusters", measured->decides}};
  if (!measured->kept_for.empty()) json["kept_for"] = measured->kept_for;
  return json;
}

void print_json(std::span<const Rule* const> rules) {
  Json list = Json::array();
  for (const Rule* rule : rules) {
    list.push_back({{"id", rule->id},
                    {"severity", to_string(rule->severity)},
                    {"weight", weight_of(rule->severity)},
                    {"title", rule->title},
                    {"why", rule->why},
                    {"harmless_when", rule->harmless_when},
                    {"measured", measured_in_json(rule->id)}});
  }
  fmt::print("{}\n", list.dump(2));
}

}  // namespace

ExitCode run_rules_command(const RulesArguments& arguments, const World& world) {
  const Result<Configuration> configuration =
      load_configuration(arguments.flags, arguments.config, {}, world.environment);
  if (!configuration) {
    complain(configuration.error().message);
    return ExitCode::usage;
  }
  const Settings& settings = configuration->settings;
  const Result<LoadedRules> loaded = load_user_rules(settings.yara, settings.house_rules);
  if (!loaded) {
    complain(loaded.error().message);
    return exit_code_of(loaded.error());
  }
  const std::span<const Rule* const> rules = loaded->rules ? loaded->rules->all() : all_rules();
  if (arguments.format == Format::json) {
    print_json(rules);
  } else {
    print_text(rules);
  }
  return ExitCode::clean;
}

}  // namespace assay
