#include "facts/names/name_index.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/hash.h"
#include "facts/names/spelling.h"

namespace assay::names {
namespace {

constexpr std::string_view advice = "; 'assay db names' writes a new one";

Error broken(std::string_view what) {
  return {ErrorKind::malformed, "names index: " + std::string(what) + std::string(advice)};
}

// Reads arrays at the extents of a header, which may say anything.
class Reader {
 public:
  Reader(std::span<const std::byte> bytes, const IndexHeader& header)
      : bytes_(bytes), header_(header) {}

  template <typename T>
  std::span<const T> array(std::size_t number) {
    const Extent extent = header_.extents[number];
    const bool is_inside = extent.offset % 8 == 0 && extent.offset >= sizeof(IndexHeader) &&
                           extent.offset <= bytes_.size() &&
                           extent.bytes <= bytes_.size() - extent.offset;
    if (!is_inside || extent.bytes % sizeof(T) != 0) {
      is_sound_ = false;
      return {};
    }
    // The bytes are a whole mapping or an aligned array, and offsets are multiples of eight.
    return {reinterpret_cast<const T*>(bytes_.data() + extent.offset), extent.bytes / sizeof(T)};
  }
  bool is_sound() const { return is_sound_; }

 private:
  std::span<const std::byte> bytes_;
  const IndexHeader& header_;
  bool is_sound_ = true;
};

bool are_ids(std::span<const std::uint32_t> ids, std::size_t count) {
  return std::ranges::all_of(ids, [count](std::uint32_t id) { return id < count; });
}

// A table must have a slot that ends each search, and hold only names that exist.
bool is_table(std::span<const std::uint16_t> tags, std::span<const std::uint32_t> ids,
              std::size_t count) {
  if (tags.empty()) return ids.empty();
  return std::has_single_bit(tags.size()) && ids.size() == tags.size() &&
         std::ranges::find(tags, std::uint16_t{0}) != tags.end() &&
         (count == 0 || are_ids(ids, count));
}

bool never_falls(std::span<const std::uint32_t> values, std::size_t last) {
  return std::ranges::is_sorted(values) && (values.empty() || values.back() == last);
}

bool read_table(Reader& reader, std::size_t first, std::size_t count, Table& table) {
  const auto tags = reader.array<std::uint16_t>(first);
  const auto ids = reader.array<std::uint32_t>(first + 1);
  table = Table(tags, ids);
  return is_table(tags, ids, count);
}

bool read_names(Reader& reader, std::size_t first, Names& names) {
  const auto at = [first](Part part) { return first + static_cast<std::size_t>(part); };
  const auto text = reader.array<char>(at(Part::text));
  names.text = std::string_view(text.data(), text.size());
  names.ends = reader.array<std::uint32_t>(at(Part::ends));
  names.ranks = reader.array<std::uint32_t>(at(Part::ranks));
  names.families = reader.array<std::uint16_t>(at(Part::families));
  names.signatures = reader.array<std::uint64_t>(at(Part::signatures));
  names.signature_ids = reader.array<std::uint32_t>(at(Part::signature_ids));
  names.signature_ends = reader.array<std::uint32_t>(at(Part::signature_ends));
  names.patterns = reader.array<std::uint64_t>(at(Part::patterns));
  const std::size_t count = names.size();
  const bool has_tables = read_table(reader, at(Part::squashed_tags), count, names.squashed) &&
                          read_table(reader, at(Part::glance_tags), count, names.glance) &&
                          read_table(reader, at(Part::sorted_tags), count, names.sorted) &&
                          read_table(reader, at(Part::bare_tags), count, names.bare) &&
                          read_table(reader, at(Part::scope_tags), count, names.scope);
  return reader.is_sound() && has_tables && names.ranks.size() == count &&
         names.families.size() == count && never_falls(names.ends, names.text.size()) &&
         std::has_single_bit(names.patterns.size()) &&
         names.signature_ids.size() == names.signatures.size() &&
         are_ids(names.signature_ids, count) &&
         names.signature_ends.size() == signature_ends_count &&
         never_falls(names.signature_ends, names.signatures.size());
}

}  // namespace

std::optional<NameId> Names::find(Ecosystem ecosystem, std::string_view wanted) const {
  const std::string exact = canonical(ecosystem, wanted);
  std::optional<NameId> result;
  squashed.probe(hash_of(squash(exact)), [&](NameId id) {
    if (!result && canonical(ecosystem, name(id)) == exact) result = id;
  });
  return result;
}

Result<NameIndex> NameIndex::open(std::span<const std::byte> bytes, bool with_checksum) {
  IndexHeader header;
  CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0);
  if (bytes.size() < sizeof header) return std::unexpected(broken("it is cut short"));
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != index_magic) return std::unexpected(broken("it is something else"));
  if (header.version != index_version) {
    return std::unexpected(broken("it was written by another version"));
  }
  if (header.bytes != bytes.size()) return std::unexpected(broken("its size is not what it says"));
  if (with_checksum) {
    const std::string_view rest(reinterpret_cast<const char*>(bytes.data()) + sizeof header,
                                bytes.size() - sizeof header);
    const std::string sum = hash_bytes(HashKind::sha256, rest);
    if (std::memcmp(sum.data(), header.sha256.data(), header.sha256.size()) != 0) {
      return std::unexpected(broken("its contents do not match its checksum"));
    }
  }
  NameIndex index;
  Reader reader(bytes, header);
  const bool has_names =
      read_names(reader, 0, index.names_[0]) && read_names(reader, parts, index.names_[1]);
  Language& language = index.language_;
  language.word_tags = reader.array<std::uint32_t>(2 * parts);
  language.word_costs = reader.array<std::uint8_t>(2 * parts + 1);
  language.letters = reader.array<std::uint8_t>(2 * parts + 2);
  const auto& tags = language.word_tags;
  const bool has_words = reader.is_sound() && std::has_single_bit(tags.size()) &&
                         std::ranges::find(tags, std::uint32_t{0}) != tags.end() &&
                         language.word_costs.size() == tags.size() &&
                         language.letters.size() == alphabet * alphabet * alphabet;
  if (!has_names || !has_words) return std::unexpected(broken("its parts do not fit together"));
  return index;
}

std::optional<float> NameIndex::cost_of_word(std::uint64_t hash) const {
  const std::span<const std::uint32_t> tags = language_.word_tags;
  const std::size_t mask = tags.size() - 1;
  const std::uint32_t tag = word_tag_of(hash);
  for (std::size_t slot = hash & mask; tags[slot] != 0; slot = (slot + 1) & mask) {
    if (tags[slot] == tag) return static_cast<float>(language_.word_costs[slot]) * cost_unit;
  }
  return std::nullopt;
}

}  // namespace assay::names
