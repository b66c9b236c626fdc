#include "facts/binary/binary_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using Format = BinaryFacts::Format;
using testing::ElementsAre;

// Bytes of a tiny file under construction. Little-endian unless told otherwise.
struct Draft {
  std::string bytes;

  Draft& text(std::string_view more) {
    bytes += more;
    return *this;
  }
  Draft& number(std::uint64_t value, int length, bool is_big = false) {
    for (int i = 0; i < length; ++i) {
      bytes += static_cast<char>((value >> (8 * (is_big ? length - 1 - i : i))) & 0xFF);
    }
    return *this;
  }
  Draft& u16(std::uint64_t value) { return number(value, 2); }
  Draft& u32(std::uint64_t value) { return number(value, 4); }
  Draft& u64(std::uint64_t value) { return number(value, 8); }
  Draft& pad_to(std::size_t size) {
    bytes.resize(size);
    return *this;
  }
};

BinaryFacts read(std::string_view bytes) {
  const std::optional<BinaryFacts> facts = read_binary_facts(bytes);
  EXPECT_TRUE(facts.has_value());
  return facts.value_or(BinaryFacts{});
}

// Headers 0..176, symbols 176, their names 224, dynamic 256, section headers 304 unless stripped.
std::string elf(bool with_sections) {
  Draft draft;
  draft
      .text(std::string_view("\x7F"
                             "ELF\x02\x01\x01",
                             7))
      .pad_to(16);
  draft.u16(3).u16(62).u32(1).u64(0).u64(64).u64(with_sections ? 304 : 0).u32(0);
  draft.u16(64).u16(56).u16(2).u16(64).u16(with_sections ? 2 : 0).u16(0);
  const auto segment = [&](std::uint64_t type, std::uint64_t offset, std::uint64_t size) {
    draft.u32(type).u32(4).u64(offset).u64(0x1000 + offset).u64(0).u64(size).u64(size).u64(8);
  };
  segment(1, 0, 304);
  segment(2, 256, 48);
  draft.u32(1).number(0x12, 1).number(0, 1).u16(0).u64(0).u64(0);        // connect, undefined
  draft.u32(19).number(0x12, 1).number(0, 1).u16(7).u64(0x1000).u64(0);  // own, defined
  draft.text(std::string_view("\0connect\0libc.so.6\0own\0", 23)).pad_to(256);
  draft.u64(1).u64(9).u64(5).u64(0x1000 + 224).u64(6).u64(0x1000 + 176);
  if (with_sections) {
    const auto section = [&](std::uint64_t type, std::uint64_t at, std::uint64_t size,
                             std::uint64_t link) {
      draft.u32(0).u32(type).u64(0).u64(0).u64(at).u64(size).u32(link).u32(0).u64(8).u64(24);
    };
    section(3, 224, 23, 0);
    section(11, 176, 48, 0);
  }
  return draft.bytes;
}

TEST(Elf, imports_are_undefined_symbols_and_needed_libraries) {
  const BinaryFacts facts = read(elf(true));
  EXPECT_EQ(facts.format, Format::elf);
  EXPECT_EQ(facts.architecture, "x86-64");
  EXPECT_TRUE(facts.is_library);
  EXPECT_THAT(facts.imports, ElementsAre("connect", "libc.so.6"));
  EXPECT_FALSE(facts.is_truncated);
  EXPECT_EQ(facts.trailing_bytes, 0u);
}

TEST(Elf, a_file_without_section_headers_is_read_by_its_dynamic_segment) {
  EXPECT_THAT(read(elf(false)).imports, ElementsAre("connect", "libc.so.6"));
}

TEST(Elf, bytes_behind_the_last_part_trail) {
  const BinaryFacts facts = read(elf(true) + "#!/bin/sh\n");
  EXPECT_EQ(facts.trailing_bytes, 10u);
  EXPECT_TRUE(facts.trailing_is_code);
}

TEST(Elf, headers_that_point_outside_are_truncation) {
  const std::string whole = elf(true);
  for (std::size_t size = 8; size < whole.size(); ++size) {
    EXPECT_TRUE(read(std::string_view(whole).substr(0, size)).is_truncated) << size;
  }
}

std::string pe(std::uint64_t characteristics) {
  Draft draft;
  draft.text("MZ").pad_to(60).u32(64).text(std::string_view("PE\0\0", 4));
  draft.u16(0x8664).u16(1).u32(0).u32(0).u32(0).u16(240).u16(characteristics);
  draft.u16(0x20B).pad_to(88 + 108).u32(16);          // number of directories
  draft.u64(0).u32(0x1000).u32(40).pad_to(88 + 240);  // imports at 0x1000
  draft.text(".idata").pad_to(88 + 248).u32(0x200).u32(0x1000).u32(0x200).u32(0x200).pad_to(0x200);
  draft.u32(0x1030).u32(0).u32(0).u32(0x1060).u32(0x1030).u64(0).u64(0).u32(0).pad_to(0x230);
  draft.u64(0x1080).u64(std::uint64_t{1} << 63 | 5).u64(0).pad_to(0x260);
  draft.text("KERNEL32.dll").pad_to(0x280);
  draft.u16(0).text("CreateRemoteThread").pad_to(0x400);
  return draft.bytes;
}

TEST(Pe, imports_are_libraries_and_functions) {
  const BinaryFacts facts = read(pe(0x2002));
  EXPECT_EQ(facts.format, Format::pe);
  EXPECT_EQ(facts.architecture, "x86-64");
  EXPECT_TRUE(facts.is_library);
  EXPECT_THAT(facts.imports, ElementsAre("CreateRemoteThread", "kernel32.dll"));
  EXPECT_THAT(facts.strings, ElementsAre("CreateRemoteThread"));
  EXPECT_FALSE(facts.is_truncated);
  EXPECT_FALSE(read(pe(0x2)).is_library);
}

TEST(Pe, an_overlay_trails_and_a_packer_is_named_by_its_sections) {
  EXPECT_EQ(read(pe(2) + "PK\x03\x04zip").trailing_bytes, 7u);
  EXPECT_TRUE(read(pe(2) + "PK\x03\x04zip").trailing_is_code);
  std::string packed = pe(2);
  packed.replace(packed.find(".idata"), 4, "UPX0");
  EXPECT_TRUE(read(packed).is_packed);
  EXPECT_FALSE(read(pe(2)).is_packed);
}

TEST(Pe, a_file_that_only_starts_like_one_is_truncated) {
  EXPECT_TRUE(read("MZ, said the letter").is_truncated);
  EXPECT_TRUE(read(std::string_view(pe(2)).substr(0, 0x300)).is_truncated);
}

std::string mach_o() {
  Draft draft;
  draft.u32(0xFEEDFACF).u32(0x0100000C).u32(0).u32(6).u32(2).u32(48 + 24).u32(0).u32(0);
  draft.u32(0xC)
      .u32(48)
      .u32(24)
      .u32(0)
      .u32(0)
      .u32(0)
      .text("/usr/lib/libcurl.dylib")
      .pad_to(32 + 48);
  draft.u32(2).u32(24).u32(104).u32(2).u32(136).u32(20);
  draft.u32(1).number(1, 1).number(0, 1).u16(0).u64(0);       // undefined, external
  draft.u32(9).number(0xF, 1).number(1, 1).u16(0).u64(0x10);  // defined
  draft.text(std::string_view("\0_system\0_own\0", 14)).pad_to(160);
  return draft.bytes;
}

TEST(MachO, imports_are_libraries_and_undefined_symbols) {
  const BinaryFacts facts = read(mach_o());
  EXPECT_EQ(facts.format, Format::mach_o);
  EXPECT_EQ(facts.architecture, "aarch64");
  EXPECT_TRUE(facts.is_library);
  EXPECT_THAT(facts.imports, ElementsAre("/usr/lib/libcurl.dylib", "system"));
}

TEST(MachO, every_architecture_of_a_fat_file_is_read) {
  const std::string part = mach_o();
  Draft draft;
  draft.number(0xCAFEBABE, 4, true).number(2, 4, true);
  for (const std::uint64_t offset : {64, 256}) {
    draft.number(0x0100000C, 4, true).number(0, 4, true).number(offset, 4, true);
    draft.number(part.size(), 4, true).number(6, 4, true);
  }
  draft.pad_to(64).text(part).pad_to(256).text(part);
  EXPECT_EQ(read(draft.bytes).architecture, "aarch64+aarch64");
  EXPECT_THAT(read(draft.bytes).imports, ElementsAre("/usr/lib/libcurl.dylib", "system"));
  EXPECT_EQ(read(draft.bytes).trailing_bytes, 0u);
}

TEST(MachO, java_classes_are_not_taken_for_fat_files) {
  Draft draft;
  draft.number(0xCAFEBABE, 4, true).number(52, 4, true).pad_to(64);
  EXPECT_FALSE(read_binary_facts(draft.bytes).has_value());
}

TEST(Wasm, imports_are_module_and_name) {
  Draft draft;
  draft.text(std::string_view("\0asm\x01\0\0\0", 8));
  draft.text(
      std::string_view("\x02\x13\x02\x03"
                       "env\x04"
                       "exec\0\x01"
                       "\x01"
                       "m\x01"
                       "n\x02\x01\x01\x02",
                       22));
  const BinaryFacts facts = read(draft.bytes);
  EXPECT_EQ(facts.format, Format::wasm);
  EXPECT_THAT(facts.imports, ElementsAre("env.exec", "m.n"));
}

TEST(Wasm, sections_that_reach_outside_are_truncation) {
  EXPECT_TRUE(read(std::string_view("\0asm\x01\0\0\0\x02\x7F\x01", 11)).is_truncated);
}

// A module of `import os` and a call, as CPython 3.11 marshals it.
std::string pyc() {
  Draft draft;
  draft.u16(3495).text("\r\n").u32(0).u32(0).u32(0);
  draft.text("\xE3").u32(0).u32(0).u32(0).u32(2).u32(0);
  draft.text("\xF3").u32(2).text("ab");                                  // code
  draft.text(std::string_view("\xA9\x02\xDA\x02id", 6)).text("N");       // consts
  draft.text(std::string_view("\xA9\x02\xDA\x02os\xDA\x06system", 14));  // names
  draft.text(std::string_view("\xA9\0", 2)).text("\xF3").u32(0);         // locals
  draft.text("\xFA\x04x.py").text("\xDA\x08<module>").text("\xDA\x08<module>");
  draft.u32(1).text("\xF3").u32(0).text("\xF3").u32(0);
  return draft.bytes;
}

TEST(Pyc, imports_are_the_names_that_code_uses) {
  const BinaryFacts facts = read(pyc());
  EXPECT_EQ(facts.format, Format::pyc);
  EXPECT_EQ(facts.architecture, "python 3.11");
  EXPECT_THAT(facts.imports, ElementsAre("os", "system"));
  EXPECT_FALSE(facts.is_truncated);
  EXPECT_EQ(facts.trailing_bytes, 0u);
}

TEST(Pyc, a_cut_file_is_truncated_and_an_unknown_version_is_no_pyc) {
  EXPECT_TRUE(read(std::string_view(pyc()).substr(0, 60)).is_truncated);
  std::string unknown = pyc();
  unknown[1] = '\x70';
  EXPECT_FALSE(read_binary_facts(unknown).has_value());
}

std::string png() {
  Draft draft;
  draft.text("\x89PNG\r\n\x1A\n").number(13, 4, true).text("IHDR").pad_to(8 + 12 + 13);
  draft.number(0, 4, true).text("IEND").u32(0);
  return draft.bytes;
}

TEST(Images, what_follows_the_end_of_a_png_trails) {
  EXPECT_EQ(read(png()).format, Format::image);
  EXPECT_EQ(read(png()).trailing_bytes, 0u);
  EXPECT_EQ(read(png() + std::string(20, '\0')).trailing_bytes, 0u);  // padding
  const BinaryFacts facts = read(png() + "eval(atob('x'))");
  EXPECT_EQ(facts.trailing_bytes, 15u);
  EXPECT_TRUE(facts.trailing_is_code);
  EXPECT_FALSE(read(png() + "just a note").trailing_is_code);
  EXPECT_TRUE(read(std::string_view(png()).substr(0, 40)).is_truncated);
}

TEST(Images, jpeg_segments_and_scans_are_followed_to_the_end) {
  Draft draft;
  draft.text("\xFF\xD8\xFF\xE1").number(6, 2, true).text("\xFF\xD9\xFF\xD8");  // a thumbnail inside
  draft.text("\xFF\xDA").number(4, 2, true).text("ab");
  draft.text(
      std::string_view("c\xFF\0d\xFF\xD0"
                       "e\xFF\xD9",
                       9));
  EXPECT_EQ(read(draft.bytes).trailing_bytes, 0u);
  EXPECT_FALSE(read(draft.bytes).is_truncated);
  EXPECT_EQ(read(draft.bytes + "PK\x03\x04").trailing_bytes, 4u);
  EXPECT_TRUE(read(draft.bytes.substr(0, draft.bytes.size() - 1)).is_truncated);
}

TEST(Images, gif_blocks_are_followed_to_the_trailer) {
  Draft draft;
  draft.text("GIF89a").u16(1).u16(1).text(std::string_view("\x80\0\0", 3)).pad_to(13 + 6);
  draft.text(std::string_view("\x21\xFE\x03;;;\0", 7));
  draft.text(",").u64(0).text(
      std::string_view("\0\x02\x02"
                       "ab\0;",
                       7));
  EXPECT_EQ(read(draft.bytes).trailing_bytes, 0u);
  EXPECT_FALSE(read(draft.bytes).is_truncated);
  EXPECT_TRUE(read(draft.bytes + "#!/bin/sh").trailing_is_code);
}

TEST(Images, sizes_in_headers_end_bmp_ico_and_webp) {
  Draft bmp;
  bmp.text("BM").u32(60).u32(0).u32(54).u32(40).pad_to(60);
  EXPECT_EQ(read(bmp.bytes + "abc").trailing_bytes, 3u);
  Draft ico;
  ico.u16(0).u16(1).u16(1).text(std::string_view("\x10\x10\0\0", 4)).u16(1).u16(32).u32(10).u32(22);
  ico.pad_to(32);
  EXPECT_EQ(read(ico.bytes + "abcd").trailing_bytes, 4u);
  Draft webp;
  webp.text("RIFF").u32(8).text("WEBPVP8 ");
  EXPECT_EQ(read(webp.bytes + "ab").trailing_bytes, 2u);
}

TEST(Fonts, lengths_in_headers_end_them) {
  Draft woff;
  woff.text("wOFF").u32(0).number(44, 4, true).pad_to(44);
  EXPECT_EQ(read(woff.bytes).format, Format::font);
  EXPECT_EQ(read(woff.bytes + "x=1").trailing_bytes, 3u);
  Draft sfnt;
  sfnt.number(0x00010000, 4, true).number(1, 2, true).pad_to(12).text("cmap").u32(0);
  sfnt.number(28, 4, true).number(6, 4, true).pad_to(36);
  EXPECT_EQ(read(sfnt.bytes).trailing_bytes, 0u);
  EXPECT_EQ(read(sfnt.bytes + "function(){}").trailing_bytes, 14u);
}

TEST(Strings, only_those_that_tell_something_are_kept) {
  const std::string file = png() + std::string("\x01", 1) + "harmless text" + '\x02' +
                           "https://h.example.test/a" + '\x03' + "stratum+tcp://p.example.test:1" +
                           '\x04' + "%s://" + '\x05' + "/HOME/.SSH/ID_RSA";
  EXPECT_THAT(read(file).strings, ElementsAre("/HOME/.SSH/ID_RSA", "https://h.example.test/a",
                                              "stratum+tcp://p.example.test:1"));
}

TEST(Strings, are_bounded_in_number_and_length) {
  std::string file = png();
  for (int i = 0; i < 1000; ++i) file += "/bin/sh " + std::to_string(i) + '\x01';
  EXPECT_EQ(read(file).strings.size(), 256u);
  EXPECT_LE(read(png() + "curl " + std::string(5000, 'x')).strings.at(0).size(), 256u);
}

TEST(Binary, programs_of_random_bytes_are_packed) {
  std::string file = pe(2);
  std::uint32_t state = 1;
  for (int i = 0; i < 100'000; ++i) {
    state = state * 1664525u + 1013904223u;
    file += static_cast<char>(state >> 24);
  }
  EXPECT_TRUE(read(file).is_packed);
}

TEST(Binary, text_and_other_formats_are_none_of_its_business) {
  for (const std::string_view text :
       {"", "MZ", "hello, world", "import os\r\n", "\x1F\x8B\x08 gzip", "# a\r\n# comment\r\n"}) {
    EXPECT_FALSE(read_binary_facts(text).has_value()) << text;
  }
}

TEST(Binary, headers_full_of_ones_are_survived) {
  for (const std::string& whole : {elf(true), elf(false), pe(2), mach_o(), pyc(), png()}) {
    for (std::size_t at = 4; at + 8 <= whole.size(); ++at) {
      std::string broken = whole;
      broken.replace(at, 8, std::string(8, '\xFF'));
      read_binary_facts(broken);
    }
  }
}

}  // namespace
}  // namespace assay
