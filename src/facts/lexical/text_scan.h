// What one walk over the bytes gives: how often each occurs, and where the literals stand that
// later stages look at more closely. A literal is found by its rarest pair of bytes, so that any
// number of them costs the same.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/lexical/lexical_facts.h"

namespace assay::lexical {

// What a literal hints at.
enum class Mark : std::uint8_t {
  hex_name,     // _0x
  dollar_name,  // _$_
  parse_int,    // parseInt(
  rotation,     // while(--
  jjencode,     // =~[];
  aaencode,     // the emoticon's omega and its neighbours
  packer,       // function(p,a,c,k,e,
  pyarmor,      // __pyarmor__ and its runtime
  python_mark,  // what Python obfuscators leave in their output
  exec,         // exec(
  lambda,       // lambda
  l_or_i,       // lI, Il
  zero_or_o,    // O0, 0O, OO
  bundler,      // the functions that bundlers add
  source_map,   // sourceMappingURL
};

struct Hit {
  Mark mark;
  std::uint32_t at;      // where the literal begins
  std::uint32_t length;  // of the literal
};

struct Scan {
  std::array<std::uint32_t, 256> counts{};  // of a sample when the text is large
  std::size_t counted = 0;                  // bytes in `counts`
  bool is_ascii = true;
  std::vector<Hit> hits;  // by position; at most max_hits of each mark
};
inline constexpr std::size_t max_hits = 4096;
inline constexpr std::size_t sampled_above = 16 << 10;

Scan scan_bytes(std::string_view text, bool finds_marks);

// Bits a byte.
double entropy_of(const Scan& scan);

}  // namespace assay::lexical
