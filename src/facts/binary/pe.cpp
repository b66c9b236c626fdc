// Windows programs and DLLs (Microsoft's PE/COFF specification).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/binary/bytes.h"
#include "facts/binary/formats.h"

namespace assay::binary {
namespace {

constexpr std::uint64_t max_sections = 96;  // the loader's own limit
constexpr std::uint64_t max_libraries = 512;
constexpr std::uint64_t max_functions = 8192;  // of one library

class Pe {
 public:
  Pe(std::string_view bytes, BinaryFacts& facts) : bytes_(bytes), in_(bytes), facts_(facts) {}

  void read() {
    const std::uint64_t header = in_.u32(60);
    if (in_.slice(header, 4) != std::string_view("PE\0\0", 4)) {
      facts_.is_truncated = true;  // a DOS program, or the start of a Windows one
      return;
    }
    const std::uint16_t machine = in_.u16(header + 4);
    facts_.architecture = machine == 0x8664                      ? "x86-64"
                          : machine == 0x14C                     ? "x86"
                          : machine == 0xAA64                    ? "aarch64"
                          : machine == 0x1C0 || machine == 0x1C4 ? "arm"
                                                                 : "";
    facts_.is_library = (in_.u16(header + 22) & 0x2000) != 0;
    const std::uint64_t optional = header + 24;
    is_wide_ = in_.u16(optional) == 0x20B;
    const std::uint64_t directories = optional + (is_wide_ ? 112 : 96);
    const std::uint64_t directory_count = in_.u32(directories - 4);
    const auto directory = [&](std::uint64_t i) {
      return i < directory_count ? directories + i * 8 : bytes_.size();
    };
    read_sections(optional + in_.u16(header + 20), in_.u16(header + 6));
    read_imports(in_.u32(directory(1)), 20, 12);
    read_imports(in_.u32(directory(13)), 32, 4);  // delayed ones
    // Signatures lie behind the sections, at a file offset.
    const std::uint64_t signature = in_.u32(directory(4));
    if (signature != 0) end_ = std::max(end_, signature + in_.u32(directory(4) + 4));
    facts_.imports = imports_.take();
    set_end(bytes_, end_, facts_);
  }

 private:
  struct Section {
    std::uint64_t address, size, offset;
  };

  void read_sections(std::uint64_t table, std::uint64_t count) {
    count = std::min(count, max_sections);
    end_ = table + count * 40;
    for (std::uint64_t i = 0; i < count && in_.has(table + i * 40, 40); ++i) {
      const std::uint64_t at = table + i * 40;
      const Section section{in_.u32(at + 12), in_.u32(at + 16), in_.u32(at + 20)};
      if (section.size == 0) continue;
      sections_.push_back(section);
      end_ = std::max(end_, section.offset + section.size);
    }
  }

  std::uint64_t offset_of(std::uint64_t address) const {
    for (const Section& section : sections_) {
      if (address >= section.address && address - section.address < section.size) {
        return section.offset + (address - section.address);
      }
    }
    return ~std::uint64_t{0};
  }

  // Import descriptors of `each` bytes, with the library's name at `name_at`.
  void read_imports(std::uint64_t address, std::uint64_t each, std::uint64_t name_at) {
    if (address == 0) return;
    const std::uint64_t table = offset_of(address);
    const bool is_delayed = each == 32;
    for (std::uint64_t i = 0; i < max_libraries && in_.has(table, each); ++i) {
      const std::uint64_t at = table + i * each;
      if (!in_.has(at, each) || in_.u32(at + name_at) == 0) break;
      imports_.add(to_lower_ascii(in_.text(offset_of(in_.u32(at + name_at)))));
      // The first list keeps the names; the second is overwritten when the program is loaded.
      std::uint64_t functions = in_.u32(at + (is_delayed ? 16 : 0));
      if (functions == 0 && !is_delayed) functions = in_.u32(at + 16);
      read_functions(offset_of(functions));
    }
  }

  void read_functions(std::uint64_t table) {
    const std::uint64_t each = is_wide_ ? 8 : 4;
    const std::uint64_t by_number = std::uint64_t{1} << (is_wide_ ? 63 : 31);
    for (std::uint64_t i = 0; i < max_functions && !imports_.is_full(); ++i) {
      if (!in_.has(table, each) || !in_.has(table + i * each, each)) return;
      const std::uint64_t entry = is_wide_ ? in_.u64(table + i * each) : in_.u32(table + i * each);
      if (entry == 0) return;
      if ((entry & by_number) != 0) continue;
      const std::uint64_t name = offset_of(entry & 0x7FFFFFFF);
      if (in_.has(name, 3)) imports_.add(in_.text(name + 2));
    }
  }

  std::string_view bytes_;
  Bytes in_;
  BinaryFacts& facts_;
  Imports imports_;
  std::vector<Section> sections_;
  bool is_wide_ = false;
  std::uint64_t end_ = 0;
};

}  // namespace

void read_pe(std::string_view bytes, BinaryFacts& facts) { Pe(bytes, facts).read(); }

}  // namespace assay::binary
