// The scripts that a command runs, which are read as commands of their own.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "facts/code/shell/decode.h"
#include "facts/code/shell/session.h"

namespace assay::code::shell {
namespace {

using Words = std::vector<std::string>;

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// As a command line of cmd.exe or PowerShell: one word is the whole line, more are quoted again.
std::string command_line(const Words& words, std::size_t from, bool quotes) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) {
    const bool is_quoted = quotes && words.size() - from > 1 &&
                           (words[i].empty() || words[i].find_first_of(" \t") != words[i].npos);
    if (i > from) out += ' ';
    out += is_quoted ? '"' + words[i] + '"' : words[i];
  }
  return out;
}

class Opener {
 public:
  Opener(Session& session, std::int32_t index, const Context& context)
      : session_(session), index_(index), context_(context) {}

  void open();

 private:
  const Words& words() const { return session_.command(index_).words; }
  std::string_view word(std::size_t i) const {
    return i < words().size() ? std::string_view(words()[i]) : std::string_view();
  }
  std::size_t find(std::string_view option) const {
    const auto found = std::ranges::find(words(), option);
    return static_cast<std::size_t>(found - words().begin());
  }
  void read(std::string text, ShellDialect dialect, std::int64_t at = -1);
  void read_input(ShellDialect dialect);
  void read_word(std::size_t i, ShellDialect dialect);
  void run(Words words);  // as if the command had been written out

  void open_posix_shell();
  void open_file_or_input(std::size_t operand);
  void open_cmd();
  void open_powershell();
  void open_eval();
  void open_source();
  void open_trap();
  void open_option_c();
  void open_bun();
  void open_xargs();
  void open_find();
  void open_input();
  void open_all_words();
  void open_apple_script();
  void open_forfiles();
  void open_expression();

  struct Entry {
    std::string_view program;
    void (Opener::*open)();
  };
  static const Entry entries[];

  Session& session_;
  std::int32_t index_;
  Context context_;
};

constexpr Opener::Entry Opener::entries[] = {
    {"eval", &Opener::open_eval},
    {"source", &Opener::open_source},
    {".", &Opener::open_source},
    {"trap", &Opener::open_trap},
    {"su", &Opener::open_option_c},
    {"runuser", &Opener::open_option_c},
    {"script", &Opener::open_option_c},
    {"flock", &Opener::open_option_c},
    {"npx", &Opener::open_option_c},
    {"npm", &Opener::open_option_c},
    {"bun", &Opener::open_bun},
    {"xargs", &Opener::open_xargs},
    {"find", &Opener::open_find},
    {"at", &Opener::open_input},
    {"batch", &Opener::open_input},
    {"concurrently", &Opener::open_all_words},
    {"osascript", &Opener::open_apple_script},
    {"cmd", &Opener::open_cmd},
    {"powershell", &Opener::open_powershell},
    {"pwsh", &Opener::open_powershell},
    {"forfiles", &Opener::open_forfiles},
    {"wmic", &Opener::open_forfiles},
    {"invoke-expression", &Opener::open_expression},
    {"scriptblock.create", &Opener::open_expression},
    {"executioncontext.invokecommand.invokescript", &Opener::open_expression},
};

void Opener::open() {
  if (words().empty()) return;
  const std::string program = program_of(session_.command(index_));
  if (is_posix_shell(program)) {
    open_posix_shell();
    return;
  }
  for (const Entry& entry : entries) {
    if (entry.program == program) {
      (this->*entry.open)();
      return;
    }
  }
  // A script that the text itself wrote.
  if (word(0).find('/') != std::string_view::npos) open_file_or_input(0);
}

void Opener::read(std::string text, ShellDialect dialect, std::int64_t at) {
  if (trim(text).empty() || text == hole) return;
  const ShellCommand& command = session_.command(index_);
  Context inner = context_;
  inner.depth = command.depth;
  inner.exact = at >= 0;
  inner.begin = at >= 0 ? static_cast<std::uint32_t>(at) : command.begin;
  inner.end = at >= 0 ? inner.begin + static_cast<std::uint32_t>(text.size()) : command.end;
  inner.input = command.reads_from;
  inner.output_is_hidden = command.output_is_hidden;
  inner.in_background = command.in_background;
  const std::int32_t before = session_.count();
  parse_nested(session_, text, dialect, inner);
  if (session_.count() > before) session_.notes_of(index_).is_opened = true;
}

// The script is the input, so that its commands cannot read from there.
void Opener::read_input(ShellDialect dialect) {
  if (!session_.command(index_).input) return;
  const std::int32_t piped = std::exchange(session_.command(index_).reads_from, -1);
  read(*session_.command(index_).input, dialect);
  session_.command(index_).reads_from = piped;
}

void Opener::read_word(std::size_t i, ShellDialect dialect) {
  if (i < words().size()) read(words()[i], dialect, session_.notes_of(index_).word_at[i]);
}

void Opener::run(Words run_words) {
  Context inner = context_;
  if (run_words.empty()) return;
  if (++inner.depth > max_depth) {
    session_.script.cut = true;
    return;
  }
  std::size_t size = 0;
  for (const std::string& text : run_words) size += text.size();
  if (!session_.spend(size)) return;
  const ShellCommand& outer = session_.command(index_);
  inner.exact = false;
  inner.begin = outer.begin;
  inner.end = outer.end;
  inner.output_is_hidden = outer.output_is_hidden;
  inner.in_background = outer.in_background;
  inner.input = outer.reads_from;
  const std::int32_t added = session_.add(inner, session_.notes_of(index_).dialect, 0);
  if (added < 0) return;
  for (std::string& text : run_words) session_.add_word(added, std::move(text));
  session_.notes_of(index_).is_opened = true;
  finish(session_, added, inner);
}

// sh -c 'script', bash -lc script, sh file, sh -s, sh
void Opener::open_posix_shell() {
  std::size_t i = 1;
  bool takes_script = false;
  for (; i < words().size() && is_option(word(i)); ++i) {
    const std::string_view option = word(i);
    if (option == "--") {
      ++i;
      break;
    }
    if (option[1] == '-') continue;
    takes_script = takes_script || option.contains('c');
    if (option.back() == 'o' || option.back() == 'O') ++i;
  }
  if (takes_script) {
    read_word(i, ShellDialect::posix);
  } else {
    open_file_or_input(i);
  }
}

void Opener::open_file_or_input(std::size_t operand) {
  const std::string_view path = word(operand);
  if (path.empty() || path == "-" || path == "/dev/stdin" || path == "-s") {
    open_input();
    return;
  }
  const auto file = session_.files.find(path);
  if (file == session_.files.end()) return;
  const std::string lower = to_lower_ascii(path);
  const bool is_other = lower.ends_with(".js") || lower.ends_with(".py") ||
                        lower.ends_with(".vbs") ||
                        file->second.starts_with("#!/usr/bin/env node") ||
                        file->second.starts_with("#!/usr/bin/env python");
  if (is_other) return;
  read(file->second, lower.ends_with(".ps1")                              ? ShellDialect::powershell
                     : lower.ends_with(".bat") || lower.ends_with(".cmd") ? ShellDialect::cmd
                                                                          : ShellDialect::posix);
}

void Opener::open_input() { read_input(ShellDialect::posix); }

// cmd /d /s /c "line", cmd.exe /q/c line, cmd < input
void Opener::open_cmd() {
  for (std::size_t i = 1; i < words().size(); ++i) {
    const std::string option = to_lower_ascii(word(i));
    if (!option.starts_with('/')) break;
    const std::size_t switch_at = option.find_first_of("ckr", 1);
    if (switch_at == std::string::npos || option[switch_at - 1] != '/') continue;
    // Letters may follow the switch directly: /cstart.
    if (switch_at + 1 < option.size()) {
      Words rest(words().begin() + static_cast<std::ptrdiff_t>(i), words().end());
      rest.front().erase(0, switch_at + 1);
      read(command_line(rest, 0, true), ShellDialect::cmd);
    } else if (i + 2 == words().size()) {
      read_word(i + 1, ShellDialect::cmd);
    } else {
      read(command_line(words(), i + 1, true), ShellDialect::cmd);
    }
    return;
  }
  read_input(ShellDialect::cmd);
}

struct PowerShellOption {
  std::string_view name;
  std::size_t shortest;  // letters that tell it from others
  bool takes_value;
};
constexpr std::array powershell_options = {
    PowerShellOption{"encodedcommand", 1, true},    PowerShellOption{"ec", 2, true},
    PowerShellOption{"command", 1, true},           PowerShellOption{"file", 1, true},
    PowerShellOption{"executionpolicy", 2, true},   PowerShellOption{"ep", 2, true},
    PowerShellOption{"windowstyle", 1, true},       PowerShellOption{"inputformat", 3, true},
    PowerShellOption{"outputformat", 1, true},      PowerShellOption{"version", 1, true},
    PowerShellOption{"workingdirectory", 2, true},  PowerShellOption{"wd", 2, true},
    PowerShellOption{"configurationname", 4, true}, PowerShellOption{"psconsolefile", 2, true},
};

std::string_view powershell_option(std::string_view word) {
  if (word.size() < 2 || (word.front() != '-' && word.front() != '/')) return {};
  std::string name = to_lower_ascii(word.substr(1));
  if (name.starts_with('-')) name.erase(0, 1);
  for (const PowerShellOption& option : powershell_options) {
    if (name.size() >= option.shortest && option.name.starts_with(name)) return option.name;
  }
  return "flag";
}

void Opener::open_powershell() {
  for (std::size_t i = 1; i < words().size(); ++i) {
    const std::string_view option = powershell_option(word(i));
    if (option == "encodedcommand" || option == "ec") {
      const std::optional<std::string> code = decode_base64(word(i + 1));
      if (code) read(utf16_to_utf8(*code), ShellDialect::powershell);
      return;
    }
    if (option == "file") return;
    if (option == "windowstyle" && starts_with_ignoring_case(word(i + 1), "h")) {
      session_.command(index_).output_is_hidden = true;
    }
    if (option.empty() || option == "command") {
      const std::size_t first = option.empty() ? i : i + 1;
      if (word(first) == "-") break;
      if (first + 1 == words().size()) {
        read_word(first, ShellDialect::powershell);
      } else {
        read(command_line(words(), first, false), ShellDialect::powershell);
      }
      return;
    }
    if (option != "flag") ++i;
  }
  read_input(ShellDialect::powershell);
}

void Opener::open_eval() {
  if (words().size() == 2) {
    read_word(1, ShellDialect::posix);
  } else {
    read(command_line(words(), 1, false), ShellDialect::posix);
  }
}

void Opener::open_source() { open_file_or_input(1); }

void Opener::open_trap() {
  if (words().size() > 2) read_word(1, ShellDialect::posix);
}

// su -c 'script', npx -c 'script'
void Opener::open_option_c() {
  for (const std::string_view option : {"-c", "--command", "--call", "-qc"}) {
    const std::size_t at = find(option);
    if (at + 1 < words().size()) {
      read_word(at + 1, ShellDialect::posix);
      return;
    }
  }
}

// bun exec 'script': bun's own shell
void Opener::open_bun() {
  if (word(1) == "exec") read_word(2, ShellDialect::posix);
}

// xargs -n1 -I{} command {}: the input's words become arguments.
void Opener::open_xargs() {
  std::size_t i = 1;
  std::string placeholder;
  for (; i < words().size() && is_option(word(i)); ++i) {
    const std::string_view option = word(i);
    if (option == "-I" || option == "-J") {
      placeholder = word(++i);
    } else if (option.starts_with("-I")) {
      placeholder = option.substr(2);
    } else if (option == "-i") {
      placeholder = "{}";
    } else if (option.size() == 2 && std::string_view("nPdLEsa").contains(option[1])) {
      ++i;
    }
  }
  if (i >= words().size()) return;
  Words run_words(words().begin() + static_cast<std::ptrdiff_t>(i), words().end());
  const std::optional<std::string>& input = session_.command(index_).input;
  const std::string arguments(input ? trim(*input) : hole);
  if (placeholder.empty()) {
    const std::string on_a_line = replace_all(arguments, "\n", " ");
    for (const std::string_view line : split(on_a_line, ' ')) {
      if (!line.empty()) run_words.emplace_back(line);
    }
  } else {
    std::size_t size = 0;
    for (std::string& text : run_words) {
      // A word of nothing but placeholders would grow by the length of the input for each.
      if (arguments.size() > 4096 && text != placeholder) continue;
      text = replace_all(std::move(text), placeholder, arguments);
      size += text.size();
      if (!session_.spend(size)) return;
    }
  }
  run(std::move(run_words));
}

// find … -exec command {} \;
void Opener::open_find() {
  constexpr std::array<std::string_view, 4> actions = {"-exec", "-execdir", "-ok", "-okdir"};
  // The command list may grow, and words() with it be moved: the words are copied per action.
  for (std::size_t i = 1; i < words().size(); ++i) {
    if (std::ranges::find(actions, word(i)) == actions.end()) continue;
    Words run_words;
    for (++i; i < words().size() && word(i) != ";" && word(i) != "+"; ++i) {
      run_words.emplace_back(word(i) == "{}" ? hole : word(i));
    }
    run(std::move(run_words));
  }
}

void Opener::open_all_words() {
  for (std::size_t i = 1; i < words().size(); ++i) {
    if (word(i).find(' ') != std::string_view::npos) read_word(i, ShellDialect::posix);
  }
}

// do shell script "…" inside AppleScript
void Opener::open_apple_script() {
  constexpr std::string_view start = "do shell script \"";
  for (std::size_t i = 1; i < words().size(); ++i) {
    const std::string text = words()[i];
    std::size_t at = 0;
    while ((at = text.find(start, at)) != std::string::npos) {
      at += start.size();
      std::string script;
      while (at < text.size() && text[at] != '"') {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        script += text[at++];
      }
      read(std::move(script), ShellDialect::posix);
    }
  }
}

// forfiles /c "line", wmic process call create "line"
void Opener::open_forfiles() {
  for (std::size_t i = 1; i + 1 < words().size(); ++i) {
    const std::string option = to_lower_ascii(word(i));
    if (option == "/c" || option == "create") {
      read_word(i + 1, ShellDialect::cmd);
      return;
    }
  }
}

// Invoke-Expression 'script', and the script as constant input
void Opener::open_expression() {
  for (std::size_t i = 1; i < words().size(); ++i) {
    if (is_option(word(i)) && word(i).find(' ') == std::string_view::npos) continue;
    read_word(i, ShellDialect::powershell);
    return;
  }
  read_input(ShellDialect::powershell);
}

}  // namespace

void open_scripts(Session& session, std::int32_t index, const Context& context) {
  Opener(session, index, context).open();
}

}  // namespace assay::code::shell
