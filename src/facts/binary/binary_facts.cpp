#include "facts/binary/binary_facts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "facts/binary/formats.h"

namespace assay {
namespace {

using binary::is_bmp;
using binary::is_ico;
using binary::is_mach_o;
using binary::is_pyc;
using Format = BinaryFacts::Format;

bool always(std::string_view) { return true; }
bool is_webp(std::string_view bytes) { return bytes.substr(8).starts_with("WEBP"); }

struct Reader {
  std::string_view magic;
  bool (*is_it)(std::string_view);
  Format format;
  void (*read)(std::string_view, BinaryFacts&);
};

constexpr std::array readers = {
    Reader{"\x7F"
           "ELF",
           always, Format::elf, binary::read_elf},
    Reader{"MZ", always, Format::pe, binary::read_pe},
    Reader{std::string_view("\0asm", 4), always, Format::wasm, binary::read_wasm},
    Reader{"", is_mach_o, Format::mach_o, binary::read_mach_o},
    Reader{"\x89PNG\r\n\x1A\n", always, Format::image, binary::read_png},
    Reader{"\xFF\xD8\xFF", always, Format::image, binary::read_jpeg},
    Reader{"GIF8", always, Format::image, binary::read_gif},
    Reader{"RIFF", is_webp, Format::image, binary::read_webp},
    Reader{"wOFF", always, Format::font, binary::read_woff},
    Reader{"wOF2", always, Format::font, binary::read_woff},
    Reader{std::string_view("\0\1\0\0", 4), always, Format::font, binary::read_sfnt},
    Reader{"OTTO", always, Format::font, binary::read_sfnt},
    Reader{"true", always, Format::font, binary::read_sfnt},
    Reader{"", is_pyc, Format::pyc, binary::read_pyc},
    Reader{"", is_ico, Format::image, binary::read_ico},
    Reader{"", is_bmp, Format::image, binary::read_bmp},
};

bool is_program(Format format) {
  return format == Format::elf || format == Format::pe || format == Format::mach_o;
}

// Blocks in which this many bits a byte are used hold compressed or encrypted data.
constexpr double dense_bits = 7.2;
constexpr std::size_t block_bytes = 4096;
constexpr double dense_share = 0.9;
// Tools that compress programs leave their names in the headers.
constexpr std::array<std::string_view, 8> packer_marks = {
    "UPX!", "UPX0", ".aspack", ".themida", ".vmp0", "MPRESS1", ".petite", ".enigma1"};

bool has_packer_mark(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, block_bytes);
  return std::ranges::any_of(packer_marks,
                             [&](std::string_view mark) { return contains(head, mark); });
}

}  // namespace

namespace binary {

void Imports::add(std::string_view name) {
  if (name.empty() || is_full()) return;
  names_.emplace(name);
}

void set_end(std::string_view bytes, std::uint64_t end, BinaryFacts& facts) {
  if (end > bytes.size()) {
    facts.is_truncated = true;
    return;
  }
  facts.trailing_bytes = bytes.size() - end;
  if (facts.trailing_bytes == 0) return;
  constexpr std::array<std::string_view, 12> starts = {"PK\x03\x04",
                                                       "MZ",
                                                       "\x7F"
                                                       "ELF",
                                                       "#!",
                                                       "7z\xBC\xAF",
                                                       "Rar!",
                                                       "\x1F\x8B",
                                                       "BZh",
                                                       "\xFD"
                                                       "7zXZ",
                                                       "<?php",
                                                       "<script",
                                                       "import "};
  constexpr std::array<std::string_view, 12> words = {
      "eval(",         "exec(",      "function(", "function ",  "require(",  "import ",
      "child_process", "powershell", "/bin/sh",   "subprocess", "b64decode", "<script"};
  std::string_view tail = bytes.substr(end);
  tail.remove_prefix(
      std::min(tail.find_first_not_of(std::string_view("\0 \t\r\n", 5)), tail.size()));
  if (tail.empty()) facts.trailing_bytes = 0;  // padding
  tail = tail.substr(0, 1 << 16);
  facts.trailing_is_code =
      std::ranges::any_of(starts, [&](std::string_view s) { return tail.starts_with(s); }) ||
      std::ranges::any_of(words, [&](std::string_view w) { return contains(tail, w); });
}

bool is_dense(std::string_view bytes) {
  std::size_t blocks = 0;
  std::size_t dense = 0;
  for (std::size_t at = 0; at + block_bytes <= bytes.size(); at += block_bytes) {
    std::array<std::uint16_t, 256> counts{};
    for (const char c : bytes.substr(at, block_bytes)) ++counts[static_cast<unsigned char>(c)];
    double bits = 0;
    for (const std::uint16_t count : counts) {
      if (count != 0) bits -= count * std::log2(count / static_cast<double>(block_bytes));
    }
    ++blocks;
    dense += bits / static_cast<double>(block_bytes) >= dense_bits ? 1 : 0;
  }
  return blocks >= 4 && static_cast<double>(dense) >= dense_share * static_cast<double>(blocks);
}

}  // namespace binary

std::optional<BinaryFacts> read_binary_facts(std::string_view bytes) {
  for (const Reader& reader : readers) {
    if (!bytes.starts_with(reader.magic) || bytes.size() < 8 || !reader.is_it(bytes)) continue;
    BinaryFacts facts;
    facts.format = reader.format;
    reader.read(bytes, facts);
    if (is_program(facts.format)) {
      facts.is_packed = has_packer_mark(bytes) || binary::is_dense(bytes);
    }
    facts.strings = binary::telling_strings(bytes);
    return facts;
  }
  return std::nullopt;
}

}  // namespace assay
