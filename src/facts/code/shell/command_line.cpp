// What an interpreter's command line hands it: code, or files of scripts.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/session.h"

namespace assay::code {
namespace {

struct Interpreter {
  std::string_view program;        // a version may follow: python3.11
  std::string_view name;           // empty for shells: their text is opened, not inline code
  std::string_view code_letters;   // -c, and as the last of joined letters: -Bc
  std::string_view long_option;    // --eval
  std::string_view value_options;  // letters of options that take the next word
  std::string_view subcommands;    // "run eval", in front of the file
};

constexpr std::array interpreters = {
    Interpreter{"node", "node", "ep", "--eval", "rC", ""},
    Interpreter{"nodejs", "node", "ep", "--eval", "rC", ""},
    Interpreter{"electron", "node", "", "", "r", ""},
    Interpreter{"nodemon", "node", "", "", "ewi", ""},
    Interpreter{"ts-node", "node", "ep", "--eval", "rPOD", ""},
    Interpreter{"ts-node-esm", "node", "ep", "--eval", "rPOD", ""},
    Interpreter{"tsx", "node", "ep", "--eval", "r", "watch"},
    Interpreter{"esno", "node", "", "", "", ""},
    Interpreter{"jiti", "node", "", "", "", ""},
    Interpreter{"babel-node", "node", "e", "--eval", "r", ""},
    Interpreter{"bun", "node", "ep", "--eval", "r", "run"},
    Interpreter{"deno", "node", "", "", "", "run eval"},
    Interpreter{"pythonw", "python", "c", "", "WXm", ""},
    Interpreter{"python", "python", "c", "", "WXm", ""},
    Interpreter{"pypy", "python", "c", "", "WXm", ""},
    Interpreter{"py", "python", "c", "", "WXm", ""},
    Interpreter{"perl", "perl", "eE", "", "I", ""},
    Interpreter{"ruby", "ruby", "e", "", "rI", ""},
    Interpreter{"php", "php", "r", "", "dc", ""},
    Interpreter{"osascript", "osascript", "e", "", "l", ""},
    Interpreter{"lua", "lua", "e", "", "l", ""},
    Interpreter{"sh", "", "c", "", "oO", ""},
    Interpreter{"bash", "", "c", "", "oO", ""},
    Interpreter{"zsh", "", "c", "", "o", ""},
    Interpreter{"dash", "", "c", "", "o", ""},
    Interpreter{"ksh", "", "c", "", "o", ""},
    Interpreter{"ash", "", "c", "", "o", ""},
    Interpreter{"source", "", "", "", "", ""},
    Interpreter{".", "", "", "", "", ""},
    Interpreter{"wscript", "", "", "", "", ""},
    Interpreter{"cscript", "", "", "", "", ""},
};

const Interpreter* find_interpreter(std::string_view program) {
  for (const Interpreter& candidate : interpreters) {
    if (!program.starts_with(candidate.program)) continue;
    const std::string_view version = program.substr(candidate.program.size());
    if (version.find_first_not_of("0123456789.") == std::string_view::npos) return &candidate;
  }
  return nullptr;
}

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// The words of an interpreter's command line, sorted by what they are to it.
struct Reading {
  std::vector<std::string> code;
  std::vector<std::string> preloaded;  // node -r x
  std::string file;
  bool runs_module = false;  // python -m
};

class Reader {
 public:
  Reader(const Interpreter& interpreter, const std::vector<std::string>& words, std::size_t first)
      : interpreter_(interpreter), words_(words), at_(first) {}

  Reading read() {
    skip_subcommand();
    while (at_ < words_.size()) {
      const std::string& word = words_[at_];
      if (word == "--") {
        ++at_;
        break;
      }
      if (!is_option(word) && !is_windows_option(word)) break;
      read_option(word);
      ++at_;
    }
    if (at_ >= words_.size()) return std::move(reading_);
    if (evaluates_) {
      reading_.code.push_back(words_[at_]);
    } else if (reading_.code.empty() && !reading_.runs_module) {
      reading_.file = words_[at_];
    }
    return std::move(reading_);
  }

 private:
  void skip_subcommand() {
    if (interpreter_.subcommands.empty() || at_ >= words_.size()) return;
    for (const std::string_view name : split(interpreter_.subcommands, ' ')) {
      if (words_[at_] != name) continue;
      evaluates_ = name == "eval";
      ++at_;
      return;
    }
  }

  bool is_windows_option(std::string_view word) const {
    return interpreter_.program.ends_with("script") && word.starts_with("//");
  }

  void take_value(std::vector<std::string>& into) {
    if (at_ + 1 < words_.size()) into.push_back(words_[++at_]);
  }

  void read_option(std::string_view word) {
    if (word.starts_with("--")) {
      read_long_option(word);
      return;
    }
    // node -pe and bash -lc take the next word; perl -e'code' and python -c'code' may go on.
    const bool goes_on = !interpreter_.name.empty() && interpreter_.name != "node";
    for (std::size_t i = 1; i < word.size(); ++i) {
      const char letter = word[i];
      const std::string_view rest = word.substr(i + 1);
      if (interpreter_.code_letters.contains(letter)) {
        if (goes_on && !rest.empty()) {
          reading_.code.emplace_back(rest);
        } else {
          take_value(reading_.code);
        }
        return;
      }
      if (!interpreter_.value_options.contains(letter)) continue;
      reading_.runs_module = letter == 'm' && interpreter_.name == "python";
      if (letter == 'r' && interpreter_.name == "node" && rest.empty()) {
        take_value(reading_.preloaded);
      } else if (rest.empty()) {
        ++at_;
      }
      return;
    }
  }

  void read_long_option(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const bool is_code = (!interpreter_.long_option.empty() && name == interpreter_.long_option) ||
                         (name == "--print" && interpreter_.name == "node");
    const bool preloads = interpreter_.name == "node" &&
                          (name == "--require" || name == "--import" || name == "--loader" ||
                           name == "--experimental-loader" || name == "--preload");
    if (!is_code && !preloads) return;
    std::vector<std::string>& into = is_code ? reading_.code : reading_.preloaded;
    if (equals == std::string_view::npos) {
      take_value(into);
    } else {
      into.emplace_back(word.substr(equals + 1));
    }
  }

  const Interpreter& interpreter_;
  const std::vector<std::string>& words_;
  std::size_t at_;
  bool evaluates_ = false;
  Reading reading_;
};

// bun install, deno test: words of the program rather than files.
bool is_own_word(std::string_view program, std::string_view word) {
  constexpr std::array<std::string_view, 18> own = {
      "install", "add",  "remove", "test", "build", "x",       "init",   "create", "pm",
      "link",    "lint", "update", "fmt",  "cache", "compile", "bundle", "exec",   "task"};
  return (program == "bun" || program == "deno") && std::ranges::find(own, word) != own.end();
}

bool names_no_file(std::string_view word) {
  return word.empty() || word == "-" || word == hole || word.starts_with("/dev/");
}

bool is_file_program(std::string_view word) {
  if (word.starts_with("/") || word.starts_with("http")) return false;
  constexpr std::array<std::string_view, 13> ends = {".js", ".cjs", ".mjs", ".ts",  ".py",
                                                     ".sh", ".bat", ".cmd", ".ps1", ".vbs",
                                                     ".pl", ".rb",  ".exe"};
  const bool has_end = std::ranges::any_of(
      ends, [&](std::string_view end) { return ends_with_ignoring_case(word, end); });
  const bool has_folder = word.find_first_of("/\\") != std::string_view::npos;
  return has_folder || (has_end && !ends_with_ignoring_case(word, ".exe"));
}

// npx tsx x.ts, yarn ts-node x.ts, pnpm exec node x.js: where the program is among the words.
std::size_t runner_length(const ShellCommand& command) {
  const std::string program = program_of(command);
  const auto word = [&](std::size_t i) {
    return i < command.words.size() ? std::string_view(command.words[i]) : std::string_view();
  };
  std::size_t at = 0;
  if (program == "npx" || program == "bunx" || program == "yarn") {
    at = word(1) == "exec" || word(1) == "run" || word(1) == "dlx" ? 2 : 1;
  } else if (program == "pnpm" || program == "npm" || program == "poetry" || program == "uv" ||
             program == "pipenv") {
    if (word(1) != "exec" && word(1) != "x" && word(1) != "dlx" && word(1) != "run") return 0;
    at = 2;
  } else {
    return 0;
  }
  while (at < command.words.size() && is_option(command.words[at])) ++at;
  return at < command.words.size() ? at : 0;
}

struct Found {
  const Interpreter* interpreter = nullptr;
  Reading reading;
};

Found read_interpreter(const ShellCommand& command) {
  Found found;
  if (command.words.empty()) return found;
  const std::size_t at = runner_length(command);
  found.interpreter = find_interpreter(shell::program_name(command.words[at]));
  if (found.interpreter) found.reading = Reader(*found.interpreter, command.words, at + 1).read();
  return found;
}

// powershell -File x.ps1, powershell ./x.ps1
std::vector<std::string> powershell_files(const ShellCommand& command) {
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    const std::string option = to_lower_ascii(word);
    if (option.size() > 1 && std::string_view("-file").starts_with(option) &&
        i + 1 < command.words.size()) {
      return {command.words[i + 1]};
    }
  }
  return {};
}

}  // namespace

std::vector<InlineCode> inline_code_of(const ShellCommand& command) {
  std::vector<InlineCode> found;
  const Found read = read_interpreter(command);
  if (!read.interpreter || read.interpreter->name.empty()) return found;
  const std::string name(read.interpreter->name);
  if (name == "osascript" && read.reading.code.size() > 1) {
    // Each -e is a line of one script.
    std::string lines;
    for (const std::string& line : read.reading.code) lines += line + "\n";
    found.push_back({name, lines});
    return found;
  }
  for (const std::string& code : read.reading.code) {
    if (!code.empty()) found.push_back({name, code});
  }
  const std::string& file = read.reading.file;
  const bool reads_input = file.empty() || file == "-" || file == "/dev/stdin";
  if (found.empty() && reads_input && !read.reading.runs_module && command.input) {
    found.push_back({name, *command.input});
  }
  return found;
}

std::vector<std::string> script_files_of(const ShellCommand& command) {
  std::vector<std::string> files;
  if (command.words.empty()) return files;
  const std::string program = program_of(command);
  if (program == "powershell" || program == "pwsh") return powershell_files(command);
  Found read = read_interpreter(command);
  if (!read.interpreter) {
    if (is_file_program(command.words.front())) files.push_back(command.words.front());
    return files;
  }
  for (std::string& file : read.reading.preloaded) files.push_back(std::move(file));
  if (!names_no_file(read.reading.file) && !is_own_word(program, read.reading.file))
    files.push_back(read.reading.file);
  const bool reads_input = read.reading.file.empty() && read.reading.code.empty();
  const bool opens = program != "source" && program != ".";
  for (std::size_t i = 0; i < command.reads_files.size() && reads_input && opens; ++i) {
    if (!names_no_file(command.reads_files[i])) files.push_back(command.reads_files[i]);
  }
  return files;
}

}  // namespace assay::code
