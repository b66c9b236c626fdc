#include "ecosystems/pypi/uv_config.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/text.h"
#include "ecosystems/pypi/toml.h"

namespace assay {
namespace {

using std::filesystem::path;

// "name=URL" or "URL": only a name has no scheme in front of the first '='.
std::string without_name(std::string_view text) {
  const std::size_t equals = text.find('=');
  const bool has_name =
      equals != std::string_view::npos && !contains(text.substr(0, equals), "://");
  return std::string(has_name ? text.substr(equals + 1) : text);
}

void add_words(std::string_view text, std::vector<std::string>& urls) {
  for (const std::string_view word : split(text, ' ')) {
    if (!trim(word).empty()) urls.push_back(without_name(trim(word)));
  }
}

void add_missing(const UvIndexes& more, UvIndexes& indexes) {
  if (indexes.default_url.empty()) indexes.default_url = more.default_url;
  indexes.extra_urls.insert(indexes.extra_urls.end(), more.extra_urls.begin(),
                            more.extra_urls.end());
}

UvIndexes from_variables(const ClientEnvironment& environment) {
  UvIndexes indexes;
  indexes.default_url = without_name(environment.variable("UV_DEFAULT_INDEX"));
  if (indexes.default_url.empty()) indexes.default_url = environment.variable("UV_INDEX_URL");
  add_words(environment.variable("UV_INDEX"), indexes.extra_urls);
  add_words(environment.variable("UV_EXTRA_INDEX_URL"), indexes.extra_urls);
  return indexes;
}

// The nearest folder upwards that configures uv; uv.toml hides pyproject.toml beside it.
UvIndexes from_project(const ClientEnvironment& environment) {
  const path start = environment.working_folder();
  if (start.empty()) return {};
  for (path folder = start;; folder = folder.parent_path()) {
    const Result<std::string> own = environment.read_file((folder / "uv.toml").string());
    if (own) return parse_uv_toml(*own, "");
    const Result<std::string> project = environment.read_file((folder / "pyproject.toml").string());
    if (project && contains(*project, "tool.uv")) return parse_uv_toml(*project, "tool.uv");
    if (folder == folder.parent_path()) return {};
  }
}

bool is_true(const TomlTree& toml, const TomlNode& table, std::string_view key) {
  const TomlNode* value = toml.find(table, key);
  return value != nullptr && value->kind == TomlKind::other && trim(value->text) == "true";
}

void read_index(const TomlTree& toml, const TomlNode& index, UvIndexes& indexes) {
  if (index.kind != TomlKind::table) return;
  const std::string url = toml.text(index, "url");
  // An explicit index serves only the packages pinned to it.
  if (url.empty() || is_true(toml, index, "explicit")) return;
  if (is_true(toml, index, "default")) {
    indexes.default_url = url;
  } else {
    indexes.extra_urls.push_back(url);
  }
}

}  // namespace

UvIndexes parse_uv_toml(std::string_view text, std::string_view table) {
  UvIndexes indexes;
  const Result<TomlTree> toml = TomlTree::read(text);
  if (!toml) return indexes;
  const TomlNode* place = table.empty() ? &toml->root() : toml->at(table);
  if (place == nullptr || place->kind != TomlKind::table) return indexes;
  indexes.default_url = toml->text(*place, "index-url");
  const TomlNode* list = toml->find(*place, "index");
  if (list != nullptr && list->kind == TomlKind::array) {
    for (const TomlNode* index : toml->children(*list)) read_index(*toml, *index, indexes);
  }
  for (std::string& url : toml->texts(*place, "extra-index-url")) {
    indexes.extra_urls.push_back(std::move(url));
  }
  return indexes;
}

UvIndexes load_uv_indexes(const ClientEnvironment& environment) {
  UvIndexes indexes = from_variables(environment);
  add_missing(from_project(environment), indexes);
  const std::string user = environment.xdg_config_home();
  if (!user.empty()) {
    const Result<std::string> text = environment.read_file(user + "/uv/uv.toml");
    if (text) add_missing(parse_uv_toml(*text, ""), indexes);
  }
  return indexes;
}

}  // namespace assay
