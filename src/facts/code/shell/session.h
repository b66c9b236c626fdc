// What the three dialects share while one text is read: the commands found so far, variables and
// files that the text itself sets, and the bounds on all of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/shell/shell.h"

namespace assay::code::shell {

inline constexpr std::size_t max_commands = 1000;
inline constexpr int max_depth = 20;
// Words of one command; no more fit on a line that a person or a build writes.
inline constexpr std::size_t max_words = 8192;
// Redirect targets, substitutions and variables kept for one command.
inline constexpr std::size_t max_mentions = 64;

struct Variable {
  std::string value;               // may contain holes
  std::vector<std::string> items;  // of a PowerShell array, else empty
  std::vector<std::int32_t> from;  // commands whose output it holds
  std::vector<std::string> unset;  // variables of the environment that it was made from
  std::string type;                // of a .NET object, lower case: "net.webclient"
};
// Posix names as they are; those of cmd and PowerShell in lower case.
using Variables = std::map<std::string, Variable, std::less<>>;

// Where a text that is being read comes from, and what its commands inherit.
struct Context {
  // When `exact`, byte i of the text is byte begin + i of the outermost text; otherwise all of it
  // came from begin..end.
  std::uint32_t begin = 0, end = 0;
  bool exact = true;
  int depth = 0;
  std::int32_t input = -1;  // command that commands without a pipe of their own read from
  bool output_is_hidden = false;
  bool in_background = false;

  std::uint32_t place(std::size_t at, bool is_end) const {
    return exact ? begin + static_cast<std::uint32_t>(at) : is_end ? end : begin;
  }
};

// What is known of a command beside what ShellCommand shows. Parallel to ShellScript::commands.
struct Notes {
  std::optional<std::string> output;  // what it prints, when constant
  std::vector<std::int64_t> word_at;  // where each word begins in the outermost text, when it
                                      // stands there letter by letter; else -1
  bool is_opened = false;             // the commands of its script follow it
  bool is_substituted = false;        // prints into a word of another, not into a pipe
  bool appends = false;               // >> rather than >
  ShellDialect dialect = ShellDialect::posix;
};

class Session {
 public:
  explicit Session(std::size_t text_bytes);

  // Counts bytes made by substitution and decoding. False once the budget is gone.
  bool spend(std::size_t bytes);
  bool stopped() const { return stopped_; }
  void stop() { stopped_ = script.cut = true; }

  std::int32_t add(const Context& context, ShellDialect dialect, std::size_t begin);  // -1: full
  void remove_last();
  std::int32_t count() const { return static_cast<std::int32_t>(script.commands.size()); }
  ShellCommand& command(std::int32_t index) {
    return script.commands[static_cast<std::size_t>(index)];
  }
  Notes& notes_of(std::int32_t index) { return notes[static_cast<std::size_t>(index)]; }

  void add_word(std::int32_t index, std::string word, std::int64_t at = -1);
  void drop_words(std::int32_t index, std::size_t from, std::size_t number);
  void add_substitute(std::int32_t index, std::int32_t substitute);
  void add_substitutes(std::int32_t index, const std::vector<std::int32_t>& substitutes);
  void add_unset_variable(std::int32_t index, std::string_view name);
  void add_use(std::int32_t index, const Variable& variable);  // of what it holds
  // The command of first..end whose output matters to who reads from all of them: the last that
  // does more than print constants.
  std::int32_t speaker_of(std::int32_t first, std::int32_t end);

  ShellScript script;
  std::vector<Notes> notes;
  Variables variables;          // posix
  Variables windows_variables;  // cmd and PowerShell
  Variables aliases;
  std::map<std::string, std::string, std::less<>> files;  // written by the text, contents constant
  std::map<std::string, std::string, std::less<>> descriptors;  // exec 3<>/dev/tcp/…
  int process_files = 0;  // /dev/fd/63 and down stand for <(…)

 private:
  std::size_t budget_;
  bool stopped_ = false;
};

void parse_posix(Session& session, std::string_view text, const Context& context);
void parse_cmd(Session& session, std::string_view text, const Context& context);
void parse_powershell(Session& session, std::string_view text, const Context& context);
// With depth + 1; sets `cut` when that is too deep. Returns whether it was read.
bool parse_nested(Session& session, std::string_view text, ShellDialect dialect, Context context);

// To be called once a command is complete: takes wrappers off, follows variables and constant
// output, and opens the scripts that it runs.
void finish(Session& session, std::int32_t index, const Context& context);
void unwrap(Session& session, std::int32_t index);
void open_scripts(Session& session, std::int32_t index, const Context& context);

// Names of a program in words: "curl" for /usr/bin/curl and CURL.EXE.
std::string program_name(std::string_view word);
bool is_null_device(std::string_view path);
bool is_posix_shell(std::string_view program);

}  // namespace assay::code::shell
