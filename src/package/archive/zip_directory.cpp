#include "package/archive/zip_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "base/text.h"
#include "package/archive/decoder.h"
#include "package/archive/little_endian.h"
#include "package/archive/stream.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view local_magic = "PK\x03\x04"sv;
constexpr std::string_view central_magic = "PK\x01\x02"sv;
constexpr std::string_view end_magic = "PK\x05\x06"sv;
constexpr std::string_view end64_magic = "PK\x06\x06"sv;
constexpr std::string_view locator64_magic = "PK\x06\x07"sv;
constexpr std::string_view descriptor_magic = "PK\x07\x08"sv;

constexpr std::uint64_t local_header_bytes = 30;
constexpr std::uint64_t central_header_bytes = 46;
constexpr std::uint64_t end_record_bytes = 22;
constexpr std::uint64_t locator64_bytes = 20;
constexpr std::uint64_t end64_record_bytes = 56;
constexpr std::uint64_t longest_comment_bytes = 65535;
constexpr std::uint32_t in_zip64 = 0xFFFFFFFF;

bool has_magic(std::string_view bytes, std::uint64_t at, std::string_view magic) {
  return at <= bytes.size() && bytes.substr(static_cast<std::size_t>(at)).starts_with(magic);
}

std::string_view slice(std::string_view bytes, std::uint64_t at, std::uint64_t count) {
  if (at >= bytes.size()) return {};
  return bytes.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
}

// Where the central directory is, by the end record.
struct End {
  std::uint64_t record_at = 0;     // of the end record
  std::uint64_t directory_at = 0;  // of the first central header, as found
  std::uint64_t directory_end = 0;
  std::uint64_t entries = 0;  // as promised
  std::uint64_t shift = 0;    // bytes before the archive, which offsets do not count
  std::uint64_t end = 0;      // after the comment
};

std::optional<std::size_t> find_last_end_magic(std::string_view tail) {
  std::size_t searched = tail.size() - end_record_bytes + 1;
  while (searched != 0) {
    const void* found = memrchr(tail.data(), end_magic.front(), searched);
    if (found == nullptr) return std::nullopt;
    searched = static_cast<std::size_t>(static_cast<const char*>(found) - tail.data());
    if (tail.substr(searched).starts_with(end_magic)) return searched;
  }
  return std::nullopt;
}

// The last end record counts, as for Python. Offsets are taken relative to where the central
// directory really is, which makes archives with something before them readable.
std::optional<End> find_end(std::string_view bytes) {
  if (bytes.size() < end_record_bytes) return std::nullopt;
  const std::uint64_t first_possible =
      bytes.size() -
      std::min<std::uint64_t>(bytes.size(), end_record_bytes + longest_comment_bytes);
  const std::string_view tail = bytes.substr(static_cast<std::size_t>(first_possible));
  const std::optional<std::size_t> found = find_last_end_magic(tail);
  if (!found) return std::nullopt;
  End end;
  end.record_at = first_possible + *found;
  end.entries = le16(bytes, end.record_at + 10);
  std::uint64_t size = le32(bytes, end.record_at + 12);
  std::uint64_t at = le32(bytes, end.record_at + 16);
  end.end = std::min<std::uint64_t>(
      end.record_at + end_record_bytes + le16(bytes, end.record_at + 20), bytes.size());
  end.directory_end = end.record_at;
  const std::uint64_t locator_at = end.record_at - std::min(end.record_at, locator64_bytes);
  if (has_magic(bytes, locator_at, locator64_magic) && locator_at >= end64_record_bytes) {
    // The record directly before its locator; the offset in the locator does not count prefixes.
    const std::uint64_t record64_at = locator_at - end64_record_bytes;
    if (has_magic(bytes, record64_at, end64_magic)) {
      end.entries = le64(bytes, record64_at + 32);
      size = le64(bytes, record64_at + 40);
      at = le64(bytes, record64_at + 48);
      end.directory_end = record64_at;
    }
  }
  if (size > end.directory_end || at > end.directory_end - size) return std::nullopt;
  end.directory_at = end.directory_end - size;
  end.shift = end.directory_at - at;
  const bool is_there = size == 0 || has_magic(bytes, end.directory_at, central_magic);
  return is_there ? std::optional(end) : std::nullopt;
}

// Zip64 sizes and offset stand in an extra field, each only when its 32 bits are all ones.
void read_zip64_extra(std::string_view extra, bool is_local, ZipEntry& entry) {
  while (extra.size() >= 4) {
    const std::uint16_t id = le16(extra, 0);
    const std::string_view field = slice(extra, 4, le16(extra, 2));
    extra.remove_prefix(std::min<std::size_t>(extra.size(), 4u + le16(extra, 2)));
    if (id != 1) continue;
    std::uint64_t at = 0;
    for (std::uint64_t* number : {&entry.size_bytes, &entry.packed_bytes, &entry.local_at}) {
      if (*number != in_zip64 || (is_local && number == &entry.local_at)) continue;
      *number = le64(field, at);
      at += 8;
    }
  }
}

// Some readers prefer the name in this field to the one in the header (APPNOTE 4.6.9).
std::string_view unicode_name(std::string_view extra) {
  constexpr std::uint16_t unicode_path_id = 0x7075;
  constexpr std::uint64_t before_name_bytes = 5;  // version and a checksum
  while (extra.size() >= 4) {
    const std::uint64_t size = le16(extra, 2);
    if (le16(extra, 0) == unicode_path_id && size > before_name_bytes) {
      return slice(extra, 4 + before_name_bytes, size - before_name_bytes);
    }
    extra.remove_prefix(static_cast<std::size_t>(std::min<std::uint64_t>(extra.size(), 4 + size)));
  }
  return {};
}

// The local header at `at`; nothing when there is none. Its contents may reach past the end.
std::optional<ZipEntry> read_local_header(std::string_view bytes, std::uint64_t at) {
  if (!has_magic(bytes, at, local_magic) || bytes.size() - at < local_header_bytes) {
    return std::nullopt;
  }
  ZipEntry entry;
  entry.local_at = at;
  entry.flags = le16(bytes, at + 6);
  entry.method = le16(bytes, at + 8);
  entry.crc = le32(bytes, at + 14);
  entry.packed_bytes = le32(bytes, at + 18);
  entry.size_bytes = le32(bytes, at + 22);
  const std::uint64_t name_bytes = le16(bytes, at + 26);
  const std::uint64_t extra_bytes = le16(bytes, at + 28);
  entry.contents_at = at + local_header_bytes + name_bytes + extra_bytes;
  if (entry.contents_at > bytes.size()) return std::nullopt;
  entry.raw_name = slice(bytes, at + local_header_bytes, name_bytes);
  read_zip64_extra(slice(bytes, at + local_header_bytes + name_bytes, extra_bytes), true, entry);
  return entry;
}

class DirectoryReader {
 public:
  DirectoryReader(std::string_view bytes, const Limits& limits)
      : bytes_(bytes),
        limits_(limits),
        measurable_bytes_(allowed_unpacked_bytes(bytes.size(), limits)) {}

  Result<ZipDirectory> read() {
    const std::optional<End> end = find_end(bytes_);
    if (!end) {
      if (!has_magic(bytes_, 0, local_magic)) {
        return fail(ErrorKind::malformed, "no central directory: not a zip archive");
      }
      report(GapKind::truncated, {}, "the zip archive ends early: it has no central directory");
      walk_local_headers(0, bytes_.size());
      return std::move(directory_);
    }
    read_central_directory(*end);
    look_between_members(*end);
    if (end->end < bytes_.size()) {
      report(GapKind::polyglot, {},
             fmt::format("{} bytes follow the end of the zip archive", bytes_.size() - end->end));
    }
    return std::move(directory_);
  }

 private:
  struct Span {
    std::uint64_t begin;
    std::uint64_t end;
    bool has_descriptor;
  };

  void report(GapKind kind, std::string raw_name, std::string reason) {
    directory_.problems.push_back({kind, std::move(raw_name), std::move(reason)});
  }

  bool is_full() const { return directory_.entries.size() > limits_.members; }

  void read_central_directory(const End& end) {
    std::uint64_t at = end.directory_at;
    std::uint64_t count = 0;
    while (has_magic(bytes_, at, central_magic) && at + central_header_bytes <= end.directory_end &&
           !is_full()) {
      at = read_central_header(at, end);
      ++count;
    }
    // The end record without zip64 counts in 16 bits.
    if (count != end.entries && (count & 0xFFFF) != end.entries && !is_full()) {
      report(GapKind::polyglot, {},
             fmt::format("the zip archive promises {} members, its directory lists {}", end.entries,
                         count));
    }
    spans_.push_back({end.directory_at, end.end, false});
    if (at < end.directory_end && !is_full()) {
      report(GapKind::malformed, {},
             fmt::format("{} bytes of the zip directory are no entries", end.directory_end - at));
    }
  }

  std::uint64_t read_central_header(std::uint64_t at, const End& end) {
    ZipEntry entry;
    entry.made_by = le16(bytes_, at + 4);
    entry.flags = le16(bytes_, at + 8);
    entry.method = le16(bytes_, at + 10);
    entry.crc = le32(bytes_, at + 16);
    entry.packed_bytes = le32(bytes_, at + 20);
    entry.size_bytes = le32(bytes_, at + 24);
    const std::uint64_t name_bytes = le16(bytes_, at + 28);
    const std::uint64_t extra_bytes = le16(bytes_, at + 30);
    const std::uint64_t comment_bytes = le16(bytes_, at + 32);
    entry.attributes = le32(bytes_, at + 38);
    entry.local_at = le32(bytes_, at + 42);
    entry.raw_name = slice(bytes_, at + central_header_bytes, name_bytes);
    const std::string_view extra =
        slice(bytes_, at + central_header_bytes + name_bytes, extra_bytes);
    read_zip64_extra(extra, false, entry);
    if (const std::string_view other = unicode_name(extra);
        !other.empty() && other != entry.raw_name && is_valid_utf8(entry.raw_name)) {
      report(GapKind::polyglot, entry.raw_name,
             fmt::format("its Unicode name is \"{}\": readers disagree on which one counts",
                         escape_for_display(other, 200)));
    }
    add_central_entry(std::move(entry), end);
    return at + central_header_bytes + name_bytes + extra_bytes + comment_bytes;
  }

  void add_central_entry(ZipEntry entry, const End& end) {
    if (entry.local_at > bytes_.size() || entry.local_at + end.shift > bytes_.size()) {
      report(GapKind::malformed, entry.raw_name, "its zip member lies outside the archive");
      return;
    }
    entry.local_at += end.shift;
    const std::optional<ZipEntry> local = read_local_header(bytes_, entry.local_at);
    if (!local) {
      report(GapKind::malformed, entry.raw_name, "its zip member has no local header");
      return;
    }
    entry.contents_at = local->contents_at;
    if (entry.packed_bytes > bytes_.size() - entry.contents_at) {
      report(GapKind::truncated, entry.raw_name, "its zip member reaches past the archive's end");
      entry.packed_bytes = bytes_.size() - entry.contents_at;
    }
    spans_.push_back({entry.local_at, entry.contents_at + entry.packed_bytes,
                      entry.has_descriptor() || local->has_descriptor()});
    compare_views(entry, *local);
    directory_.entries.push_back(std::move(entry));
  }

  // Streaming readers believe the local header.
  void compare_views(const ZipEntry& central, const ZipEntry& local) {
    if (central.raw_name != local.raw_name) {
      report(GapKind::polyglot, central.raw_name,
             fmt::format("the local zip header calls it \"{}\"; examined under both names",
                         escape_for_display(local.raw_name, 200)));
      ZipEntry other = central;
      other.raw_name = local.raw_name;
      directory_.entries.push_back(std::move(other));
    }
    const bool has_sizes = !local.has_descriptor() && local.packed_bytes != in_zip64;
    if ((has_sizes &&
         (central.packed_bytes != local.packed_bytes || central.size_bytes != local.size_bytes)) ||
        central.method != local.method || central.is_encrypted() != local.is_encrypted()) {
      report(
          GapKind::polyglot, central.raw_name,
          fmt::format("the local zip header says method {}, {} bytes packed to {}; the directory "
                      "method {}, {} packed to {}",
                      local.method, local.size_bytes, local.packed_bytes, central.method,
                      central.size_bytes, central.packed_bytes));
    }
  }

  // Members that the directory leaves out hide from every reader that goes by it.
  void look_between_members(const End& end) {
    std::ranges::sort(spans_, {}, &Span::begin);
    std::uint64_t covered = 0;
    bool has_descriptor = false;
    std::set<std::uint64_t> overlapping;
    for (std::size_t i = 0; i < spans_.size() && spans_[i].begin < end.end; ++i) {
      const Span span = spans_[i];
      if (span.begin > covered) look_into_hole(covered, span.begin, has_descriptor);
      if (span.begin < covered && span.end > span.begin) overlapping.insert(span.begin);
      if (span.end >= covered) has_descriptor = span.has_descriptor;
      covered = std::max(covered, span.end);
    }
    if (!overlapping.empty()) drop_most_of(overlapping);
  }

  // No writer of zip archives makes members that share bytes; unpacking them all may take for ever.
  void drop_most_of(const std::set<std::uint64_t>& overlapping) {
    constexpr std::size_t most = 8;
    std::size_t seen = 0;
    const std::size_t dropped = std::erase_if(directory_.entries, [&](const ZipEntry& entry) {
      return overlapping.contains(entry.local_at) && ++seen > most;
    });
    report(GapKind::bomb, {},
           dropped == 0 ? "members of the zip archive share the same bytes"
                        : fmt::format("members of the zip archive share the same bytes; {} of them "
                                      "were not examined",
                                      dropped));
  }

  void look_into_hole(std::uint64_t begin, std::uint64_t end, bool after_descriptor_flag) {
    const std::uint64_t descriptor_bytes =
        12 + (has_magic(bytes_, begin, descriptor_magic) ? 4 : 0);
    // Sizes in a descriptor have 4 bytes each, 8 with zip64.
    if (after_descriptor_flag &&
        (end - begin == descriptor_bytes || end - begin == descriptor_bytes + 8)) {
      return;
    }
    if (slice(bytes_, begin, end - begin).find_first_not_of('\0') == std::string_view::npos) return;
    if (after_descriptor_flag && !has_magic(bytes_, begin, local_magic)) {
      for (const std::uint64_t size : {descriptor_bytes, descriptor_bytes + 8}) {
        if (has_magic(bytes_, begin + size, local_magic)) {
          begin += size;
          break;
        }
      }
    }
    report(
        GapKind::polyglot, {},
        fmt::format("{} bytes {} of the zip archive, from byte {} on, belong to none{}",
                    end - begin, begin == 0 ? "before the first member" : "between members", begin,
                    has_magic(bytes_, begin, local_magic) ? "; examined as members" : ""));
    walk_local_headers(begin, end);
  }

  void walk_local_headers(std::uint64_t at, std::uint64_t end) {
    const std::string_view region = bytes_.substr(0, static_cast<std::size_t>(end));
    while (!is_full()) {
      std::optional<ZipEntry> entry = read_local_header(region, at);
      if (!entry) return;
      std::uint64_t after = entry->contents_at + entry->packed_bytes;
      if (entry->has_descriptor() && entry->packed_bytes == 0) {
        const std::unique_ptr<Decoder> decoder = make_raw_deflate_decoder();
        const Decoded measured = decode_at_most(
            *decoder, region.substr(static_cast<std::size_t>(entry->contents_at)),
            measurable_bytes_ - std::min(measurable_bytes_, directory_.measured_bytes), false);
        directory_.measured_bytes += measured.size_bytes;
        entry->packed_bytes = measured.used_bytes;
        entry->size_bytes = measured.size_bytes;
        after = entry->contents_at + measured.used_bytes + 12;
        if (has_magic(region, after - 12, descriptor_magic)) after += 4;
        entry->crc = le32(region, after - 12);
      }
      if (entry->packed_bytes > end - entry->contents_at) {
        report(GapKind::truncated, entry->raw_name, "its zip member ends early");
        entry->packed_bytes = end - entry->contents_at;
        after = end;
      }
      directory_.entries.push_back(std::move(*entry));
      at = after;
    }
  }

  std::string_view bytes_;
  const Limits& limits_;
  std::uint64_t measurable_bytes_;
  ZipDirectory directory_;
  std::vector<Span> spans_;
};

}  // namespace

Result<ZipDirectory> read_zip_directory(std::string_view bytes, const Limits& limits) {
  return DirectoryReader(bytes, limits).read();
}

bool has_zip_directory(std::string_view bytes) {
  const std::optional<End> end = find_end(bytes);
  return end && end->directory_end > end->directory_at;
}

}  // namespace assay
