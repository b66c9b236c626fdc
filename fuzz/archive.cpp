// Archives of every format, as npm and as Python name them. Whatever the bytes are, paths stay
// inside the package, sizes inside the limits, and two readings agree.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "package/archive/archive.h"

using namespace assay;

namespace {

Limits small_limits() {
  Limits limits;
  limits.unpacked_bytes = 4_MiB;
  limits.member_bytes = 1_MiB;
  limits.retained_bytes = 2_MiB;
  limits.ratio_floor_bytes = 1_MiB;
  limits.members = 1000;
  return limits;
}

void check_package(const Package& package, const Limits& limits) {
  std::size_t kept_bytes = 0;
  for (const File& file : package.files) {
    CHECK(!file.path.empty() && !file.path.starts_with('/') && is_valid_utf8(file.path));
    CHECK(!contains("/" + file.path + "/", "/../"));
    CHECK(file.path.find('\0') == std::string::npos);
    CHECK(package.find(file.path) == &file);
    CHECK(file.bytes.size() <= limits.member_bytes);
    CHECK(!file.dropped || file.bytes.empty());
    kept_bytes += file.bytes.size();
  }
  CHECK(kept_bytes <= limits.retained_bytes);
  CHECK(package.files.size() <= 2 * limits.members);
  CHECK(package.gaps.size() <= 1500);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Limits limits = small_limits();
  for (const std::string_view name : {"x-1.0.0.tgz", "x-1.0.tar", "x-1.0-py3-none-any.whl"}) {
    const Result<Package> package = read_archive(bytes, name, limits);
    if (!package) continue;
    check_package(*package, limits);
    std::size_t visited = 0;
    const Result<Package> streamed = read_archive(bytes, name, limits, [&](File& file) {
      CHECK(file.bytes.size() <= limits.member_bytes);
      ++visited;
      file.bytes = {};
      file.dropped = true;
    });
    CHECK(streamed && streamed->kind == package->kind && visited <= streamed->files.size());
  }
  return 0;
}
