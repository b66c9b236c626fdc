// ELF (System V ABI, chapters 4 and 5), 32 and 64 bits, both byte orders.
#include <algorithm>
#include <array>

#include "facts/binary/bytes.h"
#include "facts/binary/formats.h"

namespace assay::binary {
namespace {

struct Machine {
  std::uint16_t code;
  std::string_view name;
};
constexpr std::array machines = {
    Machine{3, "x86"},         Machine{8, "mips"},      Machine{20, "ppc"},
    Machine{21, "ppc64"},      Machine{22, "s390x"},    Machine{40, "arm"},
    Machine{62, "x86-64"},     Machine{183, "aarch64"}, Machine{243, "riscv"},
    Machine{258, "loongarch"}, Machine{247, "bpf"},
};

constexpr std::uint32_t segment_load = 1, segment_dynamic = 2, segment_interpreter = 3;
constexpr std::uint32_t section_null = 0, section_nobits = 8, section_dynamic_symbols = 11;
constexpr std::uint64_t tag_needed = 1, tag_string_table = 5, tag_symbol_table = 6;
// Real files have a few dozen of each; a header may claim 65,535.
constexpr std::uint64_t max_headers = 4096;
constexpr std::uint64_t max_symbols = 1 << 20;

class Elf {
 public:
  Elf(std::string_view bytes, BinaryFacts& facts)
      : bytes_(bytes),
        in_(bytes, bytes.size() > 5 && bytes[5] == 2),
        is_wide_(bytes.size() > 4 && bytes[4] == 2),
        facts_(facts) {}

  void read() {
    const std::uint16_t type = in_.u16(16);
    const std::uint16_t machine = in_.u16(18);
    for (const Machine& known : machines) {
      if (known.code == machine) facts_.architecture = known.name;
    }
    read_segments();
    facts_.is_library = type == 3 && !has_interpreter_;
    read_sections();
    read_dynamic();
    facts_.imports = imports_.take();
    set_end(bytes_, end_, facts_);
  }

 private:
  std::uint64_t word(std::uint64_t at) const { return is_wide_ ? in_.u64(at) : in_.u32(at); }

  void claim(std::uint64_t at, std::uint64_t length) {
    // An overflowing end lies outside of any file.
    end_ = std::max(end_, length > ~at ? ~std::uint64_t{0} : at + length);
  }

  struct Segment {
    std::uint64_t offset, address, size;
  };

  void read_segments() {
    const std::uint64_t table = word(is_wide_ ? 32 : 28);
    const std::uint64_t each = in_.u16(is_wide_ ? 54 : 42);
    const std::uint64_t count = std::min<std::uint64_t>(in_.u16(is_wide_ ? 56 : 44), max_headers);
    claim(0, is_wide_ ? 64 : 52);
    if (count == 0) return;
    claim(table, each * count);
    for (std::uint64_t i = 0; i < count && in_.has(table + i * each, 32); ++i) {
      const std::uint64_t at = table + i * each;
      const std::uint32_t type = in_.u32(at);
      const Segment segment{word(at + (is_wide_ ? 8 : 4)), word(at + (is_wide_ ? 16 : 8)),
                            word(at + (is_wide_ ? 32 : 16))};
      has_interpreter_ = has_interpreter_ || type == segment_interpreter;
      if (type == segment_load) {
        loads_.push_back(segment);
        claim(segment.offset, segment.size);
      }
      if (type == segment_dynamic) dynamic_ = segment;
    }
  }

  // Names of undefined symbols by way of the section headers, which most files have.
  void read_sections() {
    const std::uint64_t table = word(is_wide_ ? 40 : 32);
    const std::uint64_t each = in_.u16(is_wide_ ? 58 : 46);
    const std::uint64_t count = std::min<std::uint64_t>(in_.u16(is_wide_ ? 60 : 48), max_headers);
    if (count == 0 || table == 0) return;
    claim(table, each * count);
    const auto field = [&](std::uint64_t section, std::uint64_t narrow, std::uint64_t wide) {
      return table + section * each + (is_wide_ ? wide : narrow);
    };
    for (std::uint64_t i = 0; i < count && in_.has(table + i * each, is_wide_ ? 64 : 40); ++i) {
      const std::uint32_t type = in_.u32(table + i * each + 4);
      const std::uint64_t offset = word(field(i, 16, 24));
      const std::uint64_t size = word(field(i, 20, 32));
      if (type != section_null && type != section_nobits) claim(offset, size);
      if (type != section_dynamic_symbols) continue;
      const std::uint64_t strings = in_.u32(field(i, 24, 40));
      read_symbols(offset, size, word(field(strings, 16, 24)));
    }
  }

  void read_symbols(std::uint64_t table, std::uint64_t size, std::uint64_t strings) {
    const std::uint64_t each = is_wide_ ? 24 : 16;
    const std::uint64_t count = std::min(size / each, max_symbols);
    for (std::uint64_t i = 0; i < count && in_.has(table + i * each, each); ++i) {
      const std::uint64_t at = table + i * each;
      const std::uint16_t section = in_.u16(at + (is_wide_ ? 6 : 14));
      if (section == 0) imports_.add(in_.text(strings + in_.u32(at)));
    }
    has_symbols_ = true;
  }

  std::uint64_t offset_of(std::uint64_t address) const {
    for (const Segment& load : loads_) {
      if (address >= load.address && address - load.address < load.size) {
        return load.offset + (address - load.address);
      }
    }
    return ~std::uint64_t{0};
  }

  // Libraries; and the symbols too when the section headers were stripped.
  void read_dynamic() {
    const std::uint64_t each = is_wide_ ? 16 : 8;
    std::vector<std::uint64_t> needed;
    std::uint64_t strings = 0;
    std::uint64_t symbols = 0;
    const std::uint64_t count = std::min(dynamic_.size / each, max_headers);
    for (std::uint64_t i = 0; i < count && in_.has(dynamic_.offset + i * each, each); ++i) {
      const std::uint64_t tag = word(dynamic_.offset + i * each);
      const std::uint64_t value = word(dynamic_.offset + i * each + each / 2);
      if (tag == 0) break;
      if (tag == tag_needed) needed.push_back(value);
      if (tag == tag_string_table) strings = value;
      if (tag == tag_symbol_table) symbols = value;
    }
    const std::uint64_t strings_at = offset_of(strings);
    for (const std::uint64_t name : needed) {
      if (in_.has(strings_at, 1)) imports_.add(in_.text(strings_at + name));
    }
    // Linkers put the names right behind the symbols.
    if (!has_symbols_ && strings > symbols && in_.has(strings_at, 1)) {
      read_symbols(offset_of(symbols), strings - symbols, strings_at);
    }
  }

  std::string_view bytes_;
  Bytes in_;
  bool is_wide_;
  BinaryFacts& facts_;
  Imports imports_;
  std::vector<Segment> loads_;
  Segment dynamic_{};
  bool has_interpreter_ = false;
  bool has_symbols_ = false;
  std::uint64_t end_ = 0;
};

}  // namespace

void read_elf(std::string_view bytes, BinaryFacts& facts) { Elf(bytes, facts).read(); }

}  // namespace assay::binary
