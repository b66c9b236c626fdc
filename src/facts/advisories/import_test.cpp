#include "facts/advisories/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "package/archive/archives_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing_archives::Zip;
using testing_archives::ZipMember;

constexpr const char* record =
    R"({"id": "MAL-1", "affected": [{"package": {"ecosystem": "npm", "name": "x"}}]})";

ZipMember member(std::string name, std::string bytes) {
  ZipMember result;
  result.name = std::move(name);
  result.bytes = std::move(bytes);
  return result;
}

TEST(Import, EveryJsonOfAnArchiveIsARecord) {
  const std::string zip = Zip()
                              .add(member("npm/MAL-1.json", record))
                              .add(member("README.md", "words"))
                              .add(member("bad.json", "{"))
                              .str();
  AdvisoryIndexBuilder builder;
  ImportProblems problems;
  ASSERT_TRUE(import_zip(zip, "all.zip", builder, problems));
  EXPECT_EQ(builder.records(), 1U);
  EXPECT_EQ(problems.count, 1U);
  EXPECT_THAT(problems.told, ElementsAre(HasSubstr("bad.json")));
}

TEST(Import, WhatIsNoArchiveIsAnError) {
  AdvisoryIndexBuilder builder;
  ImportProblems problems;
  EXPECT_FALSE(import_zip("no archive", "all.zip", builder, problems));
}

TEST(Import, OnlyTheFirstProblemsAreTold) {
  AdvisoryIndexBuilder builder;
  ImportProblems problems;
  for (int i = 0; i < 100; ++i) import_record("[]", "x.json", builder, problems);
  EXPECT_EQ(problems.count, 100U);
  EXPECT_EQ(problems.told.size(), ImportProblems::most_told);
}

}  // namespace
}  // namespace assay
