#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/references.h"

namespace assay {
namespace {

// "lodash" of "lodash/fp", "@a/b" of "@a/b/c".
std::string_view module_name(std::string_view specifier) {
  std::size_t slash = specifier.find('/');
  if (specifier.starts_with('@') && slash != std::string_view::npos) {
    slash = specifier.find('/', slash + 1);
  }
  return specifier.substr(0, slash);
}

class JavascriptReferences {
 public:
  JavascriptReferences(std::string_view text, const Origin& origin, const PackageFiles& files,
                       References& out)
      : text_(text), origin_(origin), files_(files), into_(out.named), out_(out) {}

  void add() {
    for (std::size_t at = 0; at < text_.size();) {
      const ShortString each = next_short_string(text_, at);
      if (each.text.empty()) break;
      // "." and ".." mean a folder only where a module is asked for.
      if (each.text.find_first_not_of("./") == std::string_view::npos && !is_specifier(each)) {
        continue;
      }
      const bool is_plain = each.text.find('\\') == std::string_view::npos && !is_joined(each);
      if (is_plain) {
        add_string(each.text);
      } else {
        add_string(joined_string(text_, each));
      }
    }
    add_computed_requires();
  }

 private:
  bool is_joined(const ShortString& each) const {
    std::size_t after = each.begin + each.text.size() + 1;
    while (after < text_.size() && text_[after] == ' ') ++after;
    return after < text_.size() && text_[after] == '+';
  }

  // require("…"), import("…"), from "…".
  bool is_specifier(const ShortString& each) const {
    std::size_t end = each.begin - 1;
    while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '(')) --end;
    const std::string_view before = text_.substr(0, end);
    return before.ends_with("require") || before.ends_with("import") || before.ends_with("from");
  }

  // A specifier, a path, or a command line with paths in it.
  void add_string(std::string_view text) {
    const bool may_name_a_file = text.find_first_of("./") != std::string_view::npos;
    if (!may_name_a_file && !files_.bundles_modules()) return;
    if (!contains(text, " ")) return add_word(text);
    for (const std::string_view word : split(text, ' ')) {
      if (word.find_first_of("./") != std::string_view::npos) add_word(word);
    }
  }

  void add_word(std::string_view word) {
    word = word.substr(0, word.find_first_of("?#"));  // "./x.js?worker"
    if (word.starts_with("file://")) word.remove_prefix(7);
    if (word.empty() || contains(word, "://")) return;
    if (word.starts_with('.')) return add_relative(word);
    const std::size_t before = into_.size();
    add_exact(word);
    if (into_.size() == before) add_module(word);
    if (into_.size() == before) add_unique(word);
  }

  void add_relative(std::string_view word) {
    const auto path = join_path(origin_.folder, word);
    if (!path) return;
    const std::size_t before = into_.size();
    files_.add_node_module(*path, into_);
    // require('./plugins/' + name) may load any of them.
    if (word.ends_with('/') && files_.has_folder(*path)) out_.guessed_folders.push_back(*path);
    // A script's working folder is the package's more often than its own.
    const auto from_top = into_.size() == before ? join_path("", word) : std::nullopt;
    if (from_top) files_.add_node_module(*from_top, into_);
  }

  // path.join(__dirname, 'x.js'), fork('lib/x.js'), __dirname + '/x.js'.
  void add_exact(std::string_view word) {
    while (word.starts_with('/')) word.remove_prefix(1);
    const bool has_slash = word.find('/') != std::string_view::npos;
    if (word.empty() || (!has_slash && !files_.has_file_named(word))) return;
    for (const std::string_view folder : {origin_.folder, std::string_view()}) {
      const auto path = join_path(folder, word);
      const std::int32_t index = path && !path->empty() ? files_.find(*path) : -1;
      if (index >= 0) into_.push_back(index);
      if (index < 0 && path && has_slash) files_.add_node_module(*path, into_);
    }
  }

  // The package by its own name, or one that it bundles.
  void add_module(std::string_view word) {
    const std::string_view name = module_name(word);
    std::string_view rest = word.substr(name.size());
    if (rest.starts_with('/')) rest.remove_prefix(1);
    if (!origin_.package_name.empty() && name == origin_.package_name) {
      return add_joined("", rest);
    }
    const auto bundled = files_.bundled_folder(name, origin_.folder);
    if (bundled) add_joined(*bundled, rest);
  }

  void add_joined(std::string_view folder, std::string_view rest) {
    const auto path = join_path(folder, rest);
    if (path) files_.add_node_module(*path, into_);
  }

  // 'lib', 'x.js' of path.join: the last part, when only one file has that name.
  void add_unique(std::string_view word) {
    const std::int32_t index = files_.only_file_named(base_name_of(word));
    if (index >= 0 && is_code(files_.file(index))) into_.push_back(index);
  }

  // require(name) with a computed name may load its neighbours.
  void add_computed_requires() {
    constexpr std::array<std::string_view, 3> calls = {"require(", "import(", "fork("};
    for (const std::string_view call : calls) {
      for (std::size_t at = text_.find(call); at != std::string_view::npos;
           at = text_.find(call, at + call.size())) {
        const std::string_view argument = text_.substr(at + call.size(), most_argument_bytes);
        if (!is_computed(argument)) continue;
        add_folders_in(argument);
        guesses_neighbours_ = true;
      }
    }
    if (guesses_neighbours_) out_.guessed_folders.emplace_back(origin_.folder);
  }

  static bool is_computed(std::string_view argument) {
    const char c = argument.empty() ? '"' : argument.front();
    const bool is_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    // Minified bundles number their modules: require(n), and load nothing.
    const bool is_one_letter = argument.size() > 1 && argument[1] == ')';
    return c == '`' || (is_name && !is_one_letter);
  }

  // `./commands/${name}.js`, path.join(__dirname, 'commands', name).
  void add_folders_in(std::string_view argument) {
    const auto end = std::ranges::find(argument, '\n');
    argument = argument.substr(0, static_cast<std::size_t>(end - argument.begin()));
    for (std::size_t at = 0; at < argument.size() && folders_left_ > 0; ++at) {
      if (!std::string_view("'\"`").contains(argument[at])) continue;
      const std::string_view rest = argument.substr(at + 1);
      const std::string_view word = rest.substr(0, rest.find_first_of("'\"`$"));
      const auto path = join_path(origin_.folder, word.substr(0, word.rfind('/')));
      --folders_left_;
      if (path && !path->empty() && files_.has_folder(*path)) out_.guessed_folders.push_back(*path);
      at += word.size();
    }
  }

  // Enough for a path with a folder or two in front of a name.
  static constexpr std::size_t most_argument_bytes = 120;

  std::string_view text_;
  const Origin& origin_;
  const PackageFiles& files_;
  FileList& into_;
  References& out_;
  bool guesses_neighbours_ = false;
  std::size_t folders_left_ = 1000;  // looked up for computed names, in one file
};

}  // namespace

References javascript_references(std::string_view text, const Origin& origin,
                                 const PackageFiles& files) {
  References found;
  JavascriptReferences(text, origin, files, found).add();
  sort_unique(found.named);
  return found;
}

}  // namespace assay
