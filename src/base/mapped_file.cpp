#include "base/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace assay {
namespace {

Result<std::span<const std::byte>> map(int descriptor, const std::string& path,
                                       std::size_t most_bytes) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(ErrorKind::environment, path + ": is no ordinary file");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > most_bytes) {
    return fail(ErrorKind::limit, fmt::format("{}: exceeds {} bytes", path, most_bytes));
  }
  if (size == 0) return std::span<const std::byte>();
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (address == MAP_FAILED) {
    return fail(ErrorKind::environment, fmt::format("{}: {}", path, std::strerror(errno)));
  }
  return std::span(static_cast<const std::byte*>(address), size);
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::string& path, std::size_t most_bytes) {
  // Not blocked by a pipe of this name.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const ErrorKind kind = errno == ENOENT ? ErrorKind::missing : ErrorKind::environment;
    return fail(kind, fmt::format("{}: {}", path, std::strerror(errno)));
  }
  Result<std::span<const std::byte>> bytes = map(descriptor, path, most_bytes);
  ::close(descriptor);
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  return MappedFile(*bytes);
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
  }
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

}  // namespace assay
