#include "ecosystems/registry/run_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

namespace assay {
namespace {

constexpr std::size_t kept_error_bytes = 16_KiB;
// How long a program may go unasked about its right to go on.
constexpr std::chrono::milliseconds longest_wait{200};

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

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor from, to;

  static Result<Pipe> open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      return fail(ErrorKind::environment, "no pipe could be opened");
    }
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  }
};

// Memory that reads like a file: no second thread has to feed a pipe.
Result<Descriptor> input_from(std::string_view text) {
  if (text.empty()) return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  Descriptor memory(::memfd_create("input", MFD_CLOEXEC));
  while (!text.empty() && memory.number() >= 0) {
    const ssize_t count = ::write(memory.number(), text.data(), text.size());
    if (count <= 0) return fail(ErrorKind::environment, "a program's input could not be written");
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  ::lseek(memory.number(), 0, SEEK_SET);
  return memory;
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

Result<pid_t> spawn(const ProgramRun& run, int input, int output, int errors) {
  SpawnSettings settings;
  posix_spawn_file_actions_adddup2(&settings.actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&settings.actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&settings.actions, errors, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&settings.actions, "/");
  // A group of its own, so that what it starts can be killed with it.
  posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETPGROUP);
  const std::vector<char*> arguments = pointers_to(run.command);
  const std::vector<char*> variables =
      run.environment ? pointers_to(*run.environment) : std::vector<char*>();
  pid_t child = 0;
  const int failure = posix_spawn(&child, arguments[0], &settings.actions, &settings.attributes,
                                  arguments.data(), run.environment ? variables.data() : environ);
  if (failure != 0) {
    return fail(ErrorKind::environment,
                fmt::format("{}: {}", run.command[0], std::strerror(failure)));
  }
  return child;
}

// Appends what is there, up to `most` in all. False at the end of the stream.
bool take_available(Descriptor& from, std::string& text, std::size_t most) {
  char buffer[16384];
  const ssize_t count = ::read(from.number(), buffer, sizeof buffer);
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  const std::size_t room = most - std::min(most, text.size());
  text.append(buffer, std::min(room, static_cast<std::size_t>(count)));
  return true;
}

// Reads until the other ends close. False when the time or the size is over.
bool read_until_closed(Descriptor& output, Descriptor& errors, const ProgramRun& run,
                       Time::time_point deadline, ProgramEnd& end) {
  while (output.number() >= 0 || errors.number() >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Time::now());
    if (left.count() <= 0 || (run.may_go_on && !run.may_go_on())) return false;
    // poll skips negative descriptors.
    pollfd waiting[] = {{output.number(), POLLIN, 0}, {errors.number(), POLLIN, 0}};
    const int ready = ::poll(waiting, 2, static_cast<int>(std::min(left, longest_wait).count()));
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    if (waiting[0].revents != 0 && !take_available(output, end.output, run.output_bytes + 1)) {
      output.close();
    }
    if (waiting[1].revents != 0 && !take_available(errors, end.errors, kept_error_bytes)) {
      errors.close();
    }
    if (end.output.size() > run.output_bytes) return false;
  }
  return true;
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

Result<ProgramEnd> run_to_end(const ProgramRun& run) {
  if (run.command.empty() || !run.command[0].starts_with('/')) {
    return fail(ErrorKind::usage, "only a program named by an absolute path is run");
  }
  Pipe output = TRY(Pipe::open());
  Pipe errors = TRY(Pipe::open());
  Descriptor input = TRY(input_from(run.input));
  const pid_t child = TRY(spawn(run, input.number(), output.to.number(), errors.to.number()));
  output.to.close();
  errors.to.close();
  const Time::time_point deadline = Time::now() + run.limit;
  ProgramEnd end;
  int status = 0;
  if (!read_until_closed(output.from, errors.from, run, deadline, end) ||
      !wait_until(child, deadline, status)) {
    kill_group(child);
    return fail(ErrorKind::limit, fmt::format("{}: not done within {} s or {} bytes of output",
                                              run.command[0], run.limit.count(), run.output_bytes));
  }
  if (!WIFEXITED(status)) {
    return fail(ErrorKind::environment, fmt::format("{} failed", run.command[0]));
  }
  end.exit_code = WEXITSTATUS(status);
  return end;
}

Result<std::string> run_program(const std::vector<std::string>& command,
                                std::chrono::seconds limit) {
  ProgramRun run;
  run.command = command;
  run.limit = limit;
  ProgramEnd end = TRY(run_to_end(run));
  if (end.exit_code != 0) return fail(ErrorKind::environment, fmt::format("{} failed", command[0]));
  return std::move(end.output);
}

}  // namespace assay
