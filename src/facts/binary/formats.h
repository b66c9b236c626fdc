// One reader for each format. Each is called when the magic fits and fills in what it finds;
// headers that point outside the file set `is_truncated`.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "facts/binary/binary_facts.h"

namespace assay::binary {

// More is not kept of anything.
inline constexpr std::size_t max_imports = 4096;

// Names that programs import, sorted, without duplicates.
class Imports {
 public:
  void add(std::string_view name);
  bool is_full() const { return names_.size() >= max_imports; }
  std::vector<std::string> take() const { return {names_.begin(), names_.end()}; }

 private:
  std::set<std::string, std::less<>> names_;
};

void read_elf(std::string_view bytes, BinaryFacts& facts);
void read_pe(std::string_view bytes, BinaryFacts& facts);
void read_mach_o(std::string_view bytes, BinaryFacts& facts);
void read_wasm(std::string_view bytes, BinaryFacts& facts);
void read_pyc(std::string_view bytes, BinaryFacts& facts);
void read_png(std::string_view bytes, BinaryFacts& facts);
void read_jpeg(std::string_view bytes, BinaryFacts& facts);
void read_gif(std::string_view bytes, BinaryFacts& facts);
void read_bmp(std::string_view bytes, BinaryFacts& facts);
void read_ico(std::string_view bytes, BinaryFacts& facts);
void read_webp(std::string_view bytes, BinaryFacts& facts);
void read_woff(std::string_view bytes, BinaryFacts& facts);
void read_sfnt(std::string_view bytes, BinaryFacts& facts);

// Whether the file is of this format beyond its first bytes, which others share.
bool is_pyc(std::string_view bytes);
bool is_ico(std::string_view bytes);
bool is_bmp(std::string_view bytes);
bool is_mach_o(std::string_view bytes);

// Everything behind `end` trails. An end outside the file is a truncation.
void set_end(std::string_view bytes, std::uint64_t end, BinaryFacts& facts);

std::vector<std::string> telling_strings(std::string_view bytes);
// Nearly all of it is compressed or encrypted.
bool is_dense(std::string_view bytes);

}  // namespace assay::binary
