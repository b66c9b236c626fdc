// Command strings as a shell would read them: POSIX sh (npm's scripts, os.system, .sh files),
// cmd.exe and PowerShell to the extent that droppers need. Nothing is run or expanded from the
// environment; variables set in the text itself are substituted, and what echo, printf, base64 and
// kin print from constants is computed, so that a script hidden in a pipeline is seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::code {

enum class ShellDialect : std::uint8_t { posix, powershell, cmd };

struct ShellCommand {
  // Unquoted; unknown expansions become `hole`; "env A=b", sudo, nohup, time, exec, command,
  // start /b, Start-Process and kin are taken off. In PowerShell aliases are spelled out
  // ("iwr" is "invoke-webrequest"), and a .NET call is a command too:
  // "net.webclient.downloadstring", "convert.frombase64string", or ".name" of an unknown object,
  // then its arguments.
  std::vector<std::string> words;
  std::vector<std::string> assignments;  // "A=b" before the command
  std::uint32_t begin = 0, end = 0;      // byte range in the text given to parse_shell
  std::int32_t reads_from = -1;          // index of the command whose output is piped in, or -1
  bool output_is_hidden = false;         // >/dev/null, 2>&1 to it, -WindowStyle Hidden, nul
  bool errors_are_hidden = false;        // 2>/dev/null
  bool in_background = false;
  std::vector<std::string> writes_to;    // > and >> targets, save the null device
  std::vector<std::string> reads_files;  // < targets; the file of `cat x | sh`
  // Commands inside $(…), `…` or <(…) of this one, and those whose output is in a variable of it.
  std::vector<std::int32_t> substitutes;
  std::vector<std::string> variables;  // expanded in it but set nowhere in the text: "NPM_TOKEN"
  std::optional<std::string> input;    // standard input when constant: <<EOF, <<<, `echo x |`
  int depth = 0;                       // nesting of substitution, subshell, `sh -c '…'`
};

// At most 1,000 commands and 20 levels; more sets `cut`.
struct ShellScript {
  std::vector<ShellCommand> commands;  // in textual order; `sh -c`, `bash -c`, `cmd /c`, `eval`,
                                       // `powershell -Command/-EncodedCommand` and constant text
                                       // piped to a shell are opened, and their commands follow
                                       // them with depth + 1
  bool cut = false;
};

ShellScript parse_shell(std::string_view text, ShellDialect dialect = ShellDialect::posix);

// The program without folder, ".exe" and case: "curl" for /usr/bin/curl and CURL.EXE; empty
// without words.
std::string program_of(const ShellCommand& command);

// Code given on a command line or as constant standard input: node -e, python -c, python - <<EOF,
// perl -e, ruby -e, php -r, osascript -e, deno eval.
struct InlineCode {
  std::string interpreter;  // "node", "python", "perl", "ruby", "php", "osascript", "lua"; bun,
                            // deno and tsx are "node"
  std::string code;

  bool operator==(const InlineCode&) const = default;
};
std::vector<InlineCode> inline_code_of(const ShellCommand& command);

// Script files of the package that a command runs: node x.js, python3 x.py, sh x.sh, ./x, tsx x.ts,
// bun run x. As written, not resolved.
std::vector<std::string> script_files_of(const ShellCommand& command);

}  // namespace assay::code
