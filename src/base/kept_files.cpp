#include "base/kept_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "base/descriptor.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// What the smallest file takes of most disks.
constexpr std::uint64_t block_bytes = 4096;

struct Kept {
  fs::path path;
  fs::file_time_type time;
  std::uint64_t bytes;
};

void remove_oldest(const std::string& shelf, std::uint64_t most_bytes) {
  std::vector<Kept> files;
  std::uint64_t total = 0;
  std::error_code error;
  for (fs::directory_iterator entry(shelf, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored)) continue;
    const std::uint64_t bytes = std::max<std::uint64_t>(entry->file_size(ignored), block_bytes);
    if (ignored) continue;  // Another process removed it.
    files.push_back({entry->path(), entry->last_write_time(ignored), bytes});
    total += bytes;
  }
  if (total <= most_bytes) return;
  std::ranges::sort(files, {}, &Kept::time);
  for (const Kept& file : files) {
    // Some room at once, rather than a file a call.
    if (total <= most_bytes - most_bytes / 10) return;
    std::error_code ignored;
    fs::remove(file.path, ignored);
    total -= file.bytes;
  }
}

// For the user alone, since it tells what was examined.
bool make_private_folder(const std::string& path) {
  return ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST;
}

// Whether only this user can have written it.
bool is_own(const struct stat& status) {
  return S_ISREG(status.st_mode) && status.st_uid == ::geteuid() && (status.st_mode & 022) == 0;
}

std::optional<std::string> read_whole(int file, std::size_t size) {
  std::string bytes;
  bytes.resize_and_overwrite(size, [&](char* buffer, std::size_t wanted) {
    std::size_t had = 0;
    while (had < wanted) {
      const ssize_t count = ::read(file, buffer + had, wanted - had);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      had += static_cast<std::size_t>(count);
    }
    return had;
  });
  return bytes.size() == size ? std::optional(std::move(bytes)) : std::nullopt;
}

bool write_whole(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::size_t shelf_number(std::string_view name) {
  unsigned number = 0;
  std::from_chars(name.data(), name.data() + 2, number, 16);
  return number;
}

}  // namespace

KeptFiles::KeptFiles(std::string folder, std::uint64_t most_bytes, Shelves shelves)
    : folder_(std::move(folder)),
      most_bytes_(most_bytes),
      saved_to_(static_cast<std::size_t>(shelves)) {}

KeptFiles::~KeptFiles() {
  if (saved_to_.size() == 1) {
    if (saved_to_[0]) remove_oldest(folder_, most_bytes_);
    return;
  }
  for (std::size_t i = 0; i < saved_to_.size(); ++i) {
    if (saved_to_[i]) remove_oldest(fmt::format("{}/{:02x}", folder_, i), most_of_a_shelf());
  }
}

std::string KeptFiles::path_of(std::string_view name) const {
  if (saved_to_.size() == 1) return fmt::format("{}/{}", folder_, name);
  return fmt::format("{}/{}/{}", folder_, name.substr(0, 2), name.substr(2));
}

std::optional<std::string> KeptFiles::load(std::string_view name) const {
  if (folder_.empty()) return std::nullopt;
  // Not blocked by a pipe of this name.
  const Descriptor file(
      ::open(path_of(name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0 || !is_own(status)) {
    return std::nullopt;
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size == 0 || size > most_of_a_shelf()) return std::nullopt;
  return read_whole(file.number(), size);
}

void KeptFiles::save(std::string_view name, std::initializer_list<std::string_view> parts) {
  std::uint64_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  if (folder_.empty() || size > most_of_a_shelf()) return;
  const std::string path = path_of(name);
  const std::string pattern = path + ".XXXXXX";
  std::string temporary = pattern;
  int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);  // Mode 0600.
  if (descriptor < 0 && errno == ENOENT) {
    const fs::path shelf = fs::path(path).parent_path();
    std::error_code error;
    fs::create_directories(fs::path(folder_).parent_path(), error);
    if (!make_private_folder(folder_) || !make_private_folder(shelf.string())) return;
    temporary = pattern;
    descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  }
  const Descriptor file(descriptor);
  if (descriptor < 0) return;
  const bool is_whole = std::ranges::all_of(
      parts, [&](std::string_view part) { return write_whole(descriptor, part); });
  if (!is_whole || ::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    return;
  }
  saved_to_[saved_to_.size() == 1 ? 0 : shelf_number(name)] = true;
}

}  // namespace assay
