#include "facts/advisories/advisory_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "facts/advisories/encoding.h"
#include "facts/advisories/index_builder.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Time built_at{std::chrono::seconds(1'790'000'000)};

constexpr const char* malware = R"j({"id": "MAL-2026-1", "modified": "2026-03-01T00:00:00Z",
  "summary": "Malicious code in left-padder (npm)",
                     "aliases" : ["GHSA-aaaa-bbbb-cccc"], "affected" : [ {
                       "package" : {"ecosystem" : "npm", "name" : "left-padder"},
                       "ranges" : [ {"type" : "SEMVER", "events" : [ {"introduced" : "0"} ]} ]
                     } ]
})j";
constexpr const char* vulnerability = R"({"id": "GHSA-1111-2222-3333", "summary": "Reads too much",
  "database_specific": {"severity": "HIGH"},
  "affected": [{"package": {"ecosystem": "PyPI", "name": "Adds_Numbers"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.4"}]},
                           {"type": "GIT", "events": [{"introduced": "abc"}]}],
                "versions": ["1.0", "1.3", "0.9"]}]})";

// Bytes where a mapping could be.
struct Built {
  explicit Built(const std::string& bytes) : words(bytes.size() / 8 + 1), size(bytes.size()) {
    std::memcpy(words.data(), bytes.data(), bytes.size());
  }
  std::span<const std::byte> bytes() const { return std::as_bytes(std::span(words)).first(size); }

  std::vector<std::uint64_t> words;
  std::size_t size;
};

std::string index_of(std::initializer_list<std::string> records) {
  AdvisoryIndexBuilder builder;
  for (const std::string& record : records) {
    const Result<void> added = builder.add(record);
    EXPECT_TRUE(added) << added.error().message;
  }
  return builder.build(built_at);
}

std::vector<Advisory> find(const std::string& bytes, Ecosystem ecosystem, std::string_view name) {
  const Built built(bytes);
  const Result<AdvisoryIndex> index = AdvisoryIndex::open(built.bytes());
  EXPECT_TRUE(index) << index.error().message;
  const Result<std::vector<Advisory>> found = index->find(ecosystem, name);
  EXPECT_TRUE(found) << found.error().message;
  return *found;
}

TEST(AdvisoryIndex, KeepsWhatARecordSays) {
  const std::string bytes = index_of({malware, vulnerability});
  const std::vector<Advisory> npm = find(bytes, Ecosystem::npm, "left-padder");
  ASSERT_THAT(npm, SizeIs(1));
  EXPECT_EQ(npm[0].id, "MAL-2026-1");
  EXPECT_TRUE(npm[0].is_malware);
  EXPECT_EQ(npm[0].summary, "Malicious code in left-padder (npm)");
  EXPECT_THAT(npm[0].aliases, ElementsAre("GHSA-aaaa-bbbb-cccc"));
  EXPECT_EQ(npm[0].modified, parse_timestamp("2026-03-01"));
  const std::vector<Advisory> pypi = find(bytes, Ecosystem::pypi, "adds-numbers");
  ASSERT_THAT(pypi, SizeIs(1));
  EXPECT_FALSE(pypi[0].is_malware);
  EXPECT_EQ(pypi[0].severity, "HIGH");
  EXPECT_THAT(pypi[0].ranges, SizeIs(1));
  EXPECT_THAT(pypi[0].versions, ElementsAre("0.9"));
  EXPECT_THAT(find(bytes, Ecosystem::npm, "adds-numbers"), IsEmpty());
  EXPECT_THAT(find(bytes, Ecosystem::npm, "left-pad"), IsEmpty());
  EXPECT_THAT(find(index_of({}), Ecosystem::npm, "left-pad"), IsEmpty());
}

TEST(AdvisoryIndex, MalwareComesFirstAndTheSameRecordOnce) {
  const auto record = [](const std::string& id) {
    return R"({"id": ")" + id + R"(", "affected": [{"package": {"ecosystem": "npm", "name": "x"},
               "versions": ["1.0.0"]}]})";
  };
  const std::string bytes =
      index_of({record("GHSA-a"), record("MAL-2"), record("GHSA-a"), record("MAL-1")});
  std::vector<std::string> ids;
  for (const Advisory& advisory : find(bytes, Ecosystem::npm, "x")) ids.push_back(advisory.id);
  EXPECT_THAT(ids, ElementsAre("MAL-1", "MAL-2", "GHSA-a"));
}

TEST(AdvisoryIndex, WithdrawnRecordsAndOtherRegistriesAreLeftOut) {
  AdvisoryIndexBuilder builder;
  ASSERT_TRUE(builder.add(R"({"id": "MAL-1", "withdrawn": "2026-01-01T00:00:00Z",
    "affected": [{"package": {"ecosystem": "npm", "name": "x"}, "versions": ["1.0.0"]}]})"));
  ASSERT_TRUE(builder.add(R"({"id": "GO-1", "affected": [{"package": {"ecosystem": "Go",
    "name": "x"}}]})"));
  EXPECT_FALSE(builder.add("[]"));
  EXPECT_FALSE(builder.add(R"({"affected": []})"));
  EXPECT_EQ(builder.records(), 2U);
  EXPECT_EQ(builder.withdrawn(), 1U);
  EXPECT_EQ(builder.elsewhere(), 1U);
  EXPECT_THAT(find(builder.build(built_at), Ecosystem::npm, "x"), IsEmpty());
}

TEST(AdvisoryIndex, EmbeddedMaliciousCodeIsMalwareUnderAnyId) {
  const std::string bytes = index_of({R"({"id": "GHSA-x", "database_specific":
    {"cwe_ids": ["CWE-506"]}, "affected": [{"package": {"ecosystem": "npm", "name": "x"},
    "versions": ["1.0.0"]}]})"});
  EXPECT_TRUE(find(bytes, Ecosystem::npm, "x").at(0).is_malware);
}

TEST(AdvisoryIndex, FieldsOfTheWrongTypeAreLeftOut) {
  const std::string bytes = index_of({R"({"id": "GHSA-x", "aliases": "y", "summary": 5,
    "severity": {}, "modified": "soon", "affected": [7, {"package": {"ecosystem": "npm",
    "name": "x"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": 1}, "z"]}],
    "versions": [1, "2.0.0"]}]})"});
  const std::vector<Advisory> found = find(bytes, Ecosystem::npm, "x");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].versions, ElementsAre("2.0.0"));
  EXPECT_THAT(found[0].ranges, IsEmpty());
}

// A damaged index may be refused, and may still answer right, but never answers wrong.
TEST(AdvisoryIndex, NoDamageHidesAnAdvisory) {
  const std::string good = index_of({malware, vulnerability});
  const std::vector<Advisory> right = find(good, Ecosystem::npm, "left-padder");
  std::size_t refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bytes = good;
    bytes[at] ^= '\x10';
    const Built built(bytes);
    const Result<AdvisoryIndex> index = AdvisoryIndex::open(built.bytes());
    const Result<std::vector<Advisory>> found =
        index ? index->find(Ecosystem::npm, "left-padder") : std::unexpected(index.error());
    if (found) {
      EXPECT_EQ(*found, right) << at;
    } else {
      EXPECT_THAT(found.error().message, HasSubstr("assay db update"));
      ++refused;
    }
    if (index && !found) {
      EXPECT_FALSE(index->verify()) << at;
    }
  }
  EXPECT_GT(refused, good.size() / 2);
}

TEST(AdvisoryIndex, WhatIsCutShortIsRefused) {
  const std::string good = index_of({malware});
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{63}, std::size_t{64}, good.size() - 1}) {
    const Built built(good.substr(0, size));
    EXPECT_FALSE(AdvisoryIndex::open(built.bytes())) << size;
  }
  const Built built(good);
  EXPECT_TRUE(AdvisoryIndex::open(built.bytes())->verify());
}

TEST(AdvisoryEncoding, AnyBytesAreReadOrRefused) {
  std::string record;
  advisory_layout::append_key(record, Ecosystem::npm, "x");
  Advisory advisory;
  advisory.id = "GHSA-x";
  advisory.ranges = {{{VersionEvent::Kind::introduced, "1"}}};
  advisory.versions = {"1", "2"};
  advisory_layout::append_advisory(record, advisory, "x");
  const auto read = advisory_layout::read_record(record);
  ASSERT_TRUE(read);
  EXPECT_THAT(read->advisories, ElementsAre(advisory));
  for (std::size_t size = 0; size < record.size(); ++size) {
    advisory_layout::read_record(record.substr(0, size));
    std::string changed = record;
    changed[size] = '\xFF';
    advisory_layout::read_record(changed);
  }
}

}  // namespace
}  // namespace assay
