#include "facts/names/name_index.h"

#include <gtest/gtest.h>

#include "facts/names/judge.h"
#include "facts/names/names_for_test.h"

namespace assay::names {
namespace {

std::span<const std::byte> bytes_of(const std::vector<std::uint64_t>& words, std::size_t size) {
  return std::as_bytes(std::span(words)).first(size);
}

TEST(NameIndex, FindsNamesAsTheirRegistriesDo) {
  const std::string bytes = small_index_bytes();
  const std::vector<std::uint64_t> words = aligned(bytes);
  const Result<NameIndex> index = NameIndex::open(bytes_of(words, bytes.size()));
  ASSERT_TRUE(index) << index.error().message;
  const Names& pypi = index->names(Ecosystem::pypi);
  EXPECT_EQ(pypi.find(Ecosystem::pypi, "Python_Dateutil"), 3U);
  EXPECT_EQ(pypi.find(Ecosystem::pypi, "pythondateutil"), std::nullopt);
  const Names& npm = index->names(Ecosystem::npm);
  EXPECT_EQ(npm.find(Ecosystem::npm, "JSONStream"), 8U);
  EXPECT_EQ(npm.find(Ecosystem::npm, "jsonstream"), std::nullopt);
  EXPECT_EQ(npm.find(Ecosystem::npm, ""), std::nullopt);
  EXPECT_EQ(npm.ranks[8], 9U);
  EXPECT_EQ(npm.families[1], 1U);  // react-router
}

TEST(NameIndex, RefusesWhatIsCutChangedOrSomethingElse) {
  const std::string good = small_index_bytes();
  const auto opens = [](const std::string& bytes) {
    const std::vector<std::uint64_t> words = aligned(bytes);
    return NameIndex::open(bytes_of(words, bytes.size())).has_value();
  };
  EXPECT_TRUE(opens(good));
  EXPECT_FALSE(opens(""));
  EXPECT_FALSE(opens(good.substr(0, 100)));
  EXPECT_FALSE(opens(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(opens(good + "x"));
  std::string changed = good;
  changed[good.size() / 2] ^= 1;
  EXPECT_FALSE(opens(changed));
  std::string other_version = good;
  other_version[8] ^= 1;
  EXPECT_FALSE(opens(other_version));
}

// Somebody who can write the file can also make its checksum right.
TEST(NameIndex, WhatPassesWithoutAChecksumIsSafeToAsk) {
  const std::string good = small_index_bytes();
  std::size_t opened = 0;
  for (std::size_t at = 0; at < good.size(); at += at < sizeof(IndexHeader) ? 1 : 7) {
    for (const char change : {'\x01', '\x80', '\xFF'}) {
      std::string bytes = good;
      bytes[at] ^= change;
      const std::vector<std::uint64_t> words = aligned(bytes);
      const Result<NameIndex> index = NameIndex::open(bytes_of(words, bytes.size()), false);
      if (!index) continue;
      ++opened;
      if (opened % 16 != 0) continue;
      judge_name(*index, Ecosystem::npm, "@bable/coer");
      judge_name(*index, Ecosystem::pypi, "python-matplotlub2");
    }
  }
  EXPECT_GT(opened, 0U);
}

TEST(NameIndex, TheSameListsGiveTheSameBytes) {
  EXPECT_EQ(small_index_bytes(), small_index_bytes());
}

TEST(NameIndex, NoNamesAreAnIndexToo) {
  const std::string bytes = build_index({}, {}, build_language({}, {}, "").view());
  const std::vector<std::uint64_t> words = aligned(bytes);
  const Result<NameIndex> index = NameIndex::open(bytes_of(words, bytes.size()));
  ASSERT_TRUE(index) << index.error().message;
  EXPECT_FALSE(judge_name(*index, Ecosystem::npm, "lodahs").is_flagged);
}

}  // namespace
}  // namespace assay::names
