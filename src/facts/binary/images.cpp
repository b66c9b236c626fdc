// Where images and fonts end: what follows is not shown by any viewer.
#include <algorithm>

#include "facts/binary/bytes.h"
#include "facts/binary/formats.h"

namespace assay::binary {

// https://www.w3.org/TR/png/ 5.3: length, type, data, checksum.
void read_png(std::string_view bytes, BinaryFacts& facts) {
  const Bytes in(bytes, true);
  std::uint64_t at = 8;
  while (in.has(at, 12)) {
    const std::uint64_t length = in.u32(at);
    const bool is_end = in.slice(at + 4, 4) == "IEND";
    at += 12 + length;
    if (is_end) {
      set_end(bytes, at, facts);
      return;
    }
  }
  facts.is_truncated = true;
}

// ITU T.81 annex B: segments with a length, and scans without one.
void read_jpeg(std::string_view bytes, BinaryFacts& facts) {
  const Bytes in(bytes, true);
  std::uint64_t at = 2;
  while (in.has(at, 2)) {
    if (in.u8(at) != 0xFF) {
      // Scan data, or a broken segment: on to the next marker.
      const std::size_t next = bytes.find('\xFF', at);
      if (next == std::string_view::npos) break;
      at = next;
      continue;
    }
    const std::uint8_t marker = in.u8(at + 1);
    if (marker == 0xD9) {
      set_end(bytes, at + 2, facts);
      return;
    }
    // Below 0xC0 it is data: stuffed zeros, or the stuffed bits of JPEG-LS.
    const bool is_alone = marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD8);
    if (marker == 0xFF) {
      ++at;
    } else if (is_alone) {
      at += 2;
    } else {
      at += 2u + std::max<std::uint16_t>(in.u16(at + 2), 2);
    }
  }
  facts.is_truncated = true;
}

// https://www.w3.org/Graphics/GIF/spec-gif89a.txt: blocks of sub-blocks up to the trailer.
void read_gif(std::string_view bytes, BinaryFacts& facts) {
  const Bytes in(bytes);
  const auto table_size = [](std::uint8_t flags) -> std::uint64_t {
    return (flags & 0x80) != 0 ? 3ull << ((flags & 7) + 1) : 0;
  };
  std::uint64_t at = 13 + table_size(in.u8(10));
  while (in.has(at, 1)) {
    const std::uint8_t kind = in.u8(at);
    if (kind == 0x3B) {
      set_end(bytes, at + 1, facts);
      return;
    }
    if (kind == 0x21) {
      at += 2;
    } else if (kind == 0x2C) {
      at += 11 + table_size(in.u8(at + 9));
    } else {
      break;
    }
    while (in.u8(at) != 0) at += 1u + in.u8(at);
    ++at;
  }
  facts.is_truncated = true;
}

bool is_bmp(std::string_view bytes) {
  const Bytes in(bytes);
  const std::uint32_t header = in.u32(14);
  return bytes.starts_with("BM") && in.u32(6) == 0 && header >= 12 && header <= 124 &&
         in.u32(10) >= 26;
}

void read_bmp(std::string_view bytes, BinaryFacts& facts) {
  // Some writers leave the size out.
  const std::uint32_t size = Bytes(bytes).u32(2);
  if (size >= 26) set_end(bytes, size, facts);
}

bool is_ico(std::string_view bytes) {
  const Bytes in(bytes);
  const std::uint16_t kind = in.u16(2);
  const std::uint16_t count = in.u16(4);
  return bytes.size() > 22 && in.u16(0) == 0 && (kind == 1 || kind == 2) && count > 0 &&
         count <= 64 && in.u8(9) == 0 && in.u32(18) >= 6u + 16u * count;
}

void read_ico(std::string_view bytes, BinaryFacts& facts) {
  const Bytes in(bytes);
  std::uint64_t end = 0;
  for (std::uint64_t i = 0; i < in.u16(4) && i < 64; ++i) {
    end = std::max<std::uint64_t>(end, std::uint64_t{in.u32(14 + i * 16)} + in.u32(18 + i * 16));
  }
  set_end(bytes, end, facts);
}

void read_webp(std::string_view bytes, BinaryFacts& facts) {
  const std::uint64_t size = Bytes(bytes).u32(4);
  set_end(bytes, 8 + size + (size & 1), facts);
}

// https://www.w3.org/TR/WOFF/: the whole length stands in the header.
void read_woff(std::string_view bytes, BinaryFacts& facts) {
  set_end(bytes, Bytes(bytes, true).u32(8), facts);
}

// TrueType and OpenType: a directory of tables.
void read_sfnt(std::string_view bytes, BinaryFacts& facts) {
  const Bytes in(bytes, true);
  const std::uint64_t count = in.u16(4);
  std::uint64_t end = 12 + count * 16;
  for (std::uint64_t i = 0; i < count && in.has(12 + i * 16, 16); ++i) {
    const std::uint64_t at = 12 + i * 16;
    end = std::max(end, std::uint64_t{in.u32(at + 8)} + in.u32(at + 12));
  }
  // The last table may be padded to four bytes.
  if (bytes.size() > end && bytes.size() - end < 4) end = bytes.size();
  set_end(bytes, end, facts);
}

}  // namespace assay::binary
