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
  if (destination.kind == HostKind::code_host || destination.kind == HostKind::toolchain) return 1;
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

bool is_own_place(const Facts& facts, const Destination& destination) {
  constexpr std::size_t telling = 5;
  std::string_view name = facts.package->id.name;
  if (name.starts_with('@')) name.remove_prefix(1);
  const std::string word = to_lower_ascii(name.substr(0, name.find_first_of("-_./")));
  if (word.size() < telling || word == "python") return false;
  if (destination.kind != HostKind::code_host) return contains(destination.host, word);
  const std::string_view path = destination.path;
  return path.size() > 1 && contains(to_lower_ascii(path.substr(1, path.find('/', 1))), word);
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

bool any_action(const Facts& facts, const std::function<bool(const Action&)>& condition) {
  return std::ranges::any_of(facts.actions, condition);
}

Beside::Beside(const Facts& facts, const std::function<bool(const Action&)>& condition) {
  for (const Action& action : facts.actions) {
    if (!first_.contains(action.where.file) && condition(action))
      first_[action.where.file] = &action;
  }
}

const Action* Beside::operator()(const Action& action) const {
  const auto found = first_.find(action.where.file);
  return found == first_.end() ? nullptr : found->second;
}

bool only_downloads(const Action& action, HostKind kind) {
  return kind == HostKind::file_share && !runs_uncalled(action) && action.api.ends_with("get");
}

namespace {

// Two or three layers are a packer's; a dozen are there to tire whoever opens them.
constexpr int most_layers = 6;

}  // namespace

HiddenCode::HiddenCode(const Facts& facts) {
  find_acting(facts);
  find_opened(facts);
}

void HiddenCode::find_acting(const Facts& facts) {
  for (const Action& action : facts.actions) {
    if (action.where.layer < 0) continue;
    const bool is_constant_load =
        action.act == Act::load_module && action.target_complete && action.target_from.empty();
    const bool opens_layer = action.act == Act::run_code && action.program >= 0;
    const bool reads = action.act == Act::decode || action.act == Act::list_folder ||
                       action.act == Act::read_file || action.act == Act::write_file ||
                       action.act == Act::change_mode;
    const bool asks = action.act == Act::read_source && !action.data.any(secrets);
    // What its user has to switch on, and what tells nothing about the machine but its kind.
    const bool is_agreed =
        action.opted_in && is_network(action.act) && !action.data.any(secrets | identity);
    if (is_constant_load || opens_layer || reads || asks || is_agreed) continue;
    acting_when_called_.insert(action.where.layer);
    if (runs_uncalled(action)) acting_.insert(action.where.layer);
  }
  // Code that hides its calls once more is not idle.
  for (const Disguised& disguised : facts.disguises) {
    if (disguised.kind == Disguise::computed_member && disguised.where.layer >= 0) {
      acting_.insert(disguised.where.layer);
    }
  }
  for (std::size_t i = 0; i < facts.layers.size(); ++i) {
    if (!facts.layers[i].is_read) acting_.insert(static_cast<std::int32_t>(i));
  }
  // A layer's number is higher than that of the one it was found in.
  for (std::size_t i = facts.layers.size(); i-- > 0;) {
    const auto layer = static_cast<std::int32_t>(i);
    if (acting_.contains(layer)) acting_.insert(facts.layers[i].from.layer);
    if (facts.layers[i].depth > most_layers) buried_.insert(layer);
    if (buried_.contains(layer)) buried_.insert(facts.layers[i].from.layer);
    if (acting_when_called_.contains(layer)) acting_when_called_.insert(facts.layers[i].from.layer);
  }
}

void HiddenCode::find_opened(const Facts& facts) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::run_code || !is_shipped(action)) continue;
    const std::int32_t file = action.where.file;
    if (is_idle(action)) {
      std::size_t& bytes = opened_[file];
      bytes = std::max(bytes, facts.layers[static_cast<std::size_t>(action.program)].text.size());
    } else if (action.program >= 0 || !action.target_complete || action.target.size() > 1) {
      closed_.insert(file);
    }
  }
  std::map<std::string_view, std::int32_t> files;
  for (std::size_t i = 0; i < facts.package->files.size(); ++i) {
    files.emplace(facts.package->files[i].path, static_cast<std::int32_t>(i));
  }
  for (const Gap& gap : facts.gaps) {
    const auto found = files.find(gap.path);
    if (found != files.end()) closed_.insert(found->second);
  }
}

bool HiddenCode::is_opened(std::int32_t file) const {
  return opened_.contains(file) && is_readable(file);
}

std::size_t HiddenCode::opened_bytes(std::int32_t file) const {
  const auto found = opened_.find(file);
  return found == opened_.end() ? 0 : found->second;
}

bool HiddenCode::is_idle(const Action& opens) const {
  if (opens.program < 0 || acting_.contains(opens.program)) return false;
  if (opens.where.layer >= 0 && acting_.contains(opens.where.layer)) return false;
  const bool counts_calls = !runs_uncalled(opens) || buried_.contains(opens.program);
  return !counts_calls || !acting_when_called_.contains(opens.program);
}

Origins::Origins(const Facts& facts) {
  for (const Action& action : facts.actions) {
    if (action.act != Act::fetch && action.act != Act::send && action.act != Act::connect) continue;
    if (moment_of(action) == Moment::never) continue;
    Destination destination = destination_of(action.target);
    const auto found = gravest_.find(action.where.file);
    if (found == gravest_.end()) {
      gravest_.emplace(action.where.file, std::move(destination));
    } else if (gravity(destination) > gravity(found->second)) {
      found->second = std::move(destination);
    }
  }
}

const Destination& Origins::near(const Action& action) const {
  const auto found = gravest_.find(action.where.file);
  return found == gravest_.end() ? none_ : found->second;
}

Written::Written(const Facts& facts, Sources contents) {
  for (const Action& action : facts.actions) {
    const bool writes = action.act == Act::write_file || action.act == Act::move_file;
    if (!writes || !action.data.any(contents)) continue;
    std::string name = last_name(action.target);
    if (name.size() > 2 && !contains(name, hole)) names_[action.where.file].insert(std::move(name));
  }
}

bool Written::is_started_by(const Action& action) const {
  const auto found = names_.find(action.where.file);
  if (found == names_.end()) return false;
  const std::vector<std::string> words = words_of(action.target);
  // `cmd /c start x`, `python x`, `java -jar x`: the script comes soon or not at all.
  constexpr std::size_t looked_at = 5;
  for (std::size_t i = 0; i < words.size() && i < looked_at; ++i) {
    if (found->second.contains(last_name(words[i]))) return true;
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
