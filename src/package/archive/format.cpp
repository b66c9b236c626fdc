#include "package/archive/format.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  ArchiveFormat format;
};

constexpr std::array<Magic, 8> magics = {{
    {"\x1f\x8b\x08"sv, ArchiveFormat::gzip},
    {"PK\x03\x04"sv, ArchiveFormat::zip},
    {"PK\x05\x06"sv, ArchiveFormat::zip},  // without members
    {"\xfd\x37zXZ\0"sv, ArchiveFormat::xz},
    {"\x28\xb5\x2f\xfd"sv, ArchiveFormat::zstd},
    {"7z\xbc\xaf\x27\x1c"sv, ArchiveFormat::seven_zip},
    {"Rar!\x1a\x07"sv, ArchiveFormat::rar},
    // The block's magic too, as "BZh" alone begins ordinary text.
    {"BZh"sv, ArchiveFormat::bzip2},
}};

constexpr std::string_view bzip2_block = "\x31\x41\x59\x26\x53\x59"sv;
constexpr std::string_view bzip2_empty = "\x17\x72\x45\x38\x50\x90"sv;

constexpr std::size_t block_bytes = 512;
constexpr std::size_t checksum_at = 148;
constexpr std::size_t checksum_bytes = 8;

bool matches(const Magic& magic, std::string_view head) {
  if (!head.starts_with(magic.bytes)) return false;
  if (magic.format != ArchiveFormat::bzip2) return true;
  const std::string_view block = head.substr(std::min<std::size_t>(4, head.size()));
  return block.starts_with(bzip2_block) || block.starts_with(bzip2_empty);
}

}  // namespace

std::string_view to_string(ArchiveFormat format) {
  constexpr std::array<std::string_view, 9> names = {"no archive", "tar", "gzip", "bzip2", "xz",
                                                     "zstd",       "zip", "7z",   "rar"};
  return names[static_cast<std::size_t>(format)];
}

ArchiveFormat sniff_archive(std::string_view head) {
  for (const Magic& magic : magics) {
    if (matches(magic, head)) return magic.format;
  }
  return is_tar_header(head.substr(0, block_bytes)) ? ArchiveFormat::tar : ArchiveFormat::none;
}

bool is_readable(ArchiveFormat format) {
  return format != ArchiveFormat::none && format != ArchiveFormat::seven_zip &&
         format != ArchiveFormat::rar;
}

bool is_tar_header(std::string_view block) {
  if (block.size() != block_bytes) return false;
  std::string_view digits = block.substr(checksum_at, checksum_bytes);
  while (!digits.empty() && digits.front() == ' ') digits.remove_prefix(1);
  long stored = 0;
  std::size_t count = 0;
  while (count < digits.size() && digits[count] >= '0' && digits[count] <= '7') {
    stored = stored * 8 + (digits[count++] - '0');
  }
  if (count == 0) return false;
  // The checksum itself counts as spaces.
  long unsigned_sum = checksum_bytes * ' ';
  long signed_sum = unsigned_sum;
  const auto add = [&](std::string_view bytes) {
    for (const char c : bytes) {
      unsigned_sum += static_cast<unsigned char>(c);
      signed_sum += static_cast<signed char>(c);
    }
  };
  add(block.substr(0, checksum_at));
  add(block.substr(checksum_at + checksum_bytes));
  return stored == unsigned_sum || stored == signed_sum;
}

bool is_zip_based_document(std::string_view path) {
  constexpr std::array<std::string_view, 22> endings = {
      ".jar",   ".war", ".ear",   ".aar", ".apk",  ".docx", ".xlsx", ".xlsm",
      ".pptx",  ".odt", ".ods",   ".odp", ".epub", ".xpi",  ".crx",  ".vsix",
      ".nupkg", ".npz", ".keras", ".3mf", ".kmz",  ".vsdx"};
  return std::ranges::any_of(
      endings, [&](std::string_view ending) { return ends_with_ignoring_case(path, ending); });
}

}  // namespace assay
