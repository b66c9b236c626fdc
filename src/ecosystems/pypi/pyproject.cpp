#include "ecosystems/pypi/pyproject.h"

#include <array>

#include "base/text.h"
#include "ecosystems/pypi/toml.h"

namespace assay {
namespace {

// The largest in use are some hundred KB.
constexpr std::size_t most_bytes = 4_MiB;

struct TextKey {
  std::string_view key;
  std::string CoreMetadata::* member;
};
constexpr std::array<TextKey, 5> text_keys = {{{"name", &CoreMetadata::name},
                                               {"version", &CoreMetadata::version},
                                               {"description", &CoreMetadata::summary},
                                               {"homepage", &CoreMetadata::home_page},
                                               {"license", &CoreMetadata::license}}};

// A table or string that makes a back end load code from the source tree.
struct HookPlace {
  std::string_view path;         // dotted; "*" stands for every key
  std::string_view member;       // of the table found there; empty: the value itself
  std::string_view fallback;     // when that member is not given
  std::string_view source = {};  // what the table's `source` must be for code to run
};
constexpr std::array<HookPlace, 13> hook_places = {{
    {"tool.setuptools.cmdclass.*", "", ""},
    {"tool.setuptools.dynamic.*", "attr", ""},
    {"tool.hatch.build.hooks.custom", "path", "hatch_build.py"},
    {"tool.hatch.build.targets.*.hooks.custom", "path", "hatch_build.py"},
    {"tool.hatch.build.targets.custom", "path", "hatch_build.py"},
    {"tool.hatch.metadata.hooks.custom", "path", "hatch_build.py"},
    {"tool.hatch.version", "path", "", "code"},
    {"tool.pdm.build", "custom-hook", "pdm_build.py"},
    {"tool.pdm.version", "getter", ""},
    {"tool.poetry.build", "script", ""},
    {"tool.poetry.build", "", ""},
    {"tool.scikit-build.metadata.*", "provider-path", ""},
    {"tool.setuptools_scm", "version_scheme", ""},
}};

BuildSystem build_system_of(const TomlTree& toml, const TomlNode& table) {
  BuildSystem found;
  found.requires_ = toml.texts(table, "requires");
  found.backend = toml.text(table, "build-backend");
  found.backend_path = toml.texts(table, "backend-path");
  return found;
}

void append(std::string& list, const std::string& item) {
  if (item.empty()) return;
  if (!list.empty()) list += ", ";
  list += item;
}

class PyprojectReader {
 public:
  explicit PyprojectReader(const TomlTree& toml) : toml_(toml) {}

  Pyproject read() {
    if (const TomlNode* table = toml_.at("build-system")) {
      out_.build_system = build_system_of(toml_, *table);
    }
    if (const TomlNode* table = toml_.at("project")) read_project(*table);
    if (const TomlNode* table = toml_.at("tool.poetry")) read_poetry(*table);
    for (const HookPlace& place : hook_places) read_hook(place);
    return std::move(out_);
  }

 private:
  CoreMetadata read_texts(const TomlNode& table) const {
    CoreMetadata metadata;
    metadata.path = "pyproject.toml";
    for (const TextKey& known : text_keys) {
      metadata.*known.member = toml_.text(table, known.key);
    }
    return metadata;
  }

  void read_project(const TomlNode& project) {
    CoreMetadata metadata = read_texts(project);
    const TomlNode* license = toml_.find(project, "license");
    if (license && metadata.license.empty()) metadata.license = toml_.text(*license, "text");
    metadata.requires_dist = toml_.texts(project, "dependencies");
    metadata.classifiers = toml_.texts(project, "classifiers");
    read_urls(project, metadata);
    read_people(project, "authors", metadata.author, metadata.author_email);
    read_people(project, "maintainers", metadata.maintainer, metadata.maintainer_email);
    read_readme(project, metadata);
    out_.metadata = std::move(metadata);
    read_entry_points(toml_.find(project, "scripts"), "console_scripts");
    read_entry_points(toml_.find(project, "gui-scripts"), "gui_scripts");
    read_groups(toml_.find(project, "entry-points"));
  }

  void read_poetry(const TomlNode& poetry) {
    read_entry_points(toml_.find(poetry, "scripts"), "console_scripts");
    read_groups(toml_.find(poetry, "plugins"));
    if (out_.metadata) return;
    CoreMetadata metadata = read_texts(poetry);
    metadata.classifiers = toml_.texts(poetry, "classifiers");
    read_urls(poetry, metadata);
    const std::string repository = toml_.text(poetry, "repository");
    if (!repository.empty()) metadata.project_urls.push_back("Repository, " + repository);
    for (const std::string& author : toml_.texts(poetry, "authors")) {
      append(metadata.author, author);
    }
    read_readme(poetry, metadata);
    if (const TomlNode* table = toml_.find(poetry, "dependencies")) {
      for (const TomlNode* each : toml_.children(*table)) {
        if (each->key == "python") continue;
        metadata.requires_dist.push_back(each->key +
                                         (each->text.empty() ? "" : " (" + each->text + ")"));
      }
    }
    out_.metadata = std::move(metadata);
  }

  void read_urls(const TomlNode& table, CoreMetadata& metadata) const {
    const TomlNode* urls = toml_.find(table, "urls");
    if (!urls) return;
    for (const TomlNode* url : toml_.children(*urls)) {
      if (url->kind == TomlKind::text) metadata.project_urls.push_back(url->key + ", " + url->text);
    }
  }

  void read_people(const TomlNode& table, std::string_view key, std::string& names,
                   std::string& emails) const {
    const TomlNode* people = toml_.find(table, key);
    if (!people) return;
    for (const TomlNode* person : toml_.children(*people)) {
      append(names, toml_.text(*person, "name"));
      append(emails, toml_.text(*person, "email"));
    }
  }

  // A path, or a table with the file or the text itself.
  void read_readme(const TomlNode& table, CoreMetadata& metadata) {
    out_.readme = toml_.text(table, "readme");
    const TomlNode* readme = toml_.find(table, "readme");
    if (!readme || readme->kind != TomlKind::table) return;
    out_.readme = toml_.text(*readme, "file");
    metadata.description = toml_.text(*readme, "text");
    metadata.description_content_type = toml_.text(*readme, "content-type");
  }

  void read_groups(const TomlNode* groups) {
    if (!groups) return;
    for (const TomlNode* group : toml_.children(*groups)) read_entry_points(group, group->key);
  }

  void read_entry_points(const TomlNode* group, std::string_view name) {
    if (!group) return;
    for (const TomlNode* point : toml_.children(*group)) {
      std::string target = point->kind == TomlKind::text ? point->text : std::string();
      if (target.empty()) target = toml_.text(*point, "callable");  // Poetry's table form
      if (target.empty()) target = toml_.text(*point, "reference");
      if (target.empty()) continue;
      out_.entry_points.push_back({std::string(name), point->key, std::move(target),
                                   "pyproject.toml", point->begin, point->end});
    }
  }

  void read_hook(const HookPlace& place) {
    std::vector<const TomlNode*> at = {&toml_.root()};
    for (const std::string_view key : split(place.path, '.')) {
      std::vector<const TomlNode*> next;
      for (const TomlNode* each : at) {
        const TomlNode* found = key == "*" ? nullptr : toml_.find(*each, key);
        if (found) next.push_back(found);
        if (key == "*") next = toml_.children(*each);
      }
      at = std::move(next);
    }
    for (const TomlNode* each : at) add_hook(place, *each);
  }

  void add_hook(const HookPlace& place, const TomlNode& found) {
    std::string target;
    if (!place.source.empty() && toml_.text(found, "source") != place.source) return;
    if (!place.member.empty()) {
      target = toml_.text(found, place.member);
      if (target.empty() && found.kind == TomlKind::table) target = place.fallback;
    } else if (found.kind == TomlKind::text) {
      target = found.text;
    }
    if (target.empty()) return;
    out_.build_hooks.push_back(
        {std::string(place.path), std::move(target), "pyproject.toml", found.begin, found.end});
  }

  const TomlTree& toml_;
  Pyproject out_;
};

}  // namespace

Result<Pyproject> parse_pyproject(std::string_view text, const Limits& limits) {
  if (text.size() > std::min(most_bytes, limits.json_bytes)) {
    return fail(ErrorKind::limit,
                "pyproject.toml: " + std::to_string(text.size()) + " bytes exceed 4 MiB");
  }
  const Result<TomlTree> toml = TomlTree::read(text);
  if (!toml) return fail(toml.error().kind, "pyproject.toml: " + toml.error().message);
  return PyprojectReader(*toml).read();
}

Result<BuildSystem> parse_build_system(std::string_view pyproject_toml) {
  const Pyproject pyproject = TRY(parse_pyproject(pyproject_toml));
  if (!pyproject.build_system) return fail(ErrorKind::missing, "pyproject.toml: no [build-system]");
  return *pyproject.build_system;
}

}  // namespace assay
