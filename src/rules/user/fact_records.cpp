#include "rules/user/fact_records.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/destinations.h"

namespace assay {
namespace {

std::string with_dashes(std::string_view words) {
  return replace_all(replace_all(std::string(words), " ", "-"), "_", "-");
}

// As rules spell the sources; to_string(Source) is for sentences.
constexpr std::array<std::string_view, source_count> source_words = {
    "environment",    "secret-variable", "variable",      "host",       "user",
    "folder-names",   "credentials",     "browser-store", "wallet",     "messenger",
    "clipboard",      "screen",          "keystrokes",    "local-file", "listing",
    "command-output", "manifest",        "asset",         "network",    "dns",
    "decoded",        "decrypted",       "argument",      "user-input", "unresolved",
    "platform"};

template <typename Enum, int count>
std::string enum_word(int index) {
  return index < count ? with_dashes(to_string(static_cast<Enum>(index))) : std::string();
}

std::string source_word(int index) {
  return index < source_count ? std::string(source_words[static_cast<std::size_t>(index)]) : "";
}

template <std::size_t size>
std::string word_at(const std::array<std::string_view, size>& words, int index) {
  const auto at = static_cast<std::size_t>(index);
  return at < size ? std::string(words[at]) : std::string();
}

constexpr std::array<std::string_view, 7> groups = {"runtime", "dev",       "optional", "peer",
                                                    "bundled", "overrides", "build"};
std::string group_word(int index) { return word_at(groups, index); }

// Parallel to NpmSpecKind.
constexpr std::array<std::string_view, 8> spec_kinds = {"range", "tag",  "alias",     "git",
                                                        "url",   "file", "workspace", "unknown"};
std::string spec_word(int index) { return word_at(spec_kinds, index); }

constexpr std::array<std::string_view, 2> ecosystems = {"npm", "pypi"};
std::string ecosystem_word(int index) { return word_at(ecosystems, index); }

constexpr auto act_word = enum_word<Act, act_count>;
constexpr auto trigger_word = enum_word<Trigger, 6>;
constexpr auto executor_word = enum_word<ExecutorKind, 14>;
constexpr auto file_word = enum_word<FileKind, static_cast<int>(FileKind::other_source) + 1>;

using enum RecordKind;
using enum FieldKind;

constexpr Field all_fields[] = {
    {action, "act", choice, act_word},
    {action, "api", text},
    {action, "target", text},
    {action, "host", text},
    {action, "text", text},
    {action, "data", choice, source_word},
    {action, "target-from", choice, source_word},
    {action, "trigger", choice, trigger_word},
    {action, "path", path},
    {action, "at-load", flag},
    {action, "in-test", flag},
    {action, "through-shell", flag},
    {action, "hidden", flag},
    {action, "decoded", flag},

    {executor, "kind", choice, executor_word},
    {executor, "trigger", choice, trigger_word},
    {executor, "name", text},
    {executor, "command", text},
    {executor, "path", path},
    {executor, "starts", path},

    {dependency, "name", text},
    {dependency, "spec", text},
    {dependency, "kind", choice, spec_word},
    {dependency, "group", choice, group_word},

    {manifest, "ecosystem", choice, ecosystem_word},
    {manifest, "name", text},
    {manifest, "version", text},
    {manifest, "description", text},
    {manifest, "author", text},
    {manifest, "license", text},
    {manifest, "homepage", text},
    {manifest, "repository", text},

    {file, "path", path},
    {file, "name", text},
    {file, "kind", choice, file_word},
    {file, "trigger", choice, trigger_word},
    {file, "in-test", flag},
    {file, "executable", flag},
    {file, "size", size},
};

std::string_view flag_text(bool value) { return value ? "true" : "false"; }

// "name[extra] >=1; marker" and "name @ https://…" (PEP 508).
struct Requirement {
  std::string_view name, spec;
  bool is_url = false, is_extra = false;
};
Requirement requirement_of(std::string_view text) {
  Requirement result;
  const std::size_t end = std::min(text.find_first_of(" \t[(<>=!~;@"), text.size());
  result.name = text.substr(0, end);
  const std::size_t marker = std::min(text.find(';'), text.size());
  result.is_extra = contains(text.substr(marker), "extra");
  result.spec = trim(text.substr(end, marker - std::min(end, marker)));
  const std::size_t at = result.spec.find('@');
  result.is_url = at != std::string_view::npos;
  if (result.is_url) result.spec = trim(result.spec.substr(at + 1));
  return result;
}

}  // namespace

std::string_view to_string(RecordKind kind) {
  constexpr std::array<std::string_view, record_kind_count> names = {
      "action", "executor", "dependency", "manifest", "file"};
  return names[static_cast<std::size_t>(kind)];
}

std::span<const Field> fields_of(RecordKind kind) {
  const auto range = std::ranges::equal_range(all_fields, kind, {}, &Field::record);
  return {range.begin(), range.end()};
}

std::vector<std::string> words_of(const Field& field) {
  std::vector<std::string> words;
  for (int i = 0; field.word != nullptr; ++i) {
    std::string word = field.word(i);
    if (word.empty()) break;
    words.push_back(std::move(word));
  }
  return words;
}

FactRecords::FactRecords(const Facts& facts, RecordKind kind) : facts_(facts) {
  switch (kind) {
    case action: add_actions(); break;
    case executor: add_executors(); break;
    case dependency: add_dependencies(); break;
    case manifest: add_manifests(); break;
    case file: add_files(); break;
  }
}

std::string_view FactRecords::path_of(std::int32_t index) const {
  const std::vector<File>& files = facts_.package->files;
  const bool is_file = index >= 0 && static_cast<std::size_t>(index) < files.size();
  return is_file ? std::string_view(files[static_cast<std::size_t>(index)].path) : "";
}

std::vector<std::string_view> FactRecords::sources(Sources sources) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < source_words.size(); ++i) {
    if (sources.has(static_cast<Source>(i))) words.push_back(source_words[i]);
  }
  return words;
}

void FactRecords::add_actions() {
  for (const Action& each : facts_.actions) {
    FactRecord record{
        each.where, std::string(to_string(each.act)) + ' ' + each.target.substr(0, 300), {}, 0};
    if (!each.api.empty()) record.what += " (" + each.api + ")";
    record.values = {{own(act_word(static_cast<int>(each.act)))},
                     {each.api},
                     {each.target},
                     {own(rules::destination_of(each.target).host)},
                     {each.data_text},
                     sources(each.data),
                     sources(each.target_from),
                     {to_string(each.trigger)},
                     {path_of(each.where.file)},
                     {flag_text(each.at_load)},
                     {flag_text(each.in_test)},
                     {flag_text(each.through_shell)},
                     {flag_text(each.hidden)},
                     {flag_text(each.where.layer >= 0)}};
    list_.push_back(std::move(record));
  }
}

void FactRecords::add_executors() {
  for (const Executor& each : facts_.executors) {
    FactRecord record{each.where, each.name, {}, 0};
    if (!each.command.empty()) record.what += ": " + each.command.substr(0, 300);
    std::vector<std::string_view> starts;
    for (const std::int32_t index : each.files) starts.push_back(path_of(index));
    record.values = {{own(executor_word(static_cast<int>(each.kind)))},
                     {to_string(each.trigger)},
                     {each.name},
                     {each.command},
                     {path_of(each.where.file)},
                     std::move(starts)};
    list_.push_back(std::move(record));
  }
}

void FactRecords::add_dependencies() {
  const auto add = [&](Where where, std::string_view name, std::string_view spec,
                       std::string_view kind, std::string_view group) {
    list_.push_back(
        {where, std::string(name) + ' ' + std::string(spec), {{name}, {spec}, {kind}, {group}}, 0});
  };
  const auto file_named = [&](std::string_view path) {
    const File* found = facts_.package->find(path);
    return Where{
        found == nullptr ? -1 : static_cast<std::int32_t>(found - facts_.package->files.data()), -1,
        0, 0};
  };
  if (facts_.npm) {
    for (const NpmDependency& each : facts_.npm->dependencies) {
      Where where = file_named(facts_.npm->path);
      where.begin = each.where.begin;
      where.end = each.where.end;
      add(where, each.name, each.spec, spec_kinds[static_cast<std::size_t>(each.kind)],
          groups[static_cast<std::size_t>(each.group)]);
    }
  }
  const auto add_python = [&](Where where, const std::string& text, std::string_view group) {
    const Requirement requirement = requirement_of(text);
    const bool is_git = requirement.is_url && contains(requirement.spec, "git+");
    add(where, requirement.name, requirement.spec,
        is_git               ? "git"
        : requirement.is_url ? "url"
                             : "range",
        requirement.is_extra ? "optional" : group);
  };
  if (facts_.python && facts_.python->metadata) {
    const Where where = file_named(facts_.python->metadata->path);
    for (const std::string& text : facts_.python->metadata->requires_dist) {
      add_python(where, text, "runtime");
    }
  }
  if (facts_.python && facts_.python->build_system) {
    for (const std::string& text : facts_.python->build_system->requires_) {
      add_python(file_named("pyproject.toml"), text, "build");
    }
  }
}

void FactRecords::add_manifests() {
  if (facts_.npm) {
    const NpmManifest& npm = *facts_.npm;
    list_.push_back({Where{},
                     npm.name + '@' + npm.version,
                     {{"npm"},
                      {npm.name},
                      {npm.version},
                      {npm.description},
                      {npm.author},
                      {npm.license},
                      {npm.homepage},
                      {npm.repository}},
                     0});
  }
  if (facts_.python && facts_.python->metadata) {
    const CoreMetadata& python = *facts_.python->metadata;
    std::vector<std::string_view> links(python.project_urls.begin(), python.project_urls.end());
    list_.push_back({Where{},
                     python.name + "==" + python.version,
                     {{"pypi"},
                      {python.name},
                      {python.version},
                      {python.summary},
                      {python.author, python.author_email},
                      {python.license},
                      {python.home_page},
                      std::move(links)},
                     0});
  }
}

void FactRecords::add_files() {
  const std::vector<File>& files = facts_.package->files;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const File& each = files[i];
    const FileFacts& known = facts_.files[i];
    const std::size_t slash = each.path.rfind('/');
    const std::string_view name = std::string_view(each.path).substr(slash + 1);  // npos + 1 is 0
    list_.push_back({Where{static_cast<std::int32_t>(i), -1, 0, 0},
                     each.path,
                     {{each.path},
                      {name},
                      {own(file_word(static_cast<int>(each.kind)))},
                      {to_string(known.trigger)},
                      {flag_text(known.is_test)},
                      {flag_text(each.executable)},
                      {}},
                     each.size_bytes});
  }
}

}  // namespace assay
