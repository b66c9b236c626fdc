#include "facts/metadata/documentation.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"

namespace assay {
namespace {

constexpr std::size_t most_bytes = 256 << 10;
constexpr std::size_t most_installs = 8;

// What a template or a registry leaves where nobody wrote anything.
constexpr std::string_view placeholders[] = {
    "lorem ipsum",
    "todo: write",
    "todo: describe",
    "this is a placeholder",
    "placeholder package",
    "security holding package",
    "add your description here",
    "your description here",
    "short description of your project",
    "description of your package",
    "a short description of the project",
    "this is a test package",
    "project description goes here",
    "package name reserved",
    "name reserved for",
    "this package is a dependency confusion",
};

struct Installer {
  std::string_view command;
  Ecosystem ecosystem;
};
constexpr Installer installers[] = {
    {"npm install ", Ecosystem::npm},   {"npm i ", Ecosystem::npm},
    {"npm add ", Ecosystem::npm},       {"yarn add ", Ecosystem::npm},
    {"pnpm add ", Ecosystem::npm},      {"pnpm i ", Ecosystem::npm},
    {"pnpm install ", Ecosystem::npm},  {"bun add ", Ecosystem::npm},
    {"pip install ", Ecosystem::pypi},  {"pip3 install ", Ecosystem::pypi},
    {"uv add ", Ecosystem::pypi},       {"uv pip install ", Ecosystem::pypi},
    {"poetry add ", Ecosystem::pypi},   {"pipx install ", Ecosystem::pypi},
    {"conda install ", Ecosystem::pypi}};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '/' || c == '@';
}

std::string normalised(std::string_view name, Ecosystem ecosystem) {
  return ecosystem == Ecosystem::pypi ? normalise_pypi_name(name) : std::string(name);
}

// "lodash@4", "requests[socks]>=2" and kin: the name in front. Empty for options, paths and URLs.
std::string package_in(std::string_view word, Ecosystem ecosystem) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'' || word.front() == '`')) {
    word.remove_prefix(1);
  }
  std::size_t end = 0;
  while (end < word.size() && is_name_character(word[end])) ++end;
  std::string_view name = word.substr(0, end);
  const std::size_t version = name.find('@', 1);
  name = name.substr(0, version);
  if (ecosystem == Ecosystem::pypi) name = name.substr(0, name.find('@'));
  while (name.ends_with('.')) name.remove_suffix(1);
  const bool is_path = name.starts_with('.') || name.starts_with('/') ||
                       (contains(name, "/") && !name.starts_with('@')) || contains(word, "://") ||
                       word.starts_with("git+");
  const bool is_option = name.starts_with('-') || word.starts_with('<') || word.starts_with('{');
  if (is_path || is_option || name.size() < 2 || name.size() > 214) return {};
  return normalised(name, ecosystem);
}

// The packages that the rest of an install line names.
std::vector<std::string> packages_in(std::string_view rest, Ecosystem ecosystem) {
  std::vector<std::string> names;
  bool skips_value = false;
  for (const std::string_view part : split(rest, ' ')) {
    const std::string_view word = trim(part);
    if (word.empty()) continue;
    if (word.find_first_of("&|;#(") != std::string_view::npos || word == "or" || word == "and")
      break;
    if (word.starts_with('-')) {
      skips_value = word == "-r" || word == "-e" || word == "-c" || word == "--registry" ||
                    word == "--index-url" || word == "--extra-index-url" || word == "-i";
      continue;
    }
    if (std::exchange(skips_value, false)) continue;
    std::string name = package_in(word, ecosystem);
    if (!name.empty()) names.push_back(std::move(name));
    // What stands behind a closing quote or back tick is a sentence again.
    if (word.ends_with('`') || word.ends_with('"') || word.ends_with('\'') || word.ends_with('.'))
      break;
  }
  return names;
}

class Reader {
 public:
  Reader(Documentation& facts, Ecosystem ecosystem, std::string_view name)
      : facts_(facts), ecosystem_(ecosystem), name_(normalised(name, ecosystem)) {}

  void read(std::string_view text) {
    for (const std::string_view line : split_lines(text)) read_line(line);
    const std::string lower = to_lower_ascii(text);
    for (const std::string_view phrase : placeholders) {
      if (!contains(lower, phrase)) continue;
      facts_.placeholder = phrase;
      return;
    }
  }

 private:
  void read_line(std::string_view line) {
    const std::string_view text = trim(line);
    const bool is_fence = text.starts_with("```") || text.starts_with("~~~");
    const bool is_indented = line.starts_with("    ") || line.starts_with('\t');
    if (is_fence) {
      in_fence_ = !in_fence_;
      if (in_fence_) ++facts_.code_blocks;
      return;
    }
    read_install(text);
    if (in_fence_ || is_indented || text.starts_with(">>>")) {
      if (!in_fence_ && !was_indented_) ++facts_.code_blocks;
      was_indented_ = is_indented;
      read_code(text);
      return;
    }
    was_indented_ = false;
    facts_.words += words_in(text);
  }

  void read_code(std::string_view text) {
    const bool is_import = starts_with_ignoring_case(text, "import ") ||
                           text.starts_with("from ") || text.starts_with(">>> import") ||
                           text.starts_with(">>> from") || contains(text, "require(") ||
                           contains(text, " from '") || contains(text, " from \"");
    if (is_import && names_this(text)) facts_.shows_use = true;
  }

  bool names_this(std::string_view text) const {
    if (contains_ignoring_case(text, name_)) return true;
    return ecosystem_ == Ecosystem::pypi &&
           (contains_ignoring_case(text, replace_all(name_, "-", "_")) ||
            contains_ignoring_case(text, replace_all(name_, "-", ".")));
  }

  void read_install(std::string_view text) {
    for (const Installer& installer : installers) {
      if (installer.ecosystem != ecosystem_) continue;
      const std::size_t at = text.find(installer.command);
      if (at == std::string_view::npos) continue;
      const std::string_view rest = text.substr(at + installer.command.size());
      for (std::string& name : packages_in(rest, ecosystem_)) add_install(std::move(name));
      return;
    }
  }

  void add_install(std::string name) {
    if (name == name_) {
      facts_.shows_use = true;
      return;
    }
    std::vector<std::string>& known = facts_.installs;
    if (known.size() < most_installs && std::ranges::find(known, name) == known.end()) {
      known.push_back(std::move(name));
    }
  }

  // Words of a sentence: not badges, links, headings' marks, tables' rules or tags.
  static std::size_t words_in(std::string_view text) {
    if (text.starts_with("[![") || text.starts_with("![") || text.starts_with("..") ||
        text.starts_with('<') || text.starts_with(':')) {
      return 0;
    }
    std::size_t words = 0;
    for (const std::string_view word : split(text, ' ')) {
      const bool is_word =
          word.size() >= 2 && !contains(word, "://") && std::ranges::any_of(word, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   static_cast<unsigned char>(c) >= 0x80;
          });
      words += is_word ? 1 : 0;
    }
    return words;
  }

  Documentation& facts_;
  Ecosystem ecosystem_;
  std::string name_;
  bool in_fence_ = false;
  bool was_indented_ = false;
};

}  // namespace

Documentation read_documentation(std::string_view text, Ecosystem ecosystem, std::string_view name,
                                 std::string source) {
  Documentation facts;
  facts.source = std::move(source);
  Reader(facts, ecosystem, name).read(text.substr(0, most_bytes));
  return facts;
}

}  // namespace assay
