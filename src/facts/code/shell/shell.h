// Command strings as a shell would read them: POSIX sh (npm's scripts, os.system, .sh files),
// cmd.exe and PowerShell to the extent that droppers need. Nothing is run or expanded from the
// environment; variables set in the text itself are substituted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::code {

enum class ShellDialect : std::uint8_t { posix, powershell, cmd };

struct ShellCommand {
  std::vector<std::string> words;  // unquoted; unknown expansions become `hole`; "env A=b", sudo,
                                   // nohup, time, exec, command, start /b and kin are taken off
  std::vector<std::string> assignments;  // "A=b" before the command
  std::uint32_t begin = 0, end = 0;      // byte range in the text given to parse_shell
  std::int32_t reads_from = -1;    // index of the command whose output is piped in, or -1
  bool output_is_hidden = false;   // >/dev/null, 2>&1 to it, -WindowStyle Hidden, nul
  bool in_background = false;
  std::vector<std::string> writes_to;   // > and >> targets
  std::vector<std::string> reads_files; // < targets
  std::vector<std::int32_t> substitutes;  // commands inside $(…) or `…` or <(…) of this one
  int depth = 0;                   // nesting of substitution, subshell, `sh -c '…'`
};

// At most 1,000 commands and 20 levels; more sets `cut`.
struct ShellScript {
  std::vector<ShellCommand> commands;  // in textual order; `sh -c`, `bash -c`, `cmd /c`,
                                       // `powershell -Command/-EncodedCommand` are opened and their
                                       // commands follow them with depth + 1
  bool cut = false;
};

ShellScript parse_shell(std::string_view text, ShellDialect dialect = ShellDialect::posix);

// Code given on a command line: node -e, python -c, perl -e, ruby -e, php -r, osascript -e.
struct InlineCode {
  std::string interpreter;  // "node", "python"
  std::string code;
};
std::vector<InlineCode> inline_code_of(const ShellCommand& command);

// Script files of the package that a command runs: node x.js, python3 x.py, sh x.sh, ./x, tsx x.ts,
// bun run x. As written, not resolved.
std::vector<std::string> script_files_of(const ShellCommand& command);

}  // namespace assay::code
