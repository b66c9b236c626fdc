#include "ecosystems/registry/run_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "base/limits.h"

namespace assay {
namespace {

constexpr std::size_t max_output_bytes = 64_KiB;

using Time = std::chrono::steady_clock;

// What posix_spawn takes, released together.
struct SpawnSettings {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  SpawnSettings() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
};

Result<pid_t> spawn(const std::vector<std::string>& command, int output) {
  SpawnSettings settings;
  posix_spawn_file_actions_addopen(&settings.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&settings.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&settings.actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addchdir_np(&settings.actions, "/");
  // A group of its own, so that what it starts can be killed with it.
  posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETPGROUP);
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failure = posix_spawn(&child, command[0].c_str(), &settings.actions,
                                  &settings.attributes, arguments.data(), environ);
  if (failure != 0) {
    return fail(ErrorKind::environment, fmt::format("{}: {}", command[0], std::strerror(failure)));
  }
  return child;
}

// Reads until the other end closes. False when the time or the size is over.
bool read_until_closed(int input, Time::time_point deadline, std::string& output) {
  char buffer[4096];
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Time::now());
    if (left.count() <= 0) return false;
    pollfd waiting{input, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t count = ::read(input, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    output.append(buffer, static_cast<std::size_t>(count));
    if (output.size() > max_output_bytes) return false;
  }
}

// Waits for its end, which follows soon after its output is closed. False when it does not.
bool wait_until(pid_t child, Time::time_point deadline, int& status) {
  while (true) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) return true;
    if (Time::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

void kill_group(pid_t child) {
  int status = 0;
  ::kill(-child, SIGKILL);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

Result<std::string> run_program(const std::vector<std::string>& command,
                                std::chrono::seconds limit) {
  if (command.empty() || !command[0].starts_with('/')) {
    return fail(ErrorKind::usage, "only a program named by an absolute path is run");
  }
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(ErrorKind::environment, "no pipe could be opened");
  const Result<pid_t> child = spawn(command, ends[1]);
  ::close(ends[1]);
  const Time::time_point deadline = Time::now() + limit;
  std::string output;
  int status = 0;
  const bool complete =
      child && read_until_closed(ends[0], deadline, output) && wait_until(*child, deadline, status);
  ::close(ends[0]);
  if (!child) return std::unexpected(child.error());
  if (!complete) {
    kill_group(*child);
    return fail(ErrorKind::limit, fmt::format("{}: not done within {} s or {} bytes of output",
                                              command[0], limit.count(), max_output_bytes));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return fail(ErrorKind::environment, fmt::format("{} failed", command[0]));
  }
  return output;
}

}  // namespace assay
