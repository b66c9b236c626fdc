#include "facts/names/index_builder.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "facts/names/index_format.h"
#include "facts/names/spelling.h"

namespace assay::names {
namespace {

// Distant slips are only looked for among these most popular names: one changed letter is a guess
// at any name, two are a guess at a name that everybody knows.
constexpr std::size_t signed_npm_names = 16'000, signed_pypi_names = 10'000;
constexpr std::size_t shortest_signed = 6;

// Puts arrays behind the header, in the order of the format.
class Writer {
 public:
  Writer() : bytes_(sizeof(IndexHeader), '\0') {}

  template <typename T>
  void add(std::span<const T> values) {
    add(std::string_view(reinterpret_cast<const char*>(values.data()), values.size_bytes()));
  }
  template <typename T>
  void add(const std::vector<T>& values) {
    add(std::span<const T>(values));
  }
  void add(std::string_view values) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    header_.extents[next_++] = {bytes_.size(), values.size()};
    bytes_ += values;
  }

  std::string finish() {
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    header_.magic = index_magic;
    header_.version = index_version;
    header_.bytes = bytes_.size();
    const std::string sum =
        hash_bytes(HashKind::sha256, std::string_view(bytes_).substr(sizeof header_));
    std::memcpy(header_.sha256.data(), sum.data(), header_.sha256.size());
    std::memcpy(bytes_.data(), &header_, sizeof header_);
    return std::move(bytes_);
  }

 private:
  IndexHeader header_{};
  std::size_t next_ = 0;
  std::string bytes_;
};

struct Key {
  std::uint64_t hash;
  NameId id;
};

void add_table(Writer& writer, const std::vector<Key>& keys) {
  const std::size_t slots = keys.empty() ? 0 : std::bit_ceil(keys.size() * 2 + 1);
  std::vector<std::uint16_t> tags(slots);
  std::vector<std::uint32_t> ids(slots);
  for (const Key& key : keys) {
    std::size_t slot = key.hash & (slots - 1);
    while (tags[slot] != 0) slot = (slot + 1) & (slots - 1);
    tags[slot] = tag_of(key.hash);
    ids[slot] = key.id;
  }
  writer.add(tags);
  writer.add(ids);
}

std::string joined(const std::vector<std::string>& words, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t i = first; i < last; ++i) text += words[i];
  return text;
}

std::vector<std::uint16_t> count_families(const std::vector<RankedName>& names) {
  std::unordered_map<std::string, NameId> by_squashed;
  for (NameId id = 0; id < names.size(); ++id) by_squashed.try_emplace(squash(names[id].name), id);
  std::vector<std::uint16_t> families(names.size());
  const auto count = [&](const std::string& part) {
    const auto found = by_squashed.find(part);
    if (found != by_squashed.end() && families[found->second] < 0xFFFF) ++families[found->second];
  };
  for (const RankedName& name : names) {
    const std::vector<std::string> words = words_of(name.name);
    for (std::size_t i = 1; i < words.size(); ++i) {
      count(joined(words, 0, i));
      count(joined(words, i, words.size()));
    }
  }
  return families;
}

void add_tables(Writer& writer, const std::vector<RankedName>& names) {
  std::vector<Key> squashed, glance, sorted, bare, scopes;
  std::unordered_map<std::string, NameId> seen_scopes;
  for (NameId id = 0; id < names.size(); ++id) {
    const std::string& name = names[id].name;
    const std::string plain = squash(name);
    squashed.push_back({hash_of(plain), id});
    glance.push_back({hash_of(skeleton(plain)), id});
    std::vector<std::string> words = words_of(name);
    if (words.size() > 1) {
      std::ranges::sort(words);
      sorted.push_back({hash_of(joined(words, 0, words.size())), id});
    }
    const std::size_t slash = name.find('/');
    if (!name.starts_with('@') || slash == std::string::npos) continue;
    bare.push_back({hash_of(squash(name.substr(slash))), id});
    const std::string scope = squash(name.substr(0, slash));
    if (seen_scopes.try_emplace(scope, id).second) scopes.push_back({hash_of(scope), id});
  }
  for (const std::vector<Key>* keys : {&squashed, &glance, &sorted, &bare, &scopes}) {
    add_table(writer, *keys);
  }
}

void add_signatures(Writer& writer, const std::vector<RankedName>& names, std::size_t most) {
  std::vector<std::vector<NameId>> buckets(signature_ends_count - 1);
  for (NameId id = 0; id < std::min(names.size(), most); ++id) {
    const std::string plain = squash(names[id].name);
    if (plain.size() < shortest_signed || plain.size() > longest_signature) continue;
    buckets[signature_bucket(letter_number(plain.front()), plain.size())].push_back(id);
  }
  std::vector<std::uint64_t> signatures;
  std::vector<std::uint32_t> ids, ends = {0};
  for (const std::vector<NameId>& bucket : buckets) {
    for (const NameId id : bucket) {
      signatures.push_back(signature_of(squash(names[id].name)));
      ids.push_back(id);
    }
    ends.push_back(static_cast<std::uint32_t>(ids.size()));
  }
  writer.add(signatures);
  writer.add(ids);
  writer.add(ends);
}

void add_patterns(Writer& writer, const std::vector<RankedName>& names) {
  std::set<std::string> texts;
  std::size_t characters = 0;
  for (const RankedName& name : names) {
    texts.insert(squash(name.name));
    if (name.name.starts_with('@')) texts.insert(squash(name.name.substr(0, name.name.find('/'))));
  }
  for (const std::string& text : texts) characters += text.size();
  // At four bits for each pattern, one in eight that no name has is taken for one that some has.
  std::vector<std::uint64_t> bits(std::bit_ceil(characters * 4 / 64 + 1));
  for (std::string text : texts) {
    for (char& c : text) {
      const char kept = std::exchange(c, open_character);
      const std::uint64_t hash = hash_of(text);
      bits[hash & (bits.size() - 1)] |= pattern_bits(hash);
      c = kept;
    }
  }
  writer.add(bits);
}

void add_names(Writer& writer, const std::vector<RankedName>& names, std::size_t signed_names) {
  std::string text;
  std::vector<std::uint32_t> ends, ranks;
  for (const RankedName& name : names) {
    text += name.name;
    ends.push_back(static_cast<std::uint32_t>(text.size()));
    ranks.push_back(name.rank);
  }
  writer.add(text);
  writer.add(ends);
  writer.add(ranks);
  writer.add(count_families(names));
  add_tables(writer, names);
  add_signatures(writer, names, signed_names);
  add_patterns(writer, names);
}

}  // namespace

std::string build_index(const std::vector<RankedName>& npm, const std::vector<RankedName>& pypi,
                        const Language& language) {
  Writer writer;
  add_names(writer, npm, signed_npm_names);
  add_names(writer, pypi, signed_pypi_names);
  writer.add(language.word_tags);
  writer.add(language.word_costs);
  writer.add(language.letters);
  return writer.finish();
}

}  // namespace assay::names
