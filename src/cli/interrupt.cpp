#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <climits>
#include <cstring>

namespace assay {
namespace {

// Signal handlers can reach nothing but globals. Written before the handler can need it.
char temporary_path[PATH_MAX];
bool stderr_is_terminal = false;

void end_program(int signal) {
  if (temporary_path[0] != '\0') unlink(temporary_path);
  constexpr char erase_line[] = "\r\033[K";
  if (stderr_is_terminal) {
    [[maybe_unused]] const ssize_t written =
        write(STDERR_FILENO, erase_line, sizeof erase_line - 1);
  }
  _exit(128 + signal);
}

}  // namespace

void end_promptly_on_signals() {
  stderr_is_terminal = isatty(STDERR_FILENO) == 1;
  struct sigaction action{};
  action.sa_handler = end_program;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before{};
    // Ignored signals stay ignored: nohup and background jobs ask for that.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(signal, &action, nullptr);
  }
}

void remove_if_interrupted(const std::string& path) {
  if (path.size() < sizeof temporary_path)
    std::memcpy(temporary_path, path.c_str(), path.size() + 1);
}

}  // namespace assay
