#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "rules/rule.h"

namespace assay {
namespace {

void print_text() {
  std::size_t width = 0;
  for (const Rule* rule : all_rules()) width = std::max(width, rule->id.size());
  for (const Rule* rule : all_rules()) {
    fmt::print("{:<{}}  {:<8}  {}\n", rule->id, width, to_string(rule->severity), rule->title);
  }
}

void print_json() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Rule* rule : all_rules()) {
    list.push_back({{"id", rule->id},
                    {"severity", to_string(rule->severity)},
                    {"title", rule->title},
                    {"why", rule->why},
                    {"harmless_when", rule->harmless_when}});
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
