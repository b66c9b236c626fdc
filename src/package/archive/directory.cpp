#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/descriptor.h"
#include "base/hash.h"
#include "package/archive/archive.h"
#include "package/archive/artifact.h"
#include "package/archive/format.h"
#include "package/archive/member_path.h"
#include "package/archive/unpacker.h"
#include "package/archive/zip_directory.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

struct DiskFile {
  std::string bytes;
  bool executable = false;
};

std::string error_text() { return std::strerror(errno); }

// Never waits: a fifo or device that took the file's place is refused.
Result<DiskFile> read_file(const std::string& path, std::size_t limit_bytes, bool follow_link) {
  const int link_flag = follow_link ? 0 : O_NOFOLLOW;
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | link_flag));
  struct stat status{};
  if (file.number() < 0 || fstat(file.number(), &status) != 0) {
    return fail(errno == ENOENT ? ErrorKind::missing : ErrorKind::environment,
                fmt::format("{}: {}", path, error_text()));
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorKind::unsupported, fmt::format("{}: not a regular file", path));
  }
  const auto size = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  if (size > limit_bytes) {
    return fail(ErrorKind::limit, fmt::format("{}: {} exceeds {}", path, readable_size(size),
                                              readable_size(limit_bytes)));
  }
  DiskFile result;
  result.executable = (status.st_mode & 0111) != 0;
  bool failed = false;
  result.bytes.resize_and_overwrite(size, [&](char* buffer, std::size_t wanted) {
    std::size_t had = 0;
    while (had < wanted) {
      const ssize_t count = read(file.number(), buffer + had, wanted - had);
      if (count < 0 && errno == EINTR) continue;
      failed = count < 0;
      if (count <= 0) break;
      had += static_cast<std::size_t>(count);
    }
    return had;
  });
  if (failed) return fail(ErrorKind::environment, fmt::format("{}: {}", path, error_text()));
  return result;
}

// Depth first with a stack of folders still to list; names sorted, so that the order is the same
// on every disk.
class FolderReader {
 public:
  FolderReader(Package& package, const Limits& limits, const FileVisitor& visit)
      : limits_(limits), unpacker_(package, limits, visit) {}

  Result<void> read(const fs::path& root) {
    std::error_code error;
    const bool is_project = fs::exists(root / "package.json", error);
    std::vector<std::string> pending = {""};
    while (!pending.empty() && unpacker_.has_room()) {
      const std::string folder = std::move(pending.back());
      pending.pop_back();
      std::vector<fs::directory_entry> entries = list(root, folder);
      if (folder.empty() && failed_at_root_) {
        return fail(ErrorKind::environment, fmt::format("{}: cannot be listed", root.string()));
      }
      for (const fs::directory_entry& entry : entries) {
        const std::string name = entry.path().filename().string();
        if (name == ".git" || (folder.empty() && is_project && name == "node_modules")) continue;
        take(entry, folder.empty() ? name : folder + "/" + name, pending);
      }
    }
    unpacker_.finish();
    return {};
  }

  // As sha256sum prints a list of files.
  std::string hash_of_list() {
    std::ranges::sort(hashes_);
    std::string list;
    for (const auto& [path, hash] : hashes_) list += fmt::format("{}  {}\n", hash, path);
    return hash_hex(HashKind::sha256, list);
  }
  std::uint64_t total_bytes() const { return total_bytes_; }

 private:
  std::vector<fs::directory_entry> list(const fs::path& root, const std::string& folder) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    fs::directory_iterator at(folder.empty() ? root : root / folder, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) entries.push_back(*at);
    if (error) {
      failed_at_root_ = folder.empty();
      unpacker_.add_gap(GapKind::not_fetched, folder,
                        fmt::format("the folder cannot be listed: {}", error.message()));
    }
    std::ranges::sort(entries);
    return entries;
  }

  void take(const fs::directory_entry& entry, std::string path, std::vector<std::string>& pending) {
    std::error_code error;
    const fs::file_status status = entry.symlink_status(error);
    if (fs::is_directory(status)) {
      if (std::ranges::count(path, '/') >= static_cast<std::ptrdiff_t>(limits_.path_components)) {
        unpacker_.add_gap(GapKind::too_deep, path,
                          fmt::format("more than {} folders deep", limits_.path_components));
        return;
      }
      pending.push_back(std::move(path));
      return;
    }
    const CheckedPath checked = check_member_path(path, limits_);
    if (!checked.problem.empty()) {
      unpacker_.add_gap(GapKind::unsafe_path, checked.path, checked.problem);
    }
    if (fs::is_symlink(status)) {
      unpacker_.add_link(checked.path, fs::read_symlink(entry.path(), error).string());
    } else if (!fs::is_regular_file(status)) {
      unpacker_.add_gap(GapKind::link, checked.path, "a device, fifo or socket, not examined");
    } else if (!checked.refused) {
      take_file(entry.path().string(), checked.path);
    }
  }

  void take_file(const std::string& on_disk, std::string path) {
    Result<DiskFile> file = read_file(on_disk, limits_.member_bytes, false);
    if (!file) {
      const bool is_large = file.error().kind == ErrorKind::limit;
      unpacker_.add_gap(is_large ? GapKind::too_large : GapKind::not_fetched, std::move(path),
                        fmt::format("not examined: {}", file.error().message));
      return;
    }
    hashes_.emplace_back(path, hash_hex(HashKind::sha256, file->bytes));
    total_bytes_ += file->bytes.size();
    unpacker_.add_file(std::move(path), std::move(file->bytes), file->executable);
  }

  const Limits& limits_;
  Unpacker unpacker_;
  std::vector<std::pair<std::string, std::string>> hashes_;
  std::uint64_t total_bytes_ = 0;
  bool failed_at_root_ = false;
};

Result<Package> read_folder(const std::string& path, const Limits& limits,
                            const FileVisitor& visit) {
  Package package;
  package.kind = ArtifactKind::directory;
  FolderReader reader(package, limits, visit);
  TRY(reader.read(path));
  package.sha256 = reader.hash_of_list();
  package.archive_bytes = reader.total_bytes();
  package.id.ecosystem = ecosystem_of_folder(package.files);
  return package;
}

// A file that is no archive counts as a folder with that one file.
Package read_single_file(DiskFile file, std::string name, const Limits& limits,
                         const FileVisitor& visit) {
  Package package;
  package.kind = ArtifactKind::directory;
  package.sha256 = hash_hex(HashKind::sha256, file.bytes);
  package.archive_bytes = file.bytes.size();
  Unpacker unpacker(package, limits, visit);
  unpacker.add_file(std::move(name), std::move(file.bytes), file.executable);
  unpacker.finish();
  package.id.ecosystem = ecosystem_of_folder(package.files);
  return package;
}

}  // namespace

Result<Package> read_path(const std::string& path, const Limits& limits, const FileVisitor& visit) {
  std::error_code error;
  Package package;
  if (fs::is_directory(path, error)) {
    package = TRY(read_folder(path, limits, visit));
  } else {
    DiskFile file = TRY(read_file(path, limits.archive_bytes, true));
    const std::string name = fs::path(path).filename().string();
    const bool is_archive = is_archive_name(name) || is_readable(sniff_archive(file.bytes)) ||
                            has_zip_directory(file.bytes);
    package = is_archive ? TRY(read_archive(file.bytes, name, limits, visit))
                         : read_single_file(std::move(file), name, limits, visit);
  }
  package.source = path;
  return package;
}

}  // namespace assay
