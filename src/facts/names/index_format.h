// The names index as bytes: a header, and arrays that are used where they are mapped.
// Little-endian; every array begins at a multiple of eight bytes. What is read is checked once,
// when the index is opened, so that look-ups may trust it (name_index.cpp).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace assay::names {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::array<char, 8> index_magic = {'a', 's', 'a', 'y', 'n', 'a', 'm', 'e'};
// Grows whenever an array or what is kept in it changes; other versions are refused.
inline constexpr std::uint32_t index_version = 1;

// A name's place among all of its ecosystem, most popular first.
using NameId = std::uint32_t;

// The arrays of one ecosystem. A table is two arrays with a power of two of slots: `…_tags` tells
// which slots are worth a look (0: none, and the search ends), `…_ids` which name is there.
enum class Part : std::uint8_t {
  text,           // all names, one after the other
  ends,           // u32: where each ends in `text`
  ranks,          // u32: from 1
  families,       // u16: how many names are this one and more words
  squashed_tags,  // u16, by squash()
  squashed_ids,   // u32
  glance_tags,    // by skeleton()
  glance_ids,
  sorted_tags,  // by the words in order of the alphabet; names of several words
  sorted_ids,
  bare_tags,  // by squash() of what follows the scope; names with one
  bare_ids,
  scope_tags,  // by squash() of the scope; the most popular name of each
  scope_ids,
  signatures,      // u64 by first character and length: which characters the squashed name has
  signature_ids,   // u32, beside them
  signature_ends,  // u32: where each first character and length ends in the two
  patterns,        // u64: pattern_bits() of each name and scope with one character left open
};
inline constexpr std::size_t parts = 18;

// What names are made of, over both ecosystems. A cost is -ln of a frequency, in sixteenths.
enum class SharedPart : std::uint8_t {
  word_tags,  // u32: a hash of each word that names are made of, and of beginnings of several words
  word_costs,  // u8, beside them
  letters,     // u8: cost of each character after two others, 37 by 37 by 37 (0: the word's edge)
};
inline constexpr std::size_t shared_parts = 3;

inline constexpr std::size_t alphabet = 37;
inline constexpr float cost_unit = 1.0F / 16;
// Names whose squashed form is longer have no signature.
inline constexpr std::size_t longest_signature = 40;
inline constexpr std::size_t signature_ends_count = alphabet * (longest_signature + 1) + 1;
// The number of the first of those that begin with a character and have a length.
constexpr std::size_t signature_bucket(std::size_t letter, std::size_t length) {
  return letter * (longest_signature + 1) + length;
}

struct Extent {
  std::uint64_t offset;
  std::uint64_t bytes;
};

struct IndexHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t reserved;
  std::uint64_t bytes;                   // of the whole
  std::array<unsigned char, 32> sha256;  // of all that follows the header
  std::array<Extent, 2 * parts + shared_parts> extents;
};
static_assert(sizeof(IndexHeader) == 56 + 16 * (2 * parts + shared_parts));

// Hashes that can be put together from the hash of a beginning and an end, which makes a name with
// one edit cheap to hash: the value of a polynomial at `hash_base`.
inline constexpr std::uint64_t hash_base = 0x9E37'79B9'7F4A'7C15;
constexpr std::uint64_t hash_step(std::uint64_t hash, char c) {
  return hash * hash_base + static_cast<unsigned char>(c);
}
constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0;
  for (const char c : text) hash = hash_step(hash, c);
  return hash;
}
// Spreads the value over all bits; the length keeps beginnings of zeros apart.
constexpr std::uint64_t hash_finish(std::uint64_t hash, std::size_t length) {
  hash += length * 0xD6E8'FEB8'6659'FD93;
  hash ^= hash >> 32;
  hash *= 0xD6E8'FEB8'6659'FD93;
  hash ^= hash >> 29;
  return hash;
}
constexpr std::uint64_t hash_of(std::string_view text) {
  return hash_finish(hash_text(text), text.size());
}
// The character that is left open, in hashes of patterns.
inline constexpr char open_character = '*';
// The low bits of the hash choose the word, others two bits of it.
constexpr std::uint64_t pattern_bits(std::uint64_t hash) {
  return std::uint64_t{1} << (hash >> 58) | std::uint64_t{1} << (hash >> 52 & 63);
}

constexpr std::uint16_t tag_of(std::uint64_t hash) {
  const auto tag = static_cast<std::uint16_t>(hash >> 48);
  return tag == 0 ? 1 : tag;
}
constexpr std::uint32_t word_tag_of(std::uint64_t hash) {
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  return tag == 0 ? 1 : tag;
}

constexpr std::size_t letter_number(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::size_t>(c - 'a') + 1;
  return static_cast<std::size_t>(c - '0') + 27;
}
// One bit for each of the characters that are there.
constexpr std::uint64_t signature_of(std::string_view squashed) {
  std::uint64_t signature = 0;
  for (const char c : squashed) signature |= std::uint64_t{1} << letter_number(c);
  return signature;
}

}  // namespace assay::names
