#include "facts/code/shell/session.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay::code::shell {
namespace {

// Programs that pass on or print constants: what a pipe carries comes from another command.
constexpr std::array<std::string_view, 14> quiet_programs = {
    "echo",   "printf", "true", ":",    "cd",    "sleep", "set",
    "export", "test",   "[",    "exit", "chmod", "mkdir", "rm"};

// A substituted text may be this much longer than what was read, plus a floor for short commands.
constexpr std::size_t growth = 16;
constexpr std::size_t budget_floor = 1 << 20;

}  // namespace

Session::Session(std::size_t text_bytes) : budget_(budget_floor + growth * text_bytes) {}

bool Session::spend(std::size_t bytes) {
  if (bytes > budget_) {
    budget_ = 0;
    stop();
    return false;
  }
  budget_ -= bytes;
  return true;
}

std::int32_t Session::add(const Context& context, ShellDialect dialect, std::size_t begin) {
  if (script.commands.size() >= max_commands) {
    stop();
    return -1;
  }
  ShellCommand& added = script.commands.emplace_back();
  added.begin = context.place(begin, false);
  added.end = context.exact ? added.begin : context.end;
  added.reads_from = context.input;
  added.output_is_hidden = context.output_is_hidden;
  added.in_background = context.in_background;
  added.depth = context.depth;
  notes.emplace_back().dialect = dialect;
  return count() - 1;
}

void Session::remove_last() {
  script.commands.pop_back();
  notes.pop_back();
}

void Session::add_word(std::int32_t index, std::string word, std::int64_t at) {
  if (command(index).words.size() >= max_words) {
    script.cut = true;
    return;
  }
  command(index).words.push_back(std::move(word));
  notes_of(index).word_at.push_back(at);
}

void Session::drop_words(std::int32_t index, std::size_t from, std::size_t number) {
  std::vector<std::string>& words = command(index).words;
  std::vector<std::int64_t>& places = notes_of(index).word_at;
  from = std::min(from, words.size());
  number = std::min(number, words.size() - from);
  const auto offset = static_cast<std::ptrdiff_t>(from);
  const auto end = static_cast<std::ptrdiff_t>(from + number);
  words.erase(words.begin() + offset, words.begin() + end);
  places.erase(places.begin() + offset, places.begin() + end);
}

void Session::add_substitute(std::int32_t index, std::int32_t substitute) {
  if (index < 0 || substitute < 0) return;
  std::vector<std::int32_t>& list = command(index).substitutes;
  if (list.size() < max_mentions && std::ranges::find(list, substitute) == list.end()) {
    list.push_back(substitute);
  }
}

void Session::add_substitutes(std::int32_t index, const std::vector<std::int32_t>& substitutes) {
  for (const std::int32_t substitute : substitutes) add_substitute(index, substitute);
}

void Session::add_unset_variable(std::int32_t index, std::string_view name) {
  if (index < 0) return;
  std::vector<std::string>& list = command(index).variables;
  if (list.size() < max_mentions && std::ranges::find(list, name) == list.end()) {
    list.emplace_back(name);
  }
}

void Session::add_use(std::int32_t index, const Variable& variable) {
  add_substitutes(index, variable.from);
  for (const std::string& name : variable.unset) add_unset_variable(index, name);
}

std::int32_t Session::speaker_of(std::int32_t first, std::int32_t end) {
  std::int32_t last = -1;
  for (std::int32_t i = end - 1; i >= first && first >= 0; --i) {
    if (notes_of(i).is_substituted || notes_of(i).is_opened) continue;
    last = std::max(last, i);
    const std::string name = program_of(command(i));
    if (!name.empty() && std::ranges::find(quiet_programs, name) == quiet_programs.end()) return i;
  }
  return last >= 0 ? last : first;
}

bool parse_nested(Session& session, std::string_view text, ShellDialect dialect, Context context) {
  if (++context.depth > max_depth) {
    session.script.cut = true;
    return false;
  }
  if (!session.spend(text.size())) return false;
  if (dialect == ShellDialect::posix) {
    parse_posix(session, text, context);
  } else if (dialect == ShellDialect::cmd) {
    parse_cmd(session, text, context);
  } else {
    parse_powershell(session, text, context);
  }
  return true;
}

std::string program_name(std::string_view word) {
  std::string name = to_lower_ascii(word.substr(word.find_last_of("/\\") + 1));
  for (const std::string_view end : {".exe", ".cmd", ".bat", ".com"}) {
    if (name.size() > end.size() && name.ends_with(end)) name.resize(name.size() - end.size());
  }
  if (name == "%comspec%" || name == "$env:comspec") return "cmd";
  return name;
}

bool is_null_device(std::string_view path) {
  const std::string name = to_lower_ascii(path);
  return name == "/dev/null" || name == "nul" || name == "$null" || name == "nul:" ||
         name == "\\\\.\\nul";
}

bool is_posix_shell(std::string_view program) {
  constexpr std::array<std::string_view, 11> shells = {
      "sh", "bash", "dash", "zsh", "ksh", "ash", "mksh", "fish", "rbash", "lksh", "csh"};
  return std::ranges::find(shells, program) != shells.end();
}

}  // namespace assay::code::shell

namespace assay::code {

namespace {

// Text with %APPDATA% in it is for cmd.exe, whatever program hands it to "the shell".
bool speaks_of_windows(std::string_view text) {
  constexpr std::array<std::string_view, 13> names = {
      "appdata", "localappdata", "userprofile", "temp",         "tmp",      "comspec", "systemroot",
      "windir",  "programdata",  "public",      "programfiles", "homepath", "username"};
  text = text.substr(0, 1 << 16);
  std::size_t at = 0;
  while ((at = text.find('%', at)) != std::string_view::npos) {
    ++at;
    const std::size_t close = text.substr(0, std::min(text.size(), at + 20)).find('%', at);
    if (close == std::string_view::npos) continue;
    const std::string name = to_lower_ascii(text.substr(at, close - at));
    if (std::ranges::find(names, name) != names.end()) return true;
  }
  return false;
}

}  // namespace

ShellScript parse_shell(std::string_view text, ShellDialect dialect) {
  // Offsets are 32 bits; no command text is longer.
  shell::Session session(text.size());
  if (text.size() > 0xFFFFFFF0u) {
    text = text.substr(0, 0xFFFFFFF0u);
    session.script.cut = true;
  }
  if (dialect == ShellDialect::posix && speaks_of_windows(text)) dialect = ShellDialect::cmd;
  shell::Context context;
  context.end = static_cast<std::uint32_t>(text.size());
  if (dialect == ShellDialect::posix) {
    shell::parse_posix(session, text, context);
  } else if (dialect == ShellDialect::cmd) {
    shell::parse_cmd(session, text, context);
  } else {
    shell::parse_powershell(session, text, context);
  }
  return std::move(session.script);
}

std::string program_of(const ShellCommand& command) {
  return command.words.empty() ? std::string() : shell::program_name(command.words.front());
}

}  // namespace assay::code
