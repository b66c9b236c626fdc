#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "rules/measured.h"
#include "rules/rule.h"
#include "verdict/verdict.h"

namespace assay {
namespace {

void print_text() {
  std::size_t width = 0;
  for (const Rule* rule : all_rules()) width = std::max(width, rule->id.size());
  for (const Rule* rule : all_rules()) {
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

void print_json() {
  Json list = Json::array();
  for (const Rule* rule : all_rules()) {
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

ExitCode run_rules_command(const RulesArguments& arguments) {
  if (arguments.format == Format::json) {
    print_json();
  } else {
    print_text();
  }
  return ExitCode::clean;
}

}  // namespace assay
