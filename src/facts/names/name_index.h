// All popular names, as mapped bytes: opened by checking, not by reading. Finds names by how they
// are written; whether one imitates another is for judge.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/names/index_format.h"
#include "package/package.h"

namespace assay::names {

// A table of the index: the names whose key has a hash.
class Table {
 public:
  Table() = default;
  Table(std::span<const std::uint16_t> tags, std::span<const std::uint32_t> ids)
      : tags_(tags), ids_(ids) {}

  // Calls `found` with each id that may have a key of this hash.
  template <typename Found>
  void probe(std::uint64_t hash, Found found) const {
    if (tags_.empty()) return;
    const std::size_t mask = tags_.size() - 1;
    const std::uint16_t tag = tag_of(hash);
    for (std::size_t slot = hash & mask; tags_[slot] != 0; slot = (slot + 1) & mask) {
      if (tags_[slot] == tag) found(ids_[slot]);
    }
  }

 private:
  std::span<const std::uint16_t> tags_;
  std::span<const std::uint32_t> ids_;
};

// The names of one ecosystem.
struct Names {
  std::string_view text;
  std::span<const std::uint32_t> ends, ranks;
  std::span<const std::uint16_t> families;
  Table squashed, glance, sorted, bare, scope;
  std::span<const std::uint64_t> signatures;
  std::span<const std::uint32_t> signature_ids, signature_ends;
  std::span<const std::uint64_t> patterns;

  // False when no name and no scope has this pattern; true for a few that none has too.
  bool may_have_pattern(std::uint64_t hash) const {
    const std::uint64_t bits = pattern_bits(hash);
    return (patterns[hash & (patterns.size() - 1)] & bits) == bits;
  }
  std::size_t size() const { return ends.size(); }
  std::string_view name(NameId id) const {
    const std::size_t from = id == 0 ? 0 : ends[id - 1];
    return text.substr(from, ends[id] - from);
  }
  // The name as its registry would take it; nullopt when it is not among the popular.
  std::optional<NameId> find(Ecosystem ecosystem, std::string_view name) const;
};

// What names are made of, over both registries.
struct Language {
  std::span<const std::uint32_t> word_tags;
  std::span<const std::uint8_t> word_costs;
  std::span<const std::uint8_t> letters;
};

class NameIndex {
 public:
  // `bytes` outlives the index. Everything that a look-up follows is checked here; a checksum on
  // top where the bytes come from a disk.
  [[nodiscard]] static Result<NameIndex> open(std::span<const std::byte> bytes,
                                              bool with_checksum = true);

  const Names& names(Ecosystem ecosystem) const { return names_[ecosystem == Ecosystem::pypi]; }

  const Language& language() const { return language_; }

  // -ln of how often names of both registries hold this word, or begin with these words with '-'
  // between them; nullopt when hardly any does.
  std::optional<float> cost_of_word(std::uint64_t hash) const;
  // -ln of how often `c` follows `before` and, in front of it, `earlier` (numbers of letters).
  float cost_of_letter(std::size_t earlier, std::size_t before, std::size_t c) const {
    return static_cast<float>(language_.letters[(earlier * alphabet + before) * alphabet + c]) *
           cost_unit;
  }

 private:
  std::array<Names, 2> names_;
  Language language_;
};

}  // namespace assay::names
