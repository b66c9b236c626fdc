#include "ecosystems/npm/gyp.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "ecosystems/literal.h"
#include "ecosystems/relative_path.h"

namespace assay {
namespace {

// Real files have a handful; a report of more would not be read.
constexpr std::size_t most_commands = 10'000;
// Longer than any command line that a person wrote.
constexpr std::size_t most_command_bytes = 32_KiB;
// All commands together, and what putting in variables may write: doubling ones grow fast.
constexpr std::size_t most_kept_bytes = 4_MiB;
constexpr std::size_t most_substituted_bytes = 4_MiB;
// Variables that hold variables; gyp itself warns of loops.
constexpr int most_rounds = 8;

constexpr std::array<std::string_view, 16> native_extensions = {
    ".c", ".cc",  ".cpp", ".cxx", ".c++", ".m", ".mm",  ".s",
    ".S", ".asm", ".cu",  ".rs",  ".go",  ".f", ".f90", ".swift"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

// What an opening such as "<!@(" or "<!pymod_do_main(" means.
struct Opening {
  std::size_t length = 0;  // with its bracket; 0: none here
  bool runs = false;       // a command, not a variable
  std::string_view module_call;
};

Opening opening_at(std::string_view text, std::size_t at) {
  if (!std::string_view("<>^").contains(text[at])) return {};
  Opening opening;
  std::size_t next = at + 1;
  if (next < text.size() && text[next] == '!') opening.runs = true;
  while (next < text.size() && std::string_view("!@|").contains(text[next])) ++next;
  const std::size_t name = next;
  while (opening.runs && next < text.size() && is_name(text[next])) ++next;
  opening.module_call = text.substr(name, next - name);
  if (next >= text.size() || text[next] != '(') return {};
  opening.length = next + 1 - at;
  return opening;
}

struct Found {
  std::string_view contents;
  std::string_view module_call;
};

// Every command expansion, nested ones too, in one pass over the text.
std::vector<Found> find_expansions(std::string_view text) {
  struct Open {
    std::size_t contents;
    Opening opening;
  };
  std::vector<Open> open;
  std::vector<Found> found;
  std::size_t running = 0;  // open ones that run something
  // Deeper ones are inside what has been kept already.
  constexpr std::size_t most_nested = 8;
  const auto close = [&](std::size_t end) {
    const Open last = open.back();
    open.pop_back();
    if (!last.opening.runs) return;
    if (running <= most_nested) {
      found.push_back({text.substr(last.contents, end - last.contents), last.opening.module_call});
    }
    --running;
  };
  for (std::size_t at = 0; at < text.size();) {
    const Opening opening = opening_at(text, at);
    if (opening.length > 0) {
      open.push_back({at + opening.length, opening});
      running += opening.runs;
      at += opening.length;
      continue;
    }
    if (text[at] == '(') open.push_back({at + 1, {}});
    if (text[at] == ')' && !open.empty()) close(at);
    ++at;
  }
  while (!open.empty()) close(text.size());
  return found;
}

// $(shell …) and `…`, which make hands to a shell.
std::vector<std::string_view> find_make_shells(std::string_view text) {
  std::vector<std::string_view> found;
  constexpr std::string_view start = "$(shell ";
  for (std::size_t at = text.find(start); at != std::string_view::npos;) {
    const std::size_t begin = at + start.size();
    const std::size_t end = std::min(text.find(')', begin), text.size());
    found.push_back(text.substr(begin, end - begin));
    at = text.find(start, end);
  }
  for (std::size_t at = text.find('`'); at != std::string_view::npos;) {
    const std::size_t end = text.find('`', at + 1);
    if (end == std::string_view::npos) break;
    found.push_back(text.substr(at + 1, end - at - 1));
    at = text.find('`', end + 1);
  }
  return found;
}

std::string quoted(std::string_view word) {
  if (!word.empty() && word.find_first_of(" \t\n'\"\\;&|<>()*?") == std::string_view::npos) {
    return std::string(word);
  }
  return "'" + replace_all(std::string(word), "'", "'\\''") + "'";
}

class GypReader {
 public:
  explicit GypReader(const LiteralTree& tree) : tree_(tree) {}

  GypFile read() {
    collect_variables();
    for (const LiteralNode& node : tree_.nodes()) {
      read_node(node);
    }
    return std::move(out_);
  }

 private:
  // Every string below a `variables` key, whichever target or condition it belongs to.
  void collect_variables() {
    variables_ = {{"module_root_dir", "."}, {"DEPTH", "."}, {"python", "python"}};
    for (const LiteralNode& node : tree_.nodes()) {
      if (node.kind != LiteralKind::object || key_of(node) != "variables") continue;
      for (const LiteralNode* each : tree_.children(node)) {
        std::string name = tree_.key(*each);
        while (name.ends_with('%') || name.ends_with('+')) name.pop_back();
        if (each->kind == LiteralKind::text) variables_[name] = tree_.text(*each);
      }
    }
  }

  std::string key_of(const LiteralNode& node) const {
    return node.key_end > node.key_begin ? tree_.key(node) : std::string();
  }

  void read_node(const LiteralNode& node) {
    const bool is_container = node.kind == LiteralKind::array || node.kind == LiteralKind::object;
    if (!is_container) return read_value(node);
    const std::string key = key_of(node);
    // Suffixes say how lists are merged; '!' takes away.
    const std::string_view bare = std::string_view(key).substr(0, key.find_first_of("+=?%"));
    if (node.kind != LiteralKind::array) return;
    if (bare == "action") read_action(node);
    if (bare == "sources") read_sources(node);
    if (bare == "includes" || bare == "dependencies") read_includes(node);
    if (bare == "conditions" || bare == "target_conditions") read_conditions(node);
  }

  void add(GypCommandKind kind, std::string_view command, const LiteralNode& where) {
    if (out_.commands.size() >= most_commands || kept_bytes_ > most_kept_bytes) {
      out_.is_cut = true;
      return;
    }
    std::string text = with_variables(command);
    if (text.size() > most_command_bytes) text.resize(most_command_bytes);
    kept_bytes_ += text.size();
    out_.commands.push_back({kind, std::move(text), {where.begin_with_key(), where.end}});
  }

  void read_value(const LiteralNode& node) {
    if (node.kind == LiteralKind::expression) {
      add(GypCommandKind::expression, tree_.source(node), node);
    }
    if (node.key_end > node.key_begin) read_text(tree_.key(node), node);
    read_text(tree_.text(node), node);
  }

  void read_text(std::string_view text, const LiteralNode& node) {
    for (const Found& found : find_expansions(text)) {
      if (found.module_call.empty()) {
        add(GypCommandKind::expansion, command_of(found.contents), node);
      } else {
        add(GypCommandKind::module, found.contents, node);
      }
    }
    for (const std::string_view shell : find_make_shells(text)) {
      add(GypCommandKind::make_shell, shell, node);
    }
  }

  // "<!(["node", "x.js"])" gives its words as a list.
  static std::string command_of(std::string_view contents) {
    if (!trim(contents).starts_with('[')) return std::string(contents);
    const auto list = LiteralTree::read(contents, LiteralDialect::gyp);
    if (!list) return std::string(contents);
    std::string command;
    for (const LiteralNode* word : list->children(list->root())) {
      if (!command.empty()) command += ' ';
      command += quoted(list->text(*word));
    }
    return command;
  }

  void read_action(const LiteralNode& action) {
    std::string command;
    for (const LiteralNode* word : tree_.children(action)) {
      if (!command.empty()) command += ' ';
      command += quoted(with_variables(tree_.text(*word)));
    }
    add(GypCommandKind::action, command, action);
  }

  void read_sources(const LiteralNode& sources) {
    for (const LiteralNode* each : tree_.children(sources)) {
      const std::string path = tree_.text(*each);
      const std::string_view extension = extension_of(path);
      const bool is_native =
          std::ranges::find(native_extensions, extension) != native_extensions.end();
      out_.has_native_sources = out_.has_native_sources || is_native;
      const bool is_computed =
          contains(path, "<(") || contains(path, "<@(") || contains(path, "!(");
      out_.sources_are_computed = out_.sources_are_computed || is_computed || contains(path, "!@(");
    }
  }

  // Dependencies read "path/file.gyp:target"; those without a file stay in this one.
  void read_includes(const LiteralNode& list) {
    for (const LiteralNode* each : tree_.children(list)) {
      const std::string written = with_variables(tree_.text(*each));
      const std::string path =
          written.substr(0, written.find(".gyp:") == std::string::npos ? written.size()
                                                                       : written.find(".gyp:") + 4);
      if (path.ends_with(".gyp") || path.ends_with(".gypi")) out_.includes.push_back(path);
    }
  }

  // ['OS=="win"', {…}]: the string is a Python expression, given to eval() without built-ins. Names
  // with double underscores are the way around that.
  void read_conditions(const LiteralNode& list) {
    for (const LiteralNode* each : tree_.children(list)) {
      const auto parts = tree_.children(*each);
      const std::string condition = parts.empty() ? std::string() : tree_.text(*parts.front());
      if (contains(condition, "__")) add(GypCommandKind::expression, condition, *parts.front());
    }
  }

  // "<(name)" of this file's own variables; what is not known becomes a hole.
  std::string with_variables(std::string_view text) {
    std::string out(text);
    for (int round = 0; round < most_rounds && budget_ > out.size(); ++round) {
      std::string next;
      bool changed = false;
      for (std::size_t at = 0; at < out.size() && next.size() <= most_command_bytes;) {
        const Opening opening = opening_at(out, at);
        const std::size_t begin = at + opening.length;
        std::size_t end = begin;
        while (end < out.size() && is_name(out[end])) ++end;
        const bool is_variable = opening.length > 0 && !opening.runs && end > begin &&
                                 end < out.size() && out[end] == ')';
        if (!is_variable) {
          next += out[at++];
          continue;
        }
        const auto known = variables_.find(out.substr(begin, end - begin));
        next += known == variables_.end() ? std::string(hole) : known->second;
        changed = true;
        at = end + 1;
      }
      out = std::move(next);
      budget_ -= std::min(budget_, out.size());
      if (!changed) break;
    }
    return out;
  }

  const LiteralTree& tree_;
  std::unordered_map<std::string, std::string> variables_;
  std::size_t budget_ = most_substituted_bytes;
  std::size_t kept_bytes_ = 0;
  GypFile out_;
};

}  // namespace

Result<GypFile> read_gyp(std::string_view text, const Limits& limits) {
  if (text.size() > limits.json_bytes) {
    return fail(ErrorKind::limit, "larger than " + std::to_string(limits.json_bytes) + " bytes");
  }
  const LiteralTree tree = TRY(LiteralTree::read(text, LiteralDialect::gyp));
  return GypReader(tree).read();
}

}  // namespace assay
