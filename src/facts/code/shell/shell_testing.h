// For tests: a script as one line a command, so that what was read can be compared as text.
#pragma once

#include <string>
#include <string_view>

#include "facts/code/shell/shell.h"

namespace assay::code {

// "curl -s x | from 0" style: words joined by '_' for blanks inside them, then what else is set.
inline std::string shown(const ShellCommand& command) {
  std::string out(static_cast<std::size_t>(command.depth), '.');
  const auto add = [&](std::string_view text) {
    if (!out.empty() && out.back() != '.' && out.back() != ' ') out += ' ';
    out += text;
  };
  for (const std::string& text : command.assignments) add("{" + text + "}");
  for (const std::string& word : command.words) add("<" + word + ">");
  if (command.reads_from >= 0) add("from=" + std::to_string(command.reads_from));
  for (const std::string& path : command.writes_to) add("to=" + path);
  for (const std::string& path : command.reads_files) add("of=" + path);
  for (const std::int32_t i : command.substitutes) add("sub=" + std::to_string(i));
  for (const std::string& name : command.variables) add("$" + name);
  if (command.output_is_hidden) add("quiet");
  if (command.errors_are_hidden) add("no-errors");
  if (command.in_background) add("background");
  return out;
}

inline std::string shown(const ShellScript& script) {
  std::string out;
  for (const ShellCommand& command : script.commands) out += shown(command) + "\n";
  if (script.cut) out += "cut\n";
  return out;
}

inline std::string posix(std::string_view text) { return shown(parse_shell(text)); }
inline std::string cmd(std::string_view text) {
  return shown(parse_shell(text, ShellDialect::cmd));
}
inline std::string powershell(std::string_view text) {
  return shown(parse_shell(text, ShellDialect::powershell));
}

}  // namespace assay::code
