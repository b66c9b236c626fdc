#include "ecosystems/pypi/pyproject.h"

#include <array>

// Errors come back as values and nothing throws.
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "base/text.h"
#include "ecosystems/pypi/toml_depth.h"

namespace assay {
namespace {

// The largest in use are some hundred KB.
constexpr std::size_t most_bytes = 4_MiB;
// Real ones nest under ten deep; toml++ itself stops at 256 brackets.
constexpr std::size_t most_depth = 128;

using View = toml::node_view<const toml::node>;

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
  std::string_view path;      // dotted; "*" stands for every key
  std::string_view member;    // of the table found there; empty: the value itself
  std::string_view fallback;  // when that member is not given
};
constexpr std::array<HookPlace, 13> hook_places = {{
    {"tool.setuptools.cmdclass.*", "", ""},
    {"tool.setuptools.dynamic.*", "attr", ""},
    {"tool.hatch.build.hooks.custom", "path", "hatch_build.py"},
    {"tool.hatch.build.targets.*.hooks.custom", "path", "hatch_build.py"},
    {"tool.hatch.build.targets.custom", "path", "hatch_build.py"},
    {"tool.hatch.metadata.hooks.custom", "path", "hatch_build.py"},
    {"tool.hatch.version", "path", ""},
    {"tool.pdm.build", "custom-hook", "pdm_build.py"},
    {"tool.pdm.version", "getter", ""},
    {"tool.poetry.build", "script", ""},
    {"tool.poetry.build", "", ""},
    {"tool.scikit-build.metadata.*", "provider-path", ""},
    {"tool.setuptools_scm", "version_scheme", ""},
}};

std::string text_of(const View& view) { return view.value<std::string>().value_or(""); }

std::vector<std::string> texts_of(const View& view) {
  std::vector<std::string> texts;
  const toml::array* array = view.as_array();
  if (!array) return texts;
  for (const toml::node& node : *array) {
    if (const auto text = node.value<std::string>()) texts.push_back(*text);
  }
  return texts;
}

BuildSystem build_system_of(const View& table) {
  BuildSystem found;
  found.requires_ = texts_of(table["requires"]);
  found.backend = text_of(table["build-backend"]);
  found.backend_path = texts_of(table["backend-path"]);
  return found;
}

class PyprojectReader {
 public:
  PyprojectReader(std::string_view text, const toml::table& document)
      : text_(text), document_(document) {
    for (std::size_t at = 0; at != std::string_view::npos;) {
      line_begins_.push_back(at);
      at = text.find('\n', at);
      if (at != std::string_view::npos) ++at;
    }
  }

  Pyproject read() {
    if (const View table = view()["build-system"]; table.is_table()) {
      out_.build_system = build_system_of(table);
    }
    read_project(view()["project"]);
    read_poetry(view()["tool"]["poetry"]);
    for (const HookPlace& place : hook_places) read_hook(place);
    return std::move(out_);
  }

 private:
  View view() const { return View(static_cast<const toml::node*>(&document_)); }

  struct Lines {
    std::uint32_t begin = 0, end = 0;
  };

  // The lines that a value stands on, since a report shows whole lines.
  Lines lines_of(const toml::node& node) const {
    const auto offset = [&](std::size_t line) {
      return static_cast<std::uint32_t>(line < line_begins_.size() ? line_begins_[line]
                                                                   : text_.size());
    };
    const toml::source_region& source = node.source();
    if (source.begin.line == 0) return {};
    Lines lines{offset(source.begin.line - 1), offset(source.end.line)};
    while (lines.end > lines.begin &&
           (text_[lines.end - 1] == '\n' || text_[lines.end - 1] == '\r')) {
      --lines.end;
    }
    return lines;
  }

  void read_project(const View& project) {
    if (!project.is_table()) return;
    CoreMetadata metadata = read_texts(project);
    if (metadata.license.empty()) metadata.license = text_of(project["license"]["text"]);
    metadata.requires_dist = texts_of(project["dependencies"]);
    metadata.classifiers = texts_of(project["classifiers"]);
    read_urls(project["urls"], metadata);
    read_people(project["authors"], metadata.author, metadata.author_email);
    read_people(project["maintainers"], metadata.maintainer, metadata.maintainer_email);
    read_readme(project["readme"], metadata);
    out_.metadata = std::move(metadata);
    read_entry_points(project["scripts"], "console_scripts");
    read_entry_points(project["gui-scripts"], "gui_scripts");
    read_groups(project["entry-points"]);
  }

  void read_poetry(const View& poetry) {
    if (!poetry.is_table()) return;
    read_entry_points(poetry["scripts"], "console_scripts");
    read_groups(poetry["plugins"]);
    if (out_.metadata) return;
    CoreMetadata metadata = read_texts(poetry);
    metadata.classifiers = texts_of(poetry["classifiers"]);
    read_urls(poetry["urls"], metadata);
    const std::string repository = text_of(poetry["repository"]);
    if (!repository.empty()) metadata.project_urls.push_back("Repository, " + repository);
    for (const std::string& author : texts_of(poetry["authors"])) append(metadata.author, author);
    read_readme(poetry["readme"], metadata);
    if (const toml::table* table = poetry["dependencies"].as_table()) {
      for (const auto& [key, node] : *table) {
        const auto range = node.value<std::string>();
        if (key.str() == "python") continue;
        metadata.requires_dist.push_back(std::string(key.str()) +
                                         (range ? " (" + *range + ")" : ""));
      }
    }
    out_.metadata = std::move(metadata);
  }

  static CoreMetadata read_texts(const View& table) {
    CoreMetadata metadata;
    metadata.path = "pyproject.toml";
    for (const TextKey& known : text_keys) metadata.*known.member = text_of(table[known.key]);
    return metadata;
  }

  static void append(std::string& list, const std::string& item) {
    if (item.empty()) return;
    if (!list.empty()) list += ", ";
    list += item;
  }

  static void read_urls(const View& urls, CoreMetadata& metadata) {
    const toml::table* table = urls.as_table();
    if (!table) return;
    for (const auto& [key, node] : *table) {
      const auto url = node.value<std::string>();
      if (url) metadata.project_urls.push_back(std::string(key.str()) + ", " + *url);
    }
  }

  static void read_people(const View& people, std::string& names, std::string& emails) {
    const toml::array* array = people.as_array();
    if (!array) return;
    for (const toml::node& node : *array) {
      const View person(node);
      append(names, text_of(person["name"]));
      append(emails, text_of(person["email"]));
    }
  }

  void read_readme(const View& readme, CoreMetadata& metadata) {
    out_.readme = readme.is_string() ? text_of(readme) : text_of(readme["file"]);
    if (readme.is_table()) metadata.description = text_of(readme["text"]);
    metadata.description_content_type = text_of(readme["content-type"]);
  }

  void read_groups(const View& groups) {
    const toml::table* table = groups.as_table();
    if (!table) return;
    for (const auto& [key, node] : *table) read_entry_points(View(node), key.str());
  }

  void read_entry_points(const View& group, std::string_view name) {
    const toml::table* table = group.as_table();
    if (!table) return;
    for (const auto& [key, node] : *table) {
      std::string target = node.value<std::string>().value_or("");
      if (target.empty()) target = text_of(View(node)["callable"]);  // Poetry's table form
      if (target.empty()) target = text_of(View(node)["reference"]);
      if (target.empty()) continue;
      const Lines lines = lines_of(node);
      out_.entry_points.push_back({std::string(name), std::string(key.str()), std::move(target),
                                   "pyproject.toml", lines.begin, lines.end});
    }
  }

  void read_hook(const HookPlace& place) {
    std::vector<View> at = {view()};
    for (const std::string_view key : split(place.path, '.')) {
      std::vector<View> next;
      for (const View& each : at) {
        const toml::table* table = each.as_table();
        if (!table) continue;
        if (key != "*") {
          next.push_back(each[key]);
          continue;
        }
        for (const auto& [name, node] : *table) next.push_back(View(node));
      }
      at = std::move(next);
    }
    for (const View& each : at) add_hook(place, each);
  }

  void add_hook(const HookPlace& place, const View& found) {
    const toml::node* node = found.node();
    if (!node) return;
    std::string target;
    if (place.member.empty()) {
      target = text_of(found);
    } else if (found.is_table()) {
      target = text_of(found[place.member]);
      if (target.empty()) target = place.fallback;
    }
    if (target.empty()) return;
    const Lines lines = lines_of(*node);
    out_.build_hooks.push_back(
        {std::string(place.path), std::move(target), "pyproject.toml", lines.begin, lines.end});
  }

  std::string_view text_;
  const toml::table& document_;
  std::vector<std::size_t> line_begins_;
  Pyproject out_;
};

}  // namespace

Result<Pyproject> parse_pyproject(std::string_view text, const Limits& limits) {
  if (text.size() > std::min(most_bytes, limits.json_bytes)) {
    return fail(ErrorKind::limit,
                "pyproject.toml: " + std::to_string(text.size()) + " bytes exceed 4 MiB");
  }
  if (toml_depth(text) > most_depth) {
    return fail(ErrorKind::limit, "pyproject.toml: nested deeper than 128");
  }
  const toml::parse_result document = toml::parse(text);
  if (!document) {
    return fail(ErrorKind::malformed,
                "pyproject.toml: " + std::string(document.error().description()));
  }
  return PyprojectReader(text, document.table()).read();
}

Result<BuildSystem> parse_build_system(std::string_view pyproject_toml) {
  const Pyproject pyproject = TRY(parse_pyproject(pyproject_toml));
  if (!pyproject.build_system) return fail(ErrorKind::missing, "pyproject.toml: no [build-system]");
  return *pyproject.build_system;
}

}  // namespace assay
