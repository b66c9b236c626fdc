#include "report/surface.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "report/places.h"
#include "rules/conditions.h"
#include "rules/paths.h"

namespace assay {
namespace {

// Lists this long tell no person more; counts go on.
constexpr std::size_t most_acts_of_capability = 50;
constexpr std::size_t most_acts = 5'000;  // of a package, so that a report stays a few MB
constexpr std::size_t most_entries = 2'000;
constexpr std::size_t most_paths = 20;
// Links followed for all entries together: a second at most.
constexpr std::size_t most_follows = 20'000'000;
constexpr std::size_t shown_bytes = 200;

// Indexed by Capability.
constexpr std::array<std::string_view, capability_count> capability_names = {
    "sends data",     "runs fetched code", "injects code",   "captures input",
    "runs code",      "runs programs",     "persists",       "writes outside",
    "deletes files",  "loads native code", "reads secrets",  "fetches",
    "connects",       "asks DNS",          "patches others", "reads environment",
    "reads identity", "loads computed",    "reads outside",  "writes files",
    "reads files",    "decodes",           "halts"};

constexpr Sources secret_stores =
    Source::credential_file | Source::browser_store | Source::wallet | Source::messenger;
constexpr Sources inputs = Source::clipboard | Source::screen | Source::keystrokes;
constexpr Sources variables = Source::environment | Source::secret_variable | Source::variable;
constexpr Sources foreign = Source::remote | Source::dns;

Capability of_read(const Action& action) {
  const Sources data = action.data;
  if (data.any(inputs)) return Capability::captures;
  if (data.any(secret_stores)) return Capability::reads_secrets;
  if (data.any(variables)) return Capability::reads_environment;
  if (data.any(identity)) return Capability::reads_identity;
  return rules::is_outside_package(action.target) ? Capability::reads_outside
                                                  : Capability::reads_files;
}

Capability of_file_read(const Action& action) {
  const rules::PathKind kind = rules::path_kind(action.target);
  const bool is_secret =
      kind >= rules::PathKind::browser_logins && kind <= rules::PathKind::accounts;
  return is_secret ? Capability::reads_secrets : of_read(action);
}

Capability of_write(const Action& action) {
  if (rules::is_persistent(rules::path_kind(action.target))) return Capability::persists;
  return rules::is_outside_package(action.target) ? Capability::writes_outside
                                                  : Capability::writes_files;
}

// What is run has its own source when it came from elsewhere.
Capability of_run(const Action& action, Capability otherwise) {
  return (action.data | action.target_from).any(foreign) ? Capability::runs_fetched_code
                                                         : otherwise;
}

Capability capability_of(const Action& action) {
  switch (action.act) {
    case Act::send: return Capability::sends;
    case Act::fetch:
      return rules::outflow(action).any(secrets | identity) ? Capability::sends
                                                            : Capability::fetches;
    case Act::connect:
    case Act::listen:
    case Act::redirect_stream: return Capability::connects;
    case Act::resolve: return Capability::resolves;
    case Act::run_program:
    case Act::run_shell: return of_run(action, Capability::runs_programs);
    case Act::run_code: return of_run(action, Capability::runs_code);
    case Act::load_module: return of_run(action, Capability::loads_computed);
    case Act::load_native: return Capability::loads_native;
    case Act::read_file:
    case Act::list_folder: return of_file_read(action);
    case Act::write_file:
    case Act::move_file:
    case Act::change_mode: return of_write(action);
    case Act::delete_file: return Capability::deletes;
    case Act::read_source: return of_read(action);
    case Act::write_clipboard:
    case Act::capture: return Capability::captures;
    case Act::patch_global: return Capability::patches;
    case Act::ask_wallet: return Capability::reads_secrets;
    case Act::inject_code: return Capability::injects;
    case Act::decode: return Capability::decodes;
    case Act::exit_process:
    case Act::endless_loop: return Capability::halts;
  }
  return Capability::halts;
}

// For sorting only: what a reader should see first.
int risk_of(const SurfaceEntry& entry) {
  int risk = 0;
  for (const SurfaceCapability& each : entry.capabilities) {
    const int rank = capability_count - static_cast<int>(each.capability);
    risk += rank * rank * (each.at_load ? 3 : 1);
  }
  return risk;
}

std::vector<std::string> names_of(Sources sources) {
  std::vector<std::string> names;
  for (int i = 0; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    if (sources.has(source)) names.emplace_back(to_string(source));
  }
  return names;
}

// Which actions belong to which entry.
class SurfaceBuilder {
 public:
  explicit SurfaceBuilder(const Facts& facts)
      : facts_(facts), places_(facts), of_file_(facts.package->files.size()) {
    for (std::size_t i = 0; i < facts.actions.size(); ++i) origins_.push_back(origin_of(i));
  }

  ReportedSurface build() {
    claim_commands();
    for (std::size_t i = 0; i < origins_.size(); ++i) {
      const std::int32_t file = origins_[i].file;
      if (!is_claimed_[i] && is_file(file)) of_file_[static_cast<std::size_t>(file)].push_back(i);
    }
    std::vector<bool> covered(of_file_.size());
    for (std::size_t i = 0; i < facts_.executors.size() && i < most_entries; ++i) {
      add_entry(i, covered);
    }
    if (facts_.executors.size() > most_entries) {
      surface_.omissions.push_back(
          "more than 2000 entries: the rest is left out, and what it can do is among the files "
          "reached otherwise");
    }
    add_reached_otherwise(covered);
    count_unreached();
    list_bundled();
    std::ranges::stable_sort(surface_.entries, [](const SurfaceEntry& a, const SurfaceEntry& b) {
      return a.trigger != b.trigger ? a.trigger > b.trigger : risk_of(a) > risk_of(b);
    });
    add_omissions();
    return std::move(surface_);
  }

 private:
  bool is_file(std::int32_t file) const {
    return file >= 0 && static_cast<std::size_t>(file) < of_file_.size();
  }

  Where origin_of(std::size_t action) const {
    return places_.origin_of(facts_.actions[action].where);
  }

  // What a declared command line does is the command's, not of the manifest that it stands in.
  void claim_commands() {
    is_claimed_.resize(origins_.size());
    of_command_.resize(facts_.executors.size());
    for (std::size_t e = 0; e < facts_.executors.size(); ++e) {
      const Where& where = facts_.executors[e].where;
      if (facts_.executors[e].command.empty() || where.end <= where.begin) continue;
      // Both are sorted by place, but layers come after files: a search a file is enough.
      const auto [first, last] = actions_of_file(where.file);
      for (std::size_t i = first; i < last; ++i) {
        const std::size_t action = by_origin_[i];
        const std::uint32_t begin = origins_[action].begin;
        if (begin < where.begin || begin >= where.end) continue;
        of_command_[e].push_back(action);
        is_claimed_[action] = true;
      }
    }
  }

  std::pair<std::size_t, std::size_t> actions_of_file(std::int32_t file) {
    if (by_origin_.size() != origins_.size()) {
      for (std::size_t i = 0; i < origins_.size(); ++i) by_origin_.push_back(i);
      std::ranges::stable_sort(by_origin_, {}, [&](std::size_t i) { return origins_[i].file; });
    }
    const auto range = std::ranges::equal_range(by_origin_, file, {},
                                                [&](std::size_t i) { return origins_[i].file; });
    const auto first = static_cast<std::size_t>(range.begin() - by_origin_.begin());
    return {first, first + range.size()};
  }

  void add_entry(std::size_t index, std::vector<bool>& covered) {
    const Executor& executor = facts_.executors[index];
    SurfaceEntry entry;
    entry.kind = to_string(executor.kind);
    entry.trigger = executor.trigger;
    entry.name = shown(executor.name, shown_bytes);
    entry.command = shown(executor.command, shown_bytes);
    entry.place = places_.place(executor.where);
    entry.files_count = executor.files.size();
    for (const std::int32_t file : executor.files) {
      if (entry.files.size() < most_paths && is_file(file)) entry.files.push_back(path_of(file));
    }
    std::vector<std::size_t> actions = of_command_[index];
    // The command line itself was just told.
    std::erase_if(actions, [&](std::size_t i) {
      const Action& action = facts_.actions[i];
      const bool is_run = action.act == Act::run_program || action.act == Act::run_shell;
      return is_run && action.target == executor.command;
    });
    const std::vector<std::int32_t> reached = follow(executor.files, entry.is_followed);
    entry.reached_count = reached.size();
    for (const std::int32_t file : reached) {
      covered[static_cast<std::size_t>(file)] = true;
      const auto& of_file = of_file_[static_cast<std::size_t>(file)];
      actions.insert(actions.end(), of_file.begin(), of_file.end());
    }
    entry.capabilities = capabilities_of(actions);
    surface_.entries.push_back(std::move(entry));
  }

  std::string path_of(std::int32_t file) const {
    return escape_for_display(facts_.package->files[static_cast<std::size_t>(file)].path);
  }

  // Files that can be got to from these, sorted.
  std::vector<std::int32_t> follow(const std::vector<std::int32_t>& from, bool& is_whole) {
    const auto known = followed_.find(from);
    if (known != followed_.end()) return known->second;
    std::set<std::int32_t> found;
    std::vector<std::int32_t> waiting;
    const auto meet = [&](std::int32_t file) {
      if (is_file(file) && found.insert(file).second) waiting.push_back(file);
    };
    for (const std::int32_t file : from) meet(file);
    while (!waiting.empty()) {
      const std::int32_t file = waiting.back();
      waiting.pop_back();
      for (const Link& link : std::ranges::equal_range(facts_.links, file, {}, &Link::from)) {
        if (follows_left_ == 0) {
          is_whole = false;
          return {found.begin(), found.end()};
        }
        --follows_left_;
        meet(link.to);
      }
    }
    return followed_.emplace(from, std::vector(found.begin(), found.end())).first->second;
  }

  // Modules that can be imported by name, and files that only a guess leads to.
  void add_reached_otherwise(const std::vector<bool>& covered) {
    std::map<std::pair<Trigger, std::string>, std::vector<std::int32_t>> groups;
    for (std::size_t i = 0; i < covered.size(); ++i) {
      const FileFacts& file = facts_.files[i];
      if (covered[i] || file.trigger < Trigger::command || of_file_[i].empty()) continue;
      groups[{file.trigger, file.reached_by}].push_back(static_cast<std::int32_t>(i));
    }
    for (const auto& [key, files] : groups) {
      SurfaceEntry entry;
      entry.kind = "reached";
      entry.trigger = key.first;
      entry.name = shown(key.second, shown_bytes);
      entry.files_count = entry.reached_count = files.size();
      std::vector<std::size_t> actions;
      for (const std::int32_t file : files) {
        if (entry.files.size() < most_paths) entry.files.push_back(path_of(file));
        const auto& of_file = of_file_[static_cast<std::size_t>(file)];
        actions.insert(actions.end(), of_file.begin(), of_file.end());
      }
      entry.place = places_.place({.file = files.front(), .layer = -1, .begin = 0, .end = 0});
      entry.capabilities = capabilities_of(actions);
      surface_.entries.push_back(std::move(entry));
    }
  }

  std::vector<SurfaceCapability> capabilities_of(std::vector<std::size_t>& actions) {
    std::map<Capability, std::vector<std::size_t>> groups;
    for (const std::size_t i : actions) {
      const Action& action = facts_.actions[i];
      const Capability capability = capability_of(action);
      groups[capability].push_back(i);
      // Reading a variable is no action of its own: it shows where the value goes.
      const bool uses_environment = (action.data | action.target_from).any(variables);
      if (uses_environment && capability != Capability::reads_environment) {
        groups[Capability::reads_environment].push_back(i);
      }
    }
    std::vector<SurfaceCapability> capabilities;
    for (auto& [capability, of_group] : groups) {
      SurfaceCapability result;
      result.capability = capability;
      result.count = of_group.size();
      // What tells most first: runs with its file, carries something away, has a known target.
      std::ranges::stable_sort(of_group, std::ranges::greater{}, [&](std::size_t i) {
        const Action& action = facts_.actions[i];
        const bool carries = action.data.any(secrets | identity | foreign);
        return std::tuple(action.at_load, carries, !trim(action.target).empty());
      });
      result.at_load = facts_.actions[of_group.front()].at_load;
      add_acts(of_group, result.acts);
      capabilities.push_back(std::move(result));
    }
    std::ranges::stable_sort(capabilities, std::ranges::greater{}, &SurfaceCapability::at_load);
    return capabilities;
  }

  void add_acts(const std::vector<std::size_t>& actions, std::vector<SurfaceAct>& acts) {
    std::map<std::tuple<Act, std::string_view, std::string_view, std::int32_t, bool>, std::size_t>
        seen;
    for (const std::size_t i : actions) {
      const Action& action = facts_.actions[i];
      const auto key =
          std::make_tuple(action.act, std::string_view(action.api), std::string_view(action.target),
                          origins_[i].file, action.at_load);
      if (const auto found = seen.find(key); found != seen.end()) {
        ++acts[found->second].count;
        continue;
      }
      if (acts.size() == most_acts_of_capability || acts_left_ == 0) continue;
      --acts_left_;
      seen.emplace(key, acts.size());
      acts.push_back(act_of(action));
    }
  }

  SurfaceAct act_of(const Action& action) {
    SurfaceAct result;
    result.act = to_string(action.act);
    result.api = shown(action.api, shown_bytes);
    // Where the interpreter lets a package's own files lie.
    result.target = shown(
        replace_all(std::string(trim(action.target)), "/assay:package", "<package>"), shown_bytes);
    result.carries = names_of(action.act == Act::fetch ? rules::outflow(action) : action.data);
    result.place = places_.place(action.where);
    result.at_load = action.at_load;
    result.hidden = action.hidden || action.where.layer >= 0;
    return result;
  }

  void count_unreached() {
    for (std::size_t i = 0; i < of_file_.size(); ++i) {
      if (facts_.files[i].trigger != Trigger::none || of_file_[i].empty()) continue;
      ++surface_.unreached_files;
      surface_.unreached_actions += of_file_[i].size();
    }
  }

  void list_bundled() {
    std::set<std::string_view> folders;
    for (const File& file : facts_.package->files) {
      constexpr std::string_view modules = "node_modules/";
      const std::size_t at = file.path.rfind(modules);
      if (at == std::string::npos || (at > 0 && file.path[at - 1] != '/')) continue;
      const std::size_t name = at + modules.size();
      std::size_t end = file.path.find('/', name);
      if (end != std::string::npos && file.path[name] == '@') end = file.path.find('/', end + 1);
      if (end != std::string::npos) folders.insert(std::string_view(file.path).substr(0, end));
    }
    surface_.bundled_count = folders.size();
    for (const std::string_view folder : folders) {
      if (surface_.bundled.size() == most_paths) break;
      surface_.bundled.push_back(escape_for_display(folder));
    }
  }

  void add_omissions() {
    if (acts_left_ == 0) {
      surface_.omissions.push_back("more than 5000 actions: the rest is only counted");
    }
    if (!facts_.links_are_complete) {
      surface_.omissions.push_back(
          "more than 1000000 references between files: the rest is not followed");
    }
    if (!std::ranges::all_of(surface_.entries, &SurfaceEntry::is_followed)) {
      surface_.omissions.push_back("following references ended at its budget of 20000000");
    }
  }

  const Facts& facts_;
  Places places_;
  ReportedSurface surface_;
  std::vector<Where> origins_;                        // parallel to facts.actions
  std::vector<std::size_t> by_origin_;                // actions by file
  std::vector<bool> is_claimed_;                      // parallel to facts.actions
  std::vector<std::vector<std::size_t>> of_file_;     // actions, by file
  std::vector<std::vector<std::size_t>> of_command_;  // actions, by executor
  std::map<std::vector<std::int32_t>, std::vector<std::int32_t>> followed_;
  std::size_t follows_left_ = most_follows;
  std::size_t acts_left_ = most_acts;
};

}  // namespace

std::string_view to_string(Capability capability) {
  return capability_names[static_cast<std::size_t>(capability)];
}

ReportedSurface build_surface(const Facts& facts) { return SurfaceBuilder(facts).build(); }

}  // namespace assay
