#include "cli/output.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "cli/interrupt.h"

namespace assay {
namespace {

Error cannot_write(const std::string& path, int failure) {
  const std::string name = path.empty() ? "standard output" : escape_for_display(path);
  return {ErrorKind::environment, "cannot write to " + name + ": " + std::strerror(failure)};
}

// Devices and pipes (-o /dev/stdout, process substitution) are written to in place.
bool is_special(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& path) {
  if (path.empty()) return OutputFile(STDOUT_FILENO, "", "");
  if (is_special(path)) {
    std::FILE* file = std::fopen(path.c_str(), "we");
    if (file == nullptr) return std::unexpected(cannot_write(path, errno));
    const int descriptor = dup(fileno(file));
    std::fclose(file);
    return OutputFile(descriptor, path, "");
  }
  std::string temporary = path + ".XXXXXX";
  const int descriptor = mkstemp(temporary.data());
  if (descriptor < 0) return std::unexpected(cannot_write(path, errno));
  remove_if_interrupted(temporary);
  return OutputFile(descriptor, path, std::move(temporary));
}

OutputFile::OutputFile(int descriptor, std::string path, std::string temporary)
    : descriptor_(descriptor), path_(std::move(path)), temporary_(std::move(temporary)) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, "")),
      failure_(other.failure_) {}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::write(std::string_view text) {
  while (!text.empty() && failure_ == 0) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      failure_ = errno;
    }
  }
}

Result<void> OutputFile::finish() {
  if (failure_ == 0 && !temporary_.empty()) {
    // mkstemp gives 0600; a report is an ordinary file.
    const mode_t mask = umask(0);
    umask(mask);
    const bool is_done =
        fchmod(descriptor_, 0666 & ~mask) == 0 && rename(temporary_.c_str(), path_.c_str()) == 0;
    if (is_done) {
      temporary_.clear();
    } else {
      failure_ = errno;
    }
  }
  if (failure_ != 0) return std::unexpected(cannot_write(path_, failure_));
  return {};
}

}  // namespace assay
