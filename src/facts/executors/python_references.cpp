#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/references.h"

namespace assay {
namespace {

// Calls whose string argument is the name of a module.
constexpr std::array<std::string_view, 8> module_calls = {
    "import_module", "__import__",  "run_module", "find_spec",
    "find_module",   "load_module", "get_data",   "import_string"};

// What it takes to run a file of Python by its path. Most setup.py files only read their version
// off a module.
constexpr std::array<std::string_view, 17> runners = {
    "exec(",          "'exec'",     "\"exec\"", "eval(", "runpy", "run_path",         "load_source",
    "spec_from_file", "subprocess", "system(",  "Popen", "spawn", "SourceFileLoader", "execfile",
    "getattr(",       "globals(",   "builtins"};

// Keyword arguments of setup() that list files which are installed, not run.
constexpr std::array<std::string_view, 6> installed_only = {
    "scripts", "data_files", "sources", "package_data", "depends", "include_dirs"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (c & 0x80) != 0;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_dotted_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return is_name(c) || c == '.'; });
}

class PythonReferences {
 public:
  PythonReferences(std::string_view text, const Origin& origin, const PackageFiles& files,
                   const PythonModules& modules, References& out)
      : text_(text),
        origin_(origin),
        files_(files),
        modules_(modules),
        into_(out.named),
        out_(out),
        runs_files_(std::ranges::any_of(
            runners, [&](std::string_view runner) { return contains(text, runner); })) {}

  void add() {
    constexpr std::string_view word = "import";
    for (std::size_t at = find_fast(word, 0); at != std::string_view::npos;
         at = find_fast(word, at + word.size())) {
      const bool starts =
          at == 0 || !(is_name(text_[at - 1]) || text_[at - 1] == '.') || is_after_dots(at);
      const std::size_t end = at + word.size();
      const bool ends = end < text_.size() && !is_name(text_[end]);
      if (starts && ends) add_import(at, end);
    }
    for (std::size_t at = 0; at < text_.size();) {
      const ShortString each = next_short_string(text_, at);
      if (!each.text.empty()) add_string(each);
    }
    add_computed_imports();
  }

 private:
  // memmem: string_view::find stops at every first letter.
  std::size_t find_fast(std::string_view what, std::size_t from) const {
    const void* found = memmem(text_.data() + from, text_.size() - from, what.data(), what.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text_.data())
                 : std::string_view::npos;
  }

  // "from .import x", without a space.
  bool is_after_dots(std::size_t at) const {
    while (at > 0 && text_[at - 1] == '.') --at;
    return at > 0 && is_blank(text_[at - 1]);
  }

  void add_import(std::size_t word, std::size_t after) {
    const std::string_view from = from_module(word);
    if (from.empty()) {
      for (const std::string_view module : names_at(after)) add_absolute(module);
      return;
    }
    const std::vector<std::string_view> names = names_at(after);
    if (from.starts_with('.')) {
      add_relative(from, names);
      return;
    }
    add_absolute(from);
    for (const std::string_view name : names) {
      add_absolute(std::string(from) + '.' + std::string(name));
    }
  }

  // What stands between "from" and the word "import" in the same line; empty without "from".
  std::string_view from_module(std::size_t word) const {
    std::size_t end = word;
    while (end > 0 && is_blank(text_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && (is_name(text_[begin - 1]) || text_[begin - 1] == '.') &&
           end - begin < 300) {
      --begin;
    }
    std::size_t keyword = begin;
    while (keyword > 0 && is_blank(text_[keyword - 1])) --keyword;
    const std::string_view module = text_.substr(begin, end - begin);
    const bool has_from = keyword >= 4 && text_.substr(keyword - 4, 4) == "from" &&
                          (keyword == 4 || !is_name(text_[keyword - 5]));
    if (has_from) return module;
    // "from.x import y"
    return module.starts_with("from.") ? module.substr(4) : std::string_view();
  }

  // "a.b as c, d" or "(a,\n b)": the imported names.
  std::vector<std::string_view> names_at(std::size_t at) const {
    std::vector<std::string_view> names;
    bool in_brackets = false, is_alias = false;
    while (at < text_.size()) {
      const char c = text_[at];
      if (is_name(c) || c == '.') {
        const std::size_t begin = at;
        while (at < text_.size() && (is_name(text_[at]) || text_[at] == '.')) ++at;
        const std::string_view name = text_.substr(begin, at - begin);
        // No name, and where the scan for the next statement starts: all scans stay linear.
        if (name == "import" || name == "from") break;
        if (name == "as") {
          is_alias = true;
        } else if (!is_alias) {
          names.push_back(name);
        }
        continue;
      }
      if (c == ',') is_alias = false;
      if (c == '(') in_brackets = true;
      const bool goes_on = is_blank(c) || c == ',' || c == '(' || c == '\\' || c == '\r' ||
                           (c == '\n' && (in_brackets || text_[at - 1] == '\\' ||
                                          text_.substr(0, at).ends_with("\\\r")));
      if (!goes_on && !(in_brackets && c == '#')) break;
      if (c == '#' && !skip_comment(at)) break;
      ++at;
    }
    return names;
  }

  // To the end of the line. Comments inside a list of names are short; without the bound a line
  // full of them would take quadratic time.
  bool skip_comment(std::size_t& at) const {
    constexpr std::size_t most_bytes = 200;
    const std::size_t end = text_.substr(at, most_bytes).find('\n');
    at += end == std::string_view::npos ? 0 : end;
    return end != std::string_view::npos;
  }

  // import_module(name) with a computed name may mean a neighbour.
  void add_computed_imports() {
    constexpr std::array<std::string_view, 3> calls = {"import_module(", "__import__(",
                                                       "run_path("};
    for (const std::string_view call : calls) {
      for (std::size_t at = text_.find(call); at != std::string_view::npos;
           at = text_.find(call, at + 1)) {
        const std::size_t argument = at + call.size();
        const bool is_computed = argument < text_.size() && is_name(text_[argument]);
        if (is_computed) {
          out_.guessed_folders.emplace_back(origin_.folder);
          return;
        }
      }
    }
  }

  void add_absolute(std::string_view dotted) {
    if (modules_.add_module(dotted, into_)) return;
    // A script's own folder is on the path.
    if (files_.find(std::string(origin_.folder) + "/__init__.py") < 0) {
      modules_.add_module_below(origin_.folder, dotted, into_);
    }
  }

  void add_relative(std::string_view from, const std::vector<std::string_view>& names) {
    std::string_view folder = origin_.folder;
    from.remove_prefix(1);
    while (from.starts_with('.')) {
      from.remove_prefix(1);
      folder = folder_of(folder);
    }
    if (!from.empty()) modules_.add_module_below(folder, from, into_);
    for (const std::string_view name : names) {
      const std::string dotted =
          from.empty() ? std::string(name) : std::string(from) + '.' + std::string(name);
      modules_.add_module_below(folder, dotted, into_);
    }
    const std::int32_t init = files_.find(std::string(folder) + "/__init__.py");
    if (from.empty() && init >= 0) into_.push_back(init);
  }

  void add_string(const ShortString& each) {
    const bool is_plain = each.text.find('\\') == std::string_view::npos;
    const std::string joined = is_plain ? std::string() : joined_string(text_, each);
    const std::string_view text = is_plain ? each.text : std::string_view(joined);
    if (is_dotted_name(text) && is_module_argument(each.begin)) add_absolute(text);
    if (text.find_first_of("./") == std::string_view::npos || is_installed_only(each.begin)) return;
    for (const std::string_view word : split(text, ' ')) add_path(word);
  }

  // import_module('a.b'), __import__("a"): the string is the first argument of such a call.
  bool is_module_argument(std::size_t begin) const {
    std::size_t end = begin - 1;
    while (end > 0 && is_blank(text_[end - 1])) --end;
    if (end == 0 || text_[end - 1] != '(') return false;
    --end;
    while (end > 0 && is_blank(text_[end - 1])) --end;
    std::size_t name = end;
    while (name > 0 && is_name(text_[name - 1]) && end - name < 32) --name;
    const std::string_view call = text_.substr(name, end - name);
    return std::ranges::find(module_calls, call) != module_calls.end();
  }

  // Inside "scripts=[…]" and kin: the nearest opening bracket has such a name in front of it.
  bool is_installed_only(std::size_t begin) {
    if (begin < list_end_) return true;
    const std::size_t from = std::max(list_end_, begin > 64 ? begin - 64 : 0);
    const std::size_t bracket = text_.substr(from, begin - from).rfind('[');
    if (bracket == std::string_view::npos) return false;
    std::size_t end = from + bracket;
    while (end > 0 && (is_blank(text_[end - 1]) || text_[end - 1] == '=')) --end;
    std::size_t name = end;
    while (name > 0 && is_name(text_[name - 1]) && end - name < 32) --name;
    const std::string_view keyword = text_.substr(name, end - name);
    if (std::ranges::find(installed_only, keyword) == installed_only.end()) return false;
    list_end_ = std::min(text_.find(']', begin), text_.size());
    return true;
  }

  void add_path(std::string_view word) {
    while (word.starts_with('/')) word.remove_prefix(1);
    if (word.empty() || !files_.has_file_named(base_name_of(word))) return;
    bool found = false;
    for (const std::string_view folder : {origin_.folder, std::string_view()}) {
      const auto path = join_path(folder, word);
      const std::int32_t index = path && !path->empty() ? files_.find(*path) : -1;
      if (index >= 0) add_named(index);
      found = found || index >= 0;
    }
    const std::int32_t unique = files_.only_file_named(base_name_of(word));
    if (!found && unique >= 0 && is_code(files_.file(unique))) add_named(unique);
  }

  void add_named(std::int32_t index) {
    const bool is_read_only = files_.file(index).kind == FileKind::python && !runs_files_;
    (is_read_only ? out_.mentioned : into_).push_back(index);
  }

  std::string_view text_;
  const Origin& origin_;
  const PackageFiles& files_;
  const PythonModules& modules_;
  FileList& into_;
  References& out_;
  bool runs_files_;
  std::size_t list_end_ = 0;
};

}  // namespace

References python_references(std::string_view text, const Origin& origin, const PackageFiles& files,
                             const PythonModules& modules) {
  References found;
  PythonReferences(text, origin, files, modules, found).add();
  sort_unique(found.named);
  sort_unique(found.mentioned);
  return found;
}

}  // namespace assay
