// Takes off what only runs another command: sudo, env, timeout, nohup, start /b, …
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/session.h"

namespace assay::code::shell {
namespace {

struct Wrapper {
  std::string_view program;
  std::string_view value_options;  // letters of short options that take the next word
  int operands = 0;                // words between the options and the command
  bool takes_assignments = false;  // env A=b command
};

constexpr std::array wrappers = {
    Wrapper{"sudo", "ugpCcrtTUhDR", 0, true},
    Wrapper{"doas", "uC"},
    Wrapper{"env", "uC", 0, true},
    Wrapper{"cross-env", "", 0, true},
    Wrapper{"cross-env-shell", "", 0, true},
    Wrapper{"nohup", ""},
    Wrapper{"setsid", ""},
    Wrapper{"timeout", "ks", 1},
    Wrapper{"gtimeout", "ks", 1},
    Wrapper{"time", "fo"},
    Wrapper{"nice", "n"},
    Wrapper{"ionice", "cnpPu"},
    Wrapper{"stdbuf", "ioe"},
    Wrapper{"exec", "a"},
    Wrapper{"command", ""},
    Wrapper{"builtin", ""},
    Wrapper{"busybox", ""},
    Wrapper{"toybox", ""},
    Wrapper{"chronic", ""},
    Wrapper{"unbuffer", ""},
    Wrapper{"winpty", ""},
    Wrapper{"torsocks", ""},
    Wrapper{"torify", ""},
    Wrapper{"proxychains", "f"},
    Wrapper{"proxychains4", "f"},
    Wrapper{"fakeroot", ""},
    Wrapper{"taskset", "p", 1},
    Wrapper{"chrt", "TPD", 1},
    Wrapper{"gosu", "", 1},
    Wrapper{"su-exec", "", 1},
    Wrapper{"tini", "pe"},
    Wrapper{"dumb-init", "r"},
    Wrapper{"caffeinate", "tw"},
    Wrapper{"systemd-run", "pMut"},
    Wrapper{"screen", "SctTeh"},
    Wrapper{"watch", "n"},
    Wrapper{"wsl", "du"},
    Wrapper{"flock", "wE", 1},
    Wrapper{"unshare", "SG"},
    Wrapper{"chroot", "", 1},
};

bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 &&
         word.substr(0, equals).find_first_of(" /-.:") == std::string_view::npos;
}

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// Number of words up to the wrapped command; 0 when there is none and the wrapper is what runs.
std::size_t wrapped_at(const Wrapper& wrapper, const std::vector<std::string>& words,
                       std::vector<std::string>& assignments) {
  std::size_t at = 1;
  while (at < words.size() && is_option(words[at])) {
    const std::string& option = words[at];
    if (option == "--" || option == "-c") {  // flock f -c 'script' stays
      at += option == "--" ? 1 : 0;
      break;
    }
    // `command -v x` asks where x is.
    if (wrapper.program == "command" && option != "-p") return 0;
    const bool is_short = option.size() > 1 && option[1] != '-';
    const bool takes_value = is_short ? wrapper.value_options.contains(option.back()) &&
                                            (option.size() == 2 || wrapper.program == "sudo")
                                      : option == "--user" || option == "--signal";
    at += takes_value ? 2 : 1;
  }
  while (wrapper.takes_assignments && at < words.size() && is_assignment(words[at])) {
    assignments.push_back(words[at++]);
  }
  at += static_cast<std::size_t>(wrapper.operands);
  return at < words.size() && words[at] != "-c" ? at : 0;
}

// env -S 'A=b command x'
void split_string_option(Session& session, std::int32_t index) {
  const std::vector<std::string> words = session.command(index).words;
  for (std::size_t i = 1; i < words.size() && is_option(words[i]); ++i) {
    std::string text;
    if ((words[i] == "-S" || words[i] == "--split-string") && i + 1 < words.size()) {
      text = words[i + 1];
    } else if (words[i].starts_with("-S") || words[i].starts_with("--split-string=")) {
      text = words[i].substr(words[i][1] == 'S' ? 2 : 15);
    } else {
      continue;
    }
    const std::size_t used = words[i] == "-S" || words[i] == "--split-string" ? i + 2 : i + 1;
    session.drop_words(index, 1, words.size());
    for (const std::string_view part : split(text, ' ')) {
      if (!part.empty()) session.add_word(index, std::string(part));
    }
    for (std::size_t rest = used; rest < words.size(); ++rest) {
      session.add_word(index, words[rest]);
    }
    return;
  }
}

// start "title" /b /min program
bool unwrap_start(Session& session, std::int32_t index) {
  const std::vector<std::string>& words = session.command(index).words;
  std::size_t at = 1;
  bool is_hidden = false;
  // A quoted title comes first; unquoted it can no longer be told from a program, save that
  // programs are not empty and that a program follows it.
  if (at < words.size() && words[at].empty()) ++at;
  while (at < words.size() && words[at].size() > 1 && words[at].front() == '/') {
    const std::string option = to_lower_ascii(words[at]);
    is_hidden = is_hidden || option == "/min";
    at += option == "/d" ? 2 : 1;
  }
  if (at >= words.size()) return false;
  session.command(index).in_background = true;
  session.command(index).output_is_hidden |= is_hidden;
  session.drop_words(index, 0, at);
  return true;
}

bool unwrap_once(Session& session, std::int32_t index) {
  const std::string program = program_of(session.command(index));
  const ShellDialect dialect = session.notes_of(index).dialect;
  if (dialect == ShellDialect::cmd && program == "call" &&
      session.command(index).words.size() > 1) {
    session.drop_words(index, 0, 1);
    return true;
  }
  if (program == "start" && dialect != ShellDialect::powershell)
    return unwrap_start(session, index);
  if (program == "conhost" && session.command(index).words.size() > 1) {
    session.drop_words(index, 0, session.command(index).words[1] == "--headless" ? 2 : 1);
    return true;
  }
  if (program == "env") split_string_option(session, index);
  for (const Wrapper& wrapper : wrappers) {
    if (wrapper.program != program) continue;
    ShellCommand& command = session.command(index);
    const std::size_t at = wrapped_at(wrapper, command.words, command.assignments);
    if (at == 0) return false;
    session.drop_words(index, 0, at);
    return true;
  }
  return false;
}

}  // namespace

void unwrap(Session& session, std::int32_t index) {
  // A wrapper in a wrapper in a wrapper; each takes at least one word off.
  for (int i = 0; i < max_depth; ++i) {
    if (session.command(index).words.empty() || !unwrap_once(session, index)) return;
  }
}

}  // namespace assay::code::shell
