#include "scan/target.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/text.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view archive_endings[] = {".tgz",  ".tar",    ".tar.gz", ".tar.bz2",
                                                ".tbz2", ".tar.xz", ".txz",    ".tar.zst",
                                                ".zip",  ".whl",    ".egg"};

struct Signature {
  std::size_t offset;
  std::string_view bytes;
};
constexpr Signature archive_signatures[] = {{0, "\x1F\x8B"},
                                            {0, "PK\x03\x04"},
                                            {0, "PK\x05\x06"},
                                            {0, "BZh"},
                                            {0,
                                             "\xFD"
                                             "7zXZ"},
                                            {0, "\x28\xB5\x2F\xFD"},
                                            {257, "ustar"}};

bool looks_like_archive(const fs::path& path) {
  const std::string name = path.filename().string();
  for (const std::string_view ending : archive_endings) {
    if (ends_with_ignoring_case(name, ending)) return true;
  }
  std::array<char, 512> head{};
  std::ifstream stream(path, std::ios::binary);
  stream.read(head.data(), head.size());
  const std::string_view bytes(head.data(), static_cast<std::size_t>(stream.gcount()));
  return std::ranges::any_of(archive_signatures, [&](const Signature& signature) {
    return bytes.size() > signature.offset &&
           bytes.substr(signature.offset).starts_with(signature.bytes);
  });
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  if (text.empty()) return fail(ErrorKind::usage, "a target is empty");
  Target target;
  target.given = text;
  if (is_package_spec(text)) {
    target.spec = TRY(parse_package_spec(text));
  } else {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(target.given, error);
    target.size_bytes = error ? 0 : size;
  }
  return target;
}

Result<std::vector<Target>> targets_inside(const std::string& folder) {
  std::error_code error;
  std::vector<Target> targets;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const fs::file_status status = entry->symlink_status(ignored);
    const bool is_file = fs::is_regular_file(status);
    if (!(is_file && looks_like_archive(entry->path())) && !fs::is_directory(status)) continue;
    Target target;
    target.given = entry->path().string();
    if (is_file) target.size_bytes = entry->file_size(ignored);
    targets.push_back(std::move(target));
  }
  if (error) {
    const bool is_absent = error == std::errc::no_such_file_or_directory;
    const bool is_file = error == std::errc::not_a_directory;
    return fail(is_file     ? ErrorKind::usage
                : is_absent ? ErrorKind::missing
                            : ErrorKind::environment,
                folder + ": " + (is_file ? "is not a folder" : error.message()));
  }
  std::ranges::sort(targets, {}, &Target::given);
  return targets;
}

}  // namespace assay
