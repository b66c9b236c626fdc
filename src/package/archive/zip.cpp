#include "package/archive/zip.h"

#include <fmt/format.h>

#include <algorithm>

#include "package/archive/decoder.h"
#include "package/archive/inflate.h"

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
  content.size_bytes = entry.size_bytes;
  if (entry.is_encrypted()) {
    report(GapKind::encrypted, entry.raw_name, "encrypted, so not examined");
    return content;
  }
  if (entry.method == stored) {
    content.bytes = packed().substr(0, limit_bytes);
    content.size_bytes = entry.packed_bytes;
  } else {
    content = unpack(limit_bytes);
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

Content ZipReader::unpack(std::size_t limit_bytes) {
  // One byte unpacks to at most 1032: larger claims are lies that need no memory.
  constexpr std::uint64_t most_per_byte = 1032;
  const ZipEntry& entry = current();
  Content content;
  content.size_bytes = entry.size_bytes;
  if (entry.method == deflated && entry.size_bytes <= limit_bytes &&
      entry.size_bytes / most_per_byte <= entry.packed_bytes) {
    std::optional<std::string> exact =
        inflate_exactly(packed(), static_cast<std::size_t>(entry.size_bytes));
    if (exact) {
      content.bytes = std::move(*exact);
      return content;
    }
  }
  unpack_slowly(limit_bytes, content);
  return content;
}

void ZipReader::unpack_slowly(std::size_t limit_bytes, Content& content) {
  const ZipEntry& entry = current();
  std::string_view stream = packed();
  const std::unique_ptr<Decoder> decoder = make_zip_decoder(entry.method, stream);
  if (!decoder) {
    report(GapKind::unsupported, entry.raw_name,
           fmt::format("packed with zip method {}, which is not read", entry.method));
    return;
  }
  const std::uint64_t wanted_bytes = std::min<std::uint64_t>(limit_bytes, entry.size_bytes);
  Decoded decoded = decode_at_most(*decoder, stream, limit_bytes, true);
  content.bytes = std::move(decoded.bytes);
  const bool is_cut = decoded.size_bytes > limit_bytes;
  // Stopped at the limit: the claim stands unless more than that came.
  if (!is_cut || entry.size_bytes <= limit_bytes) content.size_bytes = decoded.size_bytes;
  if (decoded.state == DecoderStep::State::wants_too_much_memory) {
    report(GapKind::too_large, entry.raw_name,
           fmt::format("asks for more than {} MB of memory to unpack", decoder_memory_bytes >> 20));
  } else if (decoded.state != DecoderStep::State::end && !is_cut &&
             decoded.size_bytes < wanted_bytes) {
    report(GapKind::malformed, entry.raw_name,
           fmt::format("its packed contents break off after {} bytes", decoded.size_bytes));
  }
}

}  // namespace assay
