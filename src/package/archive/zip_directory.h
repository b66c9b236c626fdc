// What a zip archive says it holds, from both of its tables: the central directory, which Python
// and most tools go by, and the local headers, which streaming readers go by. Where they disagree,
// both views are listed and the disagreement is told. APPNOTE.TXT 6.3.10.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "package/archive/member.h"

namespace assay {

struct ZipEntry {
  std::string raw_name;
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t local_at = 0;     // of its local header
  std::uint64_t contents_at = 0;  // of its packed contents; they lie within the archive
  std::uint16_t made_by = 0;
  std::uint32_t attributes = 0;

  // Plainly, strongly, or with its headers masked.
  bool is_encrypted() const { return (flags & 0x2041) != 0; }
  bool has_descriptor() const { return (flags & 8) != 0; }
  // Upper half of the external attributes when a Unix system wrote the entry.
  std::uint32_t unix_mode() const { return made_by >> 8 == 3 ? attributes >> 16 : 0; }
};

struct ZipDirectory {
  std::vector<ZipEntry> entries;
  std::vector<Problem> problems;
  std::uint64_t measured_bytes = 0;  // unpacked to find the ends of members
};

// Fails when there is neither a central directory nor a local header at the start.
Result<ZipDirectory> read_zip_directory(std::string_view bytes, const Limits& limits);

// Whether Python's zipfile would take the bytes for a zip archive, whatever they begin with: an
// end record within the last 64 KiB whose central directory is where it says.
bool has_zip_directory(std::string_view bytes);

}  // namespace assay
