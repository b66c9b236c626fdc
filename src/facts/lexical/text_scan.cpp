#include "facts/lexical/text_scan.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace assay::lexical {
namespace {

struct Literal {
  std::string_view text;
  std::uint8_t pair;  // offset in it of the pair of bytes that is rarest in ordinary code
  Mark mark;
};

constexpr std::array literals = {
    Literal{"_0x", 0, Mark::hex_name},
    Literal{"_$_", 0, Mark::dollar_name},
    Literal{"parseInt(", 4, Mark::parse_int},
    Literal{"while(--", 6, Mark::rotation},
    Literal{"while (--", 7, Mark::rotation},
    Literal{"=~[];", 1, Mark::jjencode},
    Literal{"\xEF\xBE\x9F\xCF\x89\xEF\xBE\x9F", 2, Mark::aaencode},
    Literal{"function(p,a,c,k,e,", 14, Mark::packer},
    Literal{"__pyarmor", 2, Mark::pyarmor},
    Literal{"pyarmor_runtime", 0, Mark::pyarmor},
    Literal{"pytransform", 5, Mark::pyarmor},
    Literal{"__obfuscator__", 3, Mark::python_mark},
    Literal{"pyobfuscate", 3, Mark::python_mark},
    Literal{"BlankOBF", 5, Mark::python_mark},
    Literal{"PlusOBF", 4, Mark::python_mark},
    Literal{"Py-Fuscate", 3, Mark::python_mark},
    Literal{"eval(\"\\", 4, Mark::python_mark},
    Literal{"'\\x72\\x6f\\x74\\x31\\x33'", 2, Mark::python_mark},
    Literal{"exec(", 1, Mark::exec},
    Literal{"lambda", 3, Mark::lambda},
    Literal{"lI", 0, Mark::l_or_i},
    Literal{"Il", 0, Mark::l_or_i},
    Literal{"O0", 0, Mark::zero_or_o},
    Literal{"0O", 0, Mark::zero_or_o},
    Literal{"__webpack_require__", 4, Mark::bundler},
    Literal{"webpackJsonp", 2, Mark::bundler},
    Literal{"webpackChunk", 2, Mark::bundler},
    Literal{"(require,module,exports)", 8, Mark::bundler},
    Literal{"parcelRequire", 5, Mark::bundler},
    Literal{"__commonJS(", 7, Mark::bundler},
    Literal{"__toESM(", 3, Mark::bundler},
    Literal{"__nccwpck_require__", 4, Mark::bundler},
    Literal{"getDefaultExportFromCjs", 19, Mark::bundler},
    Literal{"createCommonjsModule", 13, Mark::bundler},
    Literal{"_interopNamespaceDefault", 14, Mark::bundler},
    Literal{"_mergeNamespaces", 5, Mark::bundler},
    Literal{"sourceMappingURL=", 13, Mark::source_map},
};

constexpr std::size_t mark_count = static_cast<std::size_t>(Mark::source_map) + 1;

// A bit for each pair that a literal has: where the masks of two neighbours meet, the pair is
// there.
struct PairMasks {
  std::array<std::uint64_t, 256> first{};
  std::array<std::uint64_t, 256> second{};
};
static_assert(literals.size() <= 64);
constexpr PairMasks pair_masks = [] {
  PairMasks masks;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    const Literal& literal = literals[i];
    const std::uint64_t bit = std::uint64_t{1} << i;
    masks.first[static_cast<unsigned char>(literal.text[literal.pair])] |= bit;
    masks.second[static_cast<unsigned char>(literal.text[literal.pair + 1])] |= bit;
  }
  return masks;
}();

class Finder {
 public:
  Finder(std::string_view text, std::vector<Hit>& hits) : text_(text), hits_(hits) {}

  // `candidates` are the literals whose pair is at `at`.
  void look(std::size_t at, std::uint64_t candidates) {
    for (; candidates != 0; candidates &= candidates - 1) {
      const Literal& literal = literals[static_cast<std::size_t>(std::countr_zero(candidates))];
      if (at < literal.pair) continue;
      const std::size_t begin = at - literal.pair;
      if (!text_.substr(begin).starts_with(literal.text)) continue;
      std::size_t& found = found_[static_cast<std::size_t>(literal.mark)];
      if (found++ >= max_hits) continue;
      hits_.push_back({literal.mark, static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(literal.text.size())});
    }
  }

 private:
  std::string_view text_;
  std::vector<Hit>& hits_;
  std::array<std::size_t, mark_count> found_{};
};

std::uint64_t candidates_at(std::string_view text, std::size_t at) {
  return pair_masks.first[static_cast<unsigned char>(text[at])] &
         pair_masks.second[static_cast<unsigned char>(text[at + 1])];
}

// Each byte is looked up once as the first and once as the second of a pair.
void find_marks(std::string_view text, std::vector<Hit>& hits) {
  Finder finder(text, hits);
  std::size_t at = 0;
  std::uint64_t before = 0;  // mask of the byte in front
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    std::uint64_t any = 0;
    for (unsigned i = 0; i < 8; ++i) {
      const std::uint64_t byte = (word >> (8 * i)) & 0xFF;
      any |= before & pair_masks.second[byte];
      before = pair_masks.first[byte];
    }
    if (any == 0) [[likely]]
      continue;
    for (std::size_t i = at == 0 ? 0 : at - 1; i < at + 7; ++i) {
      if (const std::uint64_t candidates = candidates_at(text, i)) finder.look(i, candidates);
    }
  }
  for (std::size_t i = at == 0 ? 0 : at - 1; i + 1 < text.size(); ++i) {
    if (const std::uint64_t candidates = candidates_at(text, i)) finder.look(i, candidates);
  }
  // A literal's pair may lie behind that of a literal which begins later.
  std::ranges::sort(hits, {}, [](const Hit& hit) { return std::pair(hit.at, hit.length); });
}

// Four tables, so that a run of one byte does not wait for its own last increment.
void count_bytes(std::string_view text, Scan& scan) {
  std::array<std::array<std::uint32_t, 256>, 4> counts{};
  // Every fourth word of a large text says as much as all.
  const std::size_t step = text.size() > sampled_above ? 32 : 8;
  std::uint64_t all = 0;
  std::size_t at = 0;
  for (; at + step <= text.size(); at += step) {
    std::uint64_t word;
    for (std::size_t i = 8; i < step; i += 8) {
      std::memcpy(&word, text.data() + at + i, sizeof word);
      all |= word;
    }
    std::memcpy(&word, text.data() + at, sizeof word);
    all |= word;
    for (unsigned i = 0; i < 8; ++i) ++counts[i % 4][(word >> (8 * i)) & 0xFF];
  }
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    ++counts[0][byte];
    all |= byte;
  }
  for (std::size_t i = 0; i < 256; ++i) {
    scan.counts[i] = counts[0][i] + counts[1][i] + counts[2][i] + counts[3][i];
    scan.counted += scan.counts[i];
  }
  scan.is_ascii = (all & 0x8080808080808080u) == 0;
}

}  // namespace

Scan scan_bytes(std::string_view text, bool finds_marks) {
  Scan scan;
  count_bytes(text, scan);
  if (finds_marks) find_marks(text, scan.hits);
  return scan;
}

double entropy_of(const Scan& scan) {
  double bits = 0;
  for (const std::uint32_t count : scan.counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(scan.counted);
    bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace assay::lexical
