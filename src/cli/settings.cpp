#include "cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/text.h"
#include "ecosystems/toml_table.h"

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

// "2030-12-31", as TOML writes a date.
std::optional<std::chrono::sys_days> day_from(std::string_view text) {
  int year = 0, month = 0, day = 0, length = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3) return {};
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (static_cast<std::size_t>(length) != text.size() || !date.ok()) return {};
  return std::chrono::sys_days(date);
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

Result<Exception> read_exception(const TomlFile& file, const TomlNode& table) {
  TomlTableReader reader(file, table);
  Exception exception;
  exception.rule = reader.string("rule");
  exception.path = reader.string("path");
  exception.sha256 = reader.string("sha256");
  exception.reason = reader.string("reason");
  const std::optional<std::chrono::sys_days> expires =
      reader.bare("expires", "a date such as 2030-12-31, without quotes", day_from);
  TRY(reader.finish());
  if (exception.rule.empty()) reader.complain("an exception needs a rule");
  if (!is_sha256(exception.sha256)) {
    reader.complain("an exception needs the sha256 of the file that it covers: 64 hex digits");
  }
  if (exception.reason.empty()) reader.complain("an exception needs a reason");
  if (!expires) reader.complain("an exception needs its last day: expires = 2030-12-31");
  TRY(reader.finish());
  exception.expires = *expires;
  return exception;
}

Result<Settings> read_registry(const TomlFile& file, const TomlNode& table) {
  TomlTableReader reader(file, table);
  Settings settings;
  if (const std::string npm = reader.string("npm"); !npm.empty()) settings.npm_registry = npm;
  if (const std::string pypi = reader.string("pypi"); !pypi.empty()) settings.pypi_index = pypi;
  if (const std::string rdap = reader.string("rdap"); !rdap.empty()) settings.rdap = rdap;
  TRY(reader.finish());
  return settings;
}

Result<Settings> read_forges(const TomlFile& file, const TomlNode& table) {
  TomlTableReader reader(file, table);
  Settings settings;
  if (const std::string url = reader.string("github"); !url.empty()) settings.github = url;
  if (const std::string url = reader.string("gitlab"); !url.empty()) settings.gitlab = url;
  if (const std::string url = reader.string("scorecard"); !url.empty()) settings.scorecard = url;
  TRY(reader.finish());
  return settings;
}

Result<Settings> read_rules(const TomlFile& file, const TomlNode& table) {
  TomlTableReader reader(file, table);
  Settings settings;
  settings.yara = reader.strings("yara");
  settings.house_rules = reader.strings("house");
  TRY(reader.finish());
  return settings;
}

std::optional<int> bare_jobs(std::string_view text) {
  const Result<int> jobs = jobs_from(text);
  return jobs ? std::optional(*jobs) : std::nullopt;
}

std::optional<bool> bare_flag(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
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

Result<Settings> parse_settings(std::string_view text, std::string_view name) {
  const TomlFile file = TRY(TomlFile::read(text, name));
  TomlTableReader reader(file, file.tree.root());
  Settings settings;
  settings.fail_on = reader.named("fail_on", fail_on_from);
  settings.jobs = reader.bare("jobs", fmt::format("a number from 1 to {}", most_jobs), bare_jobs);
  settings.format = reader.named("format", format_from);
  settings.offline = reader.bare("offline", "true or false", bare_flag);
  if (const TomlNode* table = reader.table("registry")) {
    const Settings registry = TRY(read_registry(file, *table));
    settings = merge(std::move(settings), registry);
  }
  if (const TomlNode* table = reader.table("forge")) {
    const Settings forges = TRY(read_forges(file, *table));
    settings = merge(std::move(settings), forges);
  }
  if (const TomlNode* table = reader.table("rules")) {
    const Settings rules = TRY(read_rules(file, *table));
    settings = merge(std::move(settings), rules);
  }
  for (const TomlNode* table : reader.tables("exception")) {
    Exception exception = TRY(read_exception(file, *table));
    settings.exceptions.push_back(std::move(exception));
  }
  TRY(reader.finish());
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
  under.yara.insert(under.yara.end(), over.yara.begin(), over.yara.end());
  under.house_rules.insert(under.house_rules.end(), over.house_rules.begin(),
                           over.house_rules.end());
  if (over.rdap) under.rdap = over.rdap;
  if (over.github) under.github = over.github;
  if (over.gitlab) under.gitlab = over.gitlab;
  if (over.scorecard) under.scorecard = over.scorecard;
  under.exceptions.insert(under.exceptions.end(), over.exceptions.begin(), over.exceptions.end());
  return under;
}

}  // namespace assay
