#include "rules/conditions.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/paths.h"

namespace assay::rules {
namespace {

// How much an origin says against what came from it.
int gravity(const Destination& destination) {
  if (is_drop(destination.kind)) return 5;
  if (is_shady_origin(destination.kind)) return 4;
  if (destination.kind == HostKind::free_hosting) return 3;
  if (destination.host_is_constant && destination.kind == HostKind::ordinary) return 2;
  if (destination.kind == HostKind::code_host) return 1;
  return 0;
}

std::string last_name(std::string_view path) {
  const std::string normal = normal_path(path);
  const std::size_t slash = normal.rfind('/');
  return slash == std::string::npos ? normal : normal.substr(slash + 1);
}

}  // namespace

Moment moment_of(const Action& action) {
  if (action.in_test || action.trigger == Trigger::test) return Moment::never;
  if (!action.at_load) return Moment::called;
  switch (action.trigger) {
    case Trigger::install: return Moment::install;
    case Trigger::startup: return Moment::startup;
    case Trigger::import: return Moment::import;
    case Trigger::command:
    case Trigger::none:
    case Trigger::test: return Moment::called;
  }
  return Moment::called;
}

bool is_network(Act act) {
  return act == Act::send || act == Act::fetch || act == Act::connect || act == Act::resolve;
}

bool is_process(Act act) { return act == Act::run_program || act == Act::run_shell; }

bool is_run(Act act) {
  return is_process(act) || act == Act::run_code || act == Act::load_module ||
         act == Act::load_native;
}

Sources outflow(const Action& action) {
  const HostKind kind = destination_of(action.target).kind;
  return kind == HostKind::unknown ? action.data : action.data | action.target_from;
}

int identity_kinds(Sources sources) {
  return static_cast<int>(sources.has(Source::host)) + static_cast<int>(sources.has(Source::user)) +
         static_cast<int>(sources.has(Source::path));
}

Destination origin_near(const Facts& facts, const Action& action) {
  Destination worst;
  int worst_gravity = -1;
  for (const Action& other : facts.actions) {
    if (other.where.file != action.where.file) continue;
    if (other.act != Act::fetch && other.act != Act::send && other.act != Act::connect) continue;
    if (moment_of(other) == Moment::never) continue;
    Destination destination = destination_of(other.target);
    if (const int grave = gravity(destination); grave > worst_gravity) {
      worst_gravity = grave;
      worst = std::move(destination);
    }
  }
  return worst;
}

bool any_action(const Facts& facts, const std::function<bool(const Action&)>& condition) {
  return std::ranges::any_of(facts.actions, condition);
}

const Action* action_beside(const Facts& facts, const Action& action,
                            const std::function<bool(const Action&)>& condition) {
  // Sorted by where, so that one file's actions are together.
  const auto from = std::ranges::lower_bound(facts.actions, action.where.file, {},
                                             [](const Action& a) { return a.where.file; });
  for (auto at = from; at != facts.actions.end() && at->where.file == action.where.file; ++at) {
    if (condition(*at)) return &*at;
  }
  return nullptr;
}

std::set<std::string> names_written(const Facts& facts, std::int32_t file, Sources contents) {
  std::set<std::string> names;
  for (const Action& action : facts.actions) {
    const bool writes = action.act == Act::write_file || action.act == Act::move_file;
    if (action.where.file != file || !writes || !action.data.any(contents)) continue;
    const std::string name = last_name(action.target);
    if (name.size() > 2 && !contains(name, hole)) names.insert(name);
  }
  return names;
}

bool starts_one_of(const Action& action, const std::set<std::string>& names) {
  if (names.empty()) return false;
  const std::vector<std::string> words = words_of(action.target);
  // `cmd /c start x`, `python x`, `java -jar x`: the script comes soon or not at all.
  constexpr std::size_t looked_at = 5;
  for (std::size_t i = 0; i < words.size() && i < looked_at; ++i) {
    if (names.contains(last_name(words[i]))) return true;
  }
  return false;
}

Where place(const Facts& facts, std::string_view path, std::uint32_t begin, std::uint32_t end) {
  const File* file = facts.package->find(path);
  if (file == nullptr) return {};
  return {static_cast<std::int32_t>(file - facts.package->files.data()), -1, begin, end};
}

std::string shown(std::string_view text, std::size_t limit) {
  return defang_urls(escape_for_display(replace_all(std::string(text), hole, "…"), limit));
}

std::string shown_target(const Action& action) {
  const std::string_view target = trim(action.target);
  if (target.empty() || target == hole) return "an address that could not be computed";
  return shown(target);
}

std::string names_of(Sources sources) {
  std::vector<std::string_view> names;
  for (int i = 0; i < source_count; ++i) {
    const Source source = static_cast<Source>(i);
    if (sources.has(source)) names.push_back(to_string(source));
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string_view when(const Action& action) {
  switch (moment_of(action)) {
    case Moment::install: return "while it is installed";
    case Moment::startup: return "at every start, without being imported";
    case Moment::import: return "as soon as it is imported";
    case Moment::called: return "when its code is called";
    case Moment::never: return "in its tests";
  }
  return "";
}

std::string sentence(std::string_view what, const Action& action) {
  return std::string(what) + " " + std::string(when(action));
}

}  // namespace assay::rules
