#include "base/kept_files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

namespace assay {
namespace {

namespace fs = std::filesystem;

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
    files.push_back({entry->path(), entry->last_write_time(ignored), entry->file_size(ignored)});
    total += files.back().bytes;
  }
  if (total <= most_bytes) return;
  std::ranges::sort(files, {}, &Kept::time);
  for (const Kept& file : files) {
    // Some room at once, rather than a file a call.
    if (total <= most_bytes - most_bytes / 10) return;
    std::error_code ignored;
    if (fs::remove(file.path, ignored)) total -= file.bytes;
  }
}

}  // namespace

KeptFiles::KeptFiles(std::string folder, std::uint64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

KeptFiles::~KeptFiles() {
  for (std::size_t i = 0; i < shelves; ++i) {
    if (saved_to_[i]) remove_oldest(fmt::format("{}/{:02x}", folder_, i), most_bytes_ / shelves);
  }
}

std::string KeptFiles::shelf_of(std::string_view name) const {
  return folder_ + "/" + std::string(name.substr(0, 2));
}

std::optional<std::string> KeptFiles::load(std::string_view name) const {
  std::ifstream file(shelf_of(name) + "/" + std::string(name.substr(2)),
                     std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  const std::streamoff size = file.tellg();
  if (size <= 0 || static_cast<std::uint64_t>(size) > most_bytes_) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(bytes.data(), size)) return std::nullopt;
  return bytes;
}

void KeptFiles::save(std::string_view name, std::string_view bytes) {
  if (bytes.size() > most_bytes_ / shelves) return;
  std::error_code error;
  const std::string shelf = shelf_of(name);
  fs::create_directories(shelf, error);
  if (error) return;
  fs::permissions(folder_, fs::perms::owner_all,
                  error);  // What others may write must not be believed.
  const std::string path = shelf + "/" + std::string(name.substr(2));
  std::string temporary = path + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());  // Mode 0600.
  if (descriptor < 0) return;
  ::close(descriptor);
  std::ofstream file(temporary, std::ios::binary);
  file << bytes;
  file.close();
  if (!file || ::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    return;
  }
  const unsigned long index = std::strtoul(std::string(name.substr(0, 2)).c_str(), nullptr, 16);
  saved_to_[index % shelves] = true;
}

}  // namespace assay
