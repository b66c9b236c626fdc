#include "ecosystems/registry/client_environment.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/descriptor.h"
#include "base/limits.h"
#include "base/text.h"
#include "ecosystems/registry/run_program.h"

namespace assay {
namespace {

constexpr std::size_t max_configuration_bytes = 4_MiB;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string folder_or(const std::string& value, const std::string& home, std::string_view below) {
  // The XDG specification says to ignore relative values.
  if (value.starts_with('/')) return value;
  return home.empty() ? std::string() : fmt::format("{}/{}", home, below);
}

}  // namespace

std::string ClientEnvironment::variable(const std::string& name) const {
  const auto found = variables().find(name);
  return found == variables().end() ? std::string() : found->second;
}

std::string ClientEnvironment::home() const { return variable("HOME"); }

std::string ClientEnvironment::xdg_config_home() const {
  return folder_or(variable("XDG_CONFIG_HOME"), home(), ".config");
}

std::string ClientEnvironment::xdg_cache_home() const {
  return folder_or(variable("XDG_CACHE_HOME"), home(), ".cache");
}

std::string ClientEnvironment::own_cache(std::string_view name) const {
  const std::string cache = xdg_cache_home();
  return cache.empty() ? std::string() : fmt::format("{}/assay/{}", cache, name);
}

std::string ClientEnvironment::find_program(std::string_view name) const {
  const std::string path = variable("PATH");
  for (const std::string_view folder : split(path, ':')) {
    if (!folder.starts_with('/')) continue;
    std::string candidate = fmt::format("{}/{}", folder, name);
    if (exists(candidate)) return candidate;
  }
  return {};
}

SystemEnvironment::SystemEnvironment() {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      variables_.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
}

std::string SystemEnvironment::working_folder() const {
  std::error_code error;
  return std::filesystem::current_path(error).string();
}

Result<std::string> SystemEnvironment::read_file(const std::string& path) const {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) {
    return fail(errno == ENOENT || errno == ENOTDIR ? ErrorKind::missing : ErrorKind::environment,
                fmt::format("{}: {}", path, std::strerror(errno)));
  }
  std::string text;
  char buffer[16384];
  while (true) {
    const ssize_t count = ::read(file.number(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return fail(ErrorKind::environment, fmt::format("{}: {}", path, std::strerror(errno)));
    if (count == 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > max_configuration_bytes) {
      return fail(ErrorKind::limit,
                  fmt::format("{}: exceeds {} bytes", path, max_configuration_bytes));
    }
  }
}

bool SystemEnvironment::exists(const std::string& path) const {
  return ::access(path.c_str(), F_OK) == 0;
}

std::string SystemEnvironment::real_path(const std::string& path) const {
  std::error_code error;
  return std::filesystem::canonical(path, error).string();
}

std::optional<std::int64_t> SystemEnvironment::changed_at(const std::string& path) const {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
}

Result<void> SystemEnvironment::write_file(const std::string& path, std::string_view text) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::string temporary = path + ".XXXXXX";
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));  // Mode 0600.
  if (file.number() < 0) {
    return fail(ErrorKind::environment, fmt::format("{}: {}", path, std::strerror(errno)));
  }
  if (!write_all(file.number(), text) || ::rename(temporary.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    return fail(ErrorKind::environment, fmt::format("{}: {}", path, std::strerror(reason)));
  }
  return {};
}

Result<std::string> SystemEnvironment::run(const std::vector<std::string>& command,
                                           std::chrono::seconds limit) {
  return run_program(command, limit);
}

}  // namespace assay
