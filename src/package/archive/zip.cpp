#include "package/archive/zip.h"

#include <fmt/format.h>

#include <algorithm>

#include "package/archive/inflate.h"
#include "package/archive/stream.h"

namespace assay {
namespace {

constexpr std::uint16_t stored = 0;
constexpr std::uint16_t deflated = 8;

constexpr std::uint32_t file_type_bits = 0170000;
constexpr std::uint32_t link_type = 0120000;
constexpr std::uint32_t executable_bits = 0111;

}  // namespace

ZipReader::ZipReader(std::string_view bytes, ZipDirectory directory)
    : bytes_(bytes), entries_(std::move(directory.entries)) {
  for (Problem& problem : directory.problems) {
    report(problem.kind, std::move(problem.raw_name), std::move(problem.reason));
  }
}

bool ZipReader::next(Member& member) {
  if (next_ == entries_.size()) return false;
  const ZipEntry& entry = entries_[next_++];
  member = {};
  member.raw_name = entry.raw_name;
  member.size_bytes = entry.size_bytes;
  member.executable = (entry.unix_mode() & executable_bits) != 0;
  if (entry.raw_name.ends_with('/') || entry.raw_name.ends_with('\\')) {
    member.kind = MemberKind::directory;
    if (entry.size_bytes != 0) {
      report(GapKind::malformed, entry.raw_name, "a directory with contents");
    }
  } else if ((entry.unix_mode() & file_type_bits) == link_type) {
    member.kind = MemberKind::symbolic_link;
    constexpr std::size_t longest_target_bytes = 4096;
    member.link_target = read(longest_target_bytes).bytes;
  }
  return true;
}

std::string_view ZipReader::packed() const {
  return bytes_.substr(static_cast<std::size_t>(current().contents_at),
                       static_cast<std::size_t>(current().packed_bytes));
}

Content ZipReader::read(std::size_t limit_bytes) {
  const ZipEntry& entry = current();
  Content content;
  if (entry.is_encrypted()) {
    report(GapKind::encrypted, entry.raw_name, "encrypted, so not examined");
    content.size_bytes = entry.size_bytes;
    return content;
  }
  if (entry.method == stored) {
    content.bytes = packed().substr(0, limit_bytes);
    content.size_bytes = entry.packed_bytes;
  } else {
    content = entry.method == deflated ? inflate(limit_bytes) : unpack_other_method(limit_bytes);
  }
  if (content.size_bytes != entry.size_bytes) {
    report(GapKind::malformed, entry.raw_name,
           fmt::format("{} bytes instead of the {} that the zip directory says", content.size_bytes,
                       entry.size_bytes));
  } else if (content.bytes.size() == entry.size_bytes && crc32_of(content.bytes) != entry.crc) {
    report(GapKind::malformed, entry.raw_name,
           "its checksum does not match; examined all the same");
  }
  return content;
}

Content ZipReader::inflate(std::size_t limit_bytes) {
  // One byte packs at most 1032: larger claims are lies that need no memory.
  constexpr std::uint64_t most_per_byte = 1032;
  const ZipEntry& entry = current();
  Content content;
  content.size_bytes = entry.size_bytes;
  if (entry.size_bytes <= limit_bytes && entry.size_bytes / most_per_byte <= entry.packed_bytes) {
    std::optional<std::string> exact =
        inflate_exactly(packed(), static_cast<std::size_t>(entry.size_bytes));
    if (exact) {
      content.bytes = std::move(*exact);
      return content;
    }
  }
  Inflated some = inflate_at_most(packed(), limit_bytes, true);
  content.bytes = std::move(some.bytes);
  // Stopped at the limit: the claim stands unless more than that came.
  const bool is_cut = !some.is_sound && some.size_bytes > limit_bytes;
  if (!is_cut || entry.size_bytes <= limit_bytes) content.size_bytes = some.size_bytes;
  if (!some.is_sound && !is_cut) {
    report(GapKind::malformed, entry.raw_name,
           fmt::format("its packed contents break off after {} bytes", some.size_bytes));
  }
  return content;
}

Content ZipReader::unpack_other_method(std::size_t limit_bytes) {
  const ZipEntry& entry = current();
  const std::uint64_t end = entry.contents_at + entry.packed_bytes;
  UnpackedMember unpacked =
      unpack_zip_member(bytes_.substr(static_cast<std::size_t>(entry.local_at),
                                      static_cast<std::size_t>(end - entry.local_at)),
                        limit_bytes);
  if (!unpacked.problem.empty()) {
    report(GapKind::unsupported, entry.raw_name,
           fmt::format("zip method {}: {}", entry.method, unpacked.problem));
  }
  const bool is_cut = unpacked.bytes.size() == limit_bytes && entry.size_bytes > limit_bytes;
  Content content;
  content.size_bytes = is_cut ? entry.size_bytes : unpacked.bytes.size();
  content.bytes = std::move(unpacked.bytes);
  return content;
}

}  // namespace assay
