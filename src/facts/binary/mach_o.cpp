// Mach-O (Apple's loader.h and fat.h): one architecture, or several in a fat file.
#include <algorithm>

#include "facts/binary/bytes.h"
#include "facts/binary/formats.h"

namespace assay::binary {
namespace {

constexpr std::uint32_t magic_32 = 0xFEEDFACE, magic_64 = 0xFEEDFACF;
constexpr std::uint32_t magic_fat = 0xCAFEBABE, magic_fat_64 = 0xCAFEBABF;
// A Java class starts like a fat file; its version stands where the count is and is 45 or more.
constexpr std::uint32_t max_architectures = 20;
constexpr std::uint32_t max_commands = 4096;
constexpr std::uint64_t max_symbols = 1 << 20;

constexpr std::uint32_t load_segment = 0x1, load_symbols = 0x2, load_library = 0xC,
                        load_segment_64 = 0x19, load_weak_library = 0x80000018,
                        load_reexported_library = 0x8000001F;

std::string_view architecture_of(std::uint32_t cpu) {
  switch (cpu) {
    case 7: return "x86";
    case 12: return "arm";
    case 0x01000007: return "x86-64";
    case 0x0100000C: return "aarch64";
    default: return "";
  }
}

class MachO {
 public:
  MachO(std::string_view bytes, BinaryFacts& facts) : bytes_(bytes), facts_(facts) {}

  void read() {
    const Bytes big(bytes_, true);
    const std::uint32_t magic = big.u32(0);
    if (magic == magic_fat || magic == magic_fat_64) {
      read_fat(big, magic == magic_fat_64);
    } else {
      end_ = read_thin(bytes_);
    }
    facts_.imports = imports_.take();
    set_end(bytes_, end_, facts_);
  }

 private:
  void read_fat(const Bytes& in, bool is_wide) {
    const std::uint64_t each = is_wide ? 32 : 20;
    const std::uint32_t count = std::min(in.u32(4), max_architectures);
    end_ = 8 + each * count;
    for (std::uint32_t i = 0; i < count && in.has(8 + i * each, each); ++i) {
      const std::uint64_t at = 8 + i * each;
      const std::uint64_t offset = is_wide ? in.u64(at + 8) : in.u32(at + 8);
      const std::uint64_t size = is_wide ? in.u64(at + 16) : in.u32(at + 12);
      end_ = std::max(end_, size > ~offset ? ~std::uint64_t{0} : offset + size);
      read_thin(in.slice(offset, size));
    }
  }

  // Returns where its last part ends.
  std::uint64_t read_thin(std::string_view part) {
    const std::uint32_t first = Bytes(part, true).u32(0);
    const bool is_big = first == magic_32 || first == magic_64;
    const Bytes in(part, is_big);
    const bool is_wide = in.u32(0) == magic_64;
    if (!is_wide && in.u32(0) != magic_32) {
      facts_.is_truncated = true;
      return 0;
    }
    const std::string_view architecture = architecture_of(in.u32(4));
    if (!facts_.architecture.empty() && !architecture.empty()) facts_.architecture += "+";
    facts_.architecture += architecture;
    const std::uint32_t type = in.u32(12);
    facts_.is_library = type == 6 || type == 8;
    const std::uint32_t count = std::min(in.u32(16), max_commands);
    std::uint64_t at = is_wide ? 32 : 28;
    std::uint64_t end = at;
    for (std::uint32_t i = 0; i < count && in.has(at, 8); ++i) {
      const std::uint32_t command = in.u32(at);
      const std::uint32_t size = in.u32(at + 4);
      if (size < 8) break;
      if (command == load_segment_64) end = std::max(end, in.u64(at + 40) + in.u64(at + 48));
      if (command == load_segment)
        end = std::max<std::uint64_t>(end, in.u32(at + 32) + in.u32(at + 36));
      if (command == load_library || command == load_weak_library ||
          command == load_reexported_library) {
        imports_.add(in.text(at + in.u32(at + 8)));
      }
      if (command == load_symbols) read_symbols(in, at, is_wide);
      at += size;
    }
    return std::max(end, at);
  }

  void read_symbols(const Bytes& in, std::uint64_t at, bool is_wide) {
    const std::uint64_t table = in.u32(at + 8);
    const std::uint64_t count = std::min<std::uint64_t>(in.u32(at + 12), max_symbols);
    const std::uint64_t strings = in.u32(at + 16);
    const std::uint64_t each = is_wide ? 16 : 12;
    for (std::uint64_t i = 0; i < count && in.has(table + i * each, each); ++i) {
      const std::uint8_t kind = in.u8(table + i * each + 4);
      const bool is_undefined = (kind & 0xE0) == 0 && (kind & 0x0E) == 0 && (kind & 1) != 0;
      if (!is_undefined) continue;
      std::string_view name = in.text(strings + in.u32(table + i * each));
      if (name.starts_with('_')) name.remove_prefix(1);
      imports_.add(name);
    }
  }

  std::string_view bytes_;
  BinaryFacts& facts_;
  Imports imports_;
  std::uint64_t end_ = 0;
};

}  // namespace

bool is_mach_o(std::string_view bytes) {
  const std::uint32_t big = Bytes(bytes, true).u32(0);
  const std::uint32_t little = Bytes(bytes).u32(0);
  if (big == magic_fat || big == magic_fat_64) {
    const std::uint32_t count = Bytes(bytes, true).u32(4);
    return count > 0 && count <= max_architectures;
  }
  return big == magic_32 || big == magic_64 || little == magic_32 || little == magic_64;
}

void read_mach_o(std::string_view bytes, BinaryFacts& facts) { MachO(bytes, facts).read(); }

}  // namespace assay::binary
