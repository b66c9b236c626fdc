// How the bytes of an advisory index lie: a header, a table of slots, a checksum for each block of
// the table, and records of packages, each with its own checksum. Little-endian.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "package/package.h"

namespace assay::advisory_layout {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::array<char, 8> magic = {'a', 's', 'a', 'y', 'a', 'd', 'v', 'i'};
// Grows whenever the layout changes; other versions are refused.
inline constexpr std::uint32_t version = 1;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t sum;    // of the header with 0 here, and of the checksums of blocks
  std::uint64_t bytes;  // of the whole
  std::int64_t built;   // seconds since 1970
  std::uint64_t packages, malware, vulnerabilities;
  std::uint64_t slots;  // a power of two; they follow the header
};
static_assert(sizeof(Header) == 64);

// Upper half: of the key's hash. Lower half: where the record is, in units of eight bytes from the
// start of the file; 0 for an empty slot.
inline constexpr std::size_t slots_in_block = 512;
inline constexpr std::size_t record_unit = 8;
// A look-up that finds no end is looking at something else than a table.
inline constexpr std::size_t longest_search = 4096;

// In front of each record.
struct RecordHead {
  std::uint32_t bytes;  // that follow
  std::uint32_t sum;    // of them
};

// Not against attackers, who can write what they like: against disks and half-written files.
inline std::uint32_t sum_of(std::string_view bytes, std::uint64_t start = 0) {
  std::uint64_t sum = start ^ (0x9E37'79B9'7F4A'7C15 + bytes.size());
  std::size_t at = 0;
  const auto add = [&sum](std::uint64_t word) {
    sum = (sum ^ word) * 0xD6E8'FEB8'6659'FD93;
    sum ^= sum >> 32;
  };
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    add(word);
  }
  for (; at < bytes.size(); ++at) add(static_cast<unsigned char>(bytes[at]));
  return static_cast<std::uint32_t>(sum ^ sum >> 32);
}

// Of a package's key.
constexpr std::uint64_t hash_of(Ecosystem ecosystem, std::string_view name) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325 + static_cast<std::uint64_t>(ecosystem);
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01B3;
  hash ^= hash >> 32;
  hash *= 0xD6E8'FEB8'6659'FD93;
  return hash ^ hash >> 29;
}

}  // namespace assay::advisory_layout
