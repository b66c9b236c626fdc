#include "cli/settings.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <charconv>
#include <span>

#include "base/text.h"
#include "cli/suggest.h"

namespace assay {
namespace {

template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};
constexpr Named<FailOn> fail_on_names[] = {
    {"review", FailOn::review}, {"block", FailOn::block}, {"never", FailOn::never}};
constexpr Named<Format> format_names[] = {{"text", Format::text},
                                          {"json", Format::json},
                                          {"jsonl", Format::jsonl},
                                          {"sarif", Format::sarif}};

// Threads beyond this only cost memory.
constexpr int most_jobs = 512;

template <typename Value, std::size_t size>
Result<Value> value_named(std::string_view text, const Named<Value> (&table)[size]) {
  std::string names;
  for (const Named<Value>& entry : table) {
    if (entry.name == text) return entry.value;
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  return fail(ErrorKind::usage,
              fmt::format("'{}' is none of {}", escape_for_display(text, 80), names));
}

Result<bool> flag_from(std::string_view text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false" || text.empty()) return false;
  return fail(ErrorKind::usage,
              fmt::format("'{}' is neither 1 nor 0", escape_for_display(text, 80)));
}

// Reads one table of the file, key by key, and remembers the first thing that is wrong.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string_view file) : table_(table), file_(file) {}

  std::string string(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return "";
    if (const auto value = node->value_exact<std::string>()) return *value;
    complain(*node, fmt::format("'{}' must be a string", key));
    return "";
  }

  // With one of the functions above that read a string.
  template <typename Value>
  std::optional<Value> named(std::string_view key, Result<Value> (*read)(std::string_view)) {
    const toml::node* node = table_.get(key);
    const std::string text = string(key);
    if (node == nullptr || error_) return std::nullopt;
    Result<Value> value = read(text);
    if (value) return *value;
    complain(*node, fmt::format("{}: {}", key, value.error().message));
    return std::nullopt;
  }

  std::optional<int> jobs(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= 1 && *value <= most_jobs) return static_cast<int>(*value);
    complain(*node, fmt::format("'{}' must be a number from 1 to {}", key, most_jobs));
    return std::nullopt;
  }

  std::optional<bool> flag(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<bool>();
    if (!value) complain(*node, fmt::format("'{}' must be true or false", key));
    return value;
  }

  std::optional<std::chrono::sys_days> day(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return std::nullopt;
    if (const auto date = node->value_exact<toml::date>()) {
      const std::chrono::year_month_day day{std::chrono::year(date->year),
                                            std::chrono::month(date->month),
                                            std::chrono::day(date->day)};
      if (day.ok()) return std::chrono::sys_days(day);
    }
    complain(*node, fmt::format("'{}' must be a date such as 2030-12-31, without quotes", key));
    return std::nullopt;
  }

  const toml::table* table(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) complain(*node, fmt::format("'{}' must be a table: [{}]", key, key));
    return node->as_table();
  }

  const toml::array* tables(std::string_view key) {
    const toml::node* node = take(key);
    if (node == nullptr) return nullptr;
    if (!node->is_array_of_tables()) {
      complain(*node, fmt::format("'{}' must be a list of tables: [[{}]]", key, key));
      return nullptr;
    }
    return node->as_array();
  }

  void complain(const toml::node& node, std::string_view what) {
    if (error_) return;
    const toml::source_position at = node.source().begin;
    error_ = Error{ErrorKind::usage, fmt::format("{}:{}:{}: {}", file_, at.line, at.column, what)};
  }

  void complain(std::string_view what) { complain(table_, what); }

  // Once every known key was asked for: what is wrong, or else which key is left.
  std::optional<Error> finish() {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (std::ranges::find(known_, name) == known_.end()) {
        complain(node, fmt::format("unknown key '{}'{}", escape_for_display(name, 80),
                                   did_you_mean(name, known_)));
      }
    }
    return error_;
  }

 private:
  const toml::node* take(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
  }

  const toml::table& table_;
  std::string_view file_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

Result<Exception> read_exception(const toml::table& table, std::string_view file) {
  TableReader reader(table, file);
  Exception exception;
  exception.rule = reader.string("rule");
  exception.path = reader.string("path");
  exception.sha256 = reader.string("sha256");
  exception.reason = reader.string("reason");
  const std::optional<std::chrono::sys_days> expires = reader.day("expires");
  if (std::optional<Error> error = reader.finish()) return std::unexpected(std::move(*error));
  if (exception.rule.empty()) reader.complain("an exception needs a rule");
  if (!is_sha256(exception.sha256)) {
    reader.complain("an exception needs the sha256 of the file that it covers: 64 hex digits");
  }
  if (exception.reason.empty()) reader.complain("an exception needs a reason");
  if (!expires) reader.complain("an exception needs a last day: expires = 2030-12-31");
  if (std::optional<Error> error = reader.finish()) return std::unexpected(std::move(*error));
  exception.expires = *expires;
  return exception;
}

Result<void> read_registry(TableReader& reader, std::string_view file, Settings& settings) {
  const toml::table* table = reader.table("registry");
  if (table == nullptr) return {};
  TableReader registry(*table, file);
  const std::string npm = registry.string("npm");
  const std::string pypi = registry.string("pypi");
  if (!npm.empty()) settings.npm_registry = npm;
  if (!pypi.empty()) settings.pypi_index = pypi;
  if (std::optional<Error> error = registry.finish()) return std::unexpected(std::move(*error));
  return {};
}

}  // namespace

Result<FailOn> fail_on_from(std::string_view text) { return value_named(text, fail_on_names); }
Result<Format> format_from(std::string_view text) { return value_named(text, format_names); }

Result<int> jobs_from(std::string_view text) {
  int jobs = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (error == std::errc() && end == text.data() + text.size() && jobs >= 1 && jobs <= most_jobs) {
    return jobs;
  }
  return fail(ErrorKind::usage, fmt::format("'{}' is no number from 1 to {}",
                                            escape_for_display(text, 80), most_jobs));
}

Result<Settings> parse_settings(std::string_view text, std::string_view file) {
  toml::table root;
  try {
    root = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    return fail(ErrorKind::usage, fmt::format("{}:{}:{}: {}", file, at.line, at.column,
                                              escape_for_display(error.description(), 200)));
  }
  TableReader reader(root, file);
  Settings settings;
  settings.fail_on = reader.named("fail_on", fail_on_from);
  settings.jobs = reader.jobs("jobs");
  settings.format = reader.named("format", format_from);
  settings.offline = reader.flag("offline");
  TRY(read_registry(reader, file, settings));
  if (const toml::array* tables = reader.tables("exception")) {
    for (const toml::node& node : *tables) {
      Exception exception = TRY(read_exception(*node.as_table(), file));
      settings.exceptions.push_back(std::move(exception));
    }
  }
  if (std::optional<Error> error = reader.finish()) return std::unexpected(std::move(*error));
  return settings;
}

Result<Settings> settings_of_variables(const std::map<std::string, std::string>& variables) {
  Settings settings;
  // An empty variable is as good as none.
  const auto read = [&](const std::string& name, auto& setting, auto parse) -> Result<void> {
    const auto found = variables.find(name);
    if (found == variables.end() || found->second.empty()) return {};
    auto value = parse(found->second);
    if (!value) return fail(ErrorKind::usage, name + ": " + value.error().message);
    setting = *value;
    return {};
  };
  TRY(read("ASSAY_FAIL_ON", settings.fail_on, fail_on_from));
  TRY(read("ASSAY_JOBS", settings.jobs, jobs_from));
  TRY(read("ASSAY_FORMAT", settings.format, format_from));
  TRY(read("ASSAY_OFFLINE", settings.offline, flag_from));
  return settings;
}

Settings merge(Settings under, const Settings& over) {
  if (over.fail_on) under.fail_on = over.fail_on;
  if (over.jobs) under.jobs = over.jobs;
  if (over.format) under.format = over.format;
  if (over.offline) under.offline = over.offline;
  if (over.npm_registry) under.npm_registry = over.npm_registry;
  if (over.pypi_index) under.pypi_index = over.pypi_index;
  under.exceptions.insert(under.exceptions.end(), over.exceptions.begin(), over.exceptions.end());
  return under;
}

}  // namespace assay
