#include "scan/report_cache.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "report/report_for_test.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::sys_days today = std::chrono::year(2031) / 5 / 6;

class ReportCacheTest : public testing::Test {
 protected:
  ReportCacheTest() {
    std::string pattern = (fs::temp_directory_path() / "assay-reports-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    policy.now = today;
    policy.exceptions = {{sends_rule.id.data(), "index.js", "ab", "ours", today}};
  }
  ~ReportCacheTest() override { fs::remove_all(folder); }

  std::string key(const Tool& tool = tool_for_test) {
    return ReportCache(folder, tool).key(subject, limits, policy);
  }
  std::optional<Report> find() { return ReportCache(folder, tool_for_test).find(key()); }
  void keep() { ReportCache(folder, tool_for_test).keep(key(), report); }
  fs::path only_file() {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) return entry.path();
    }
    return {};
  }

  std::string folder;
  ReportSubject subject{std::string(64, 'a'), "demo-1.0.0.tgz", {Ecosystem::npm, "demo", "1.0.0"}};
  Limits limits;
  Policy policy;
  Report report = Incident().report();
};

TEST_F(ReportCacheTest, Another_run_finds_the_report_of_the_same_archive) {
  EXPECT_FALSE(find());
  keep();
  EXPECT_EQ(find(), report);
}

TEST_F(ReportCacheTest, Counts_what_it_found) {
  keep();
  ReportCache cache(folder, tool_for_test);
  EXPECT_TRUE(cache.find(key()));
  EXPECT_FALSE(cache.find(std::string(64, 'b')));
  EXPECT_EQ(cache.found(), 1u);
}

TEST_F(ReportCacheTest, Other_bytes_another_name_and_another_identity_are_other_subjects) {
  const std::string first = key();
  const ReportSubject same = subject;
  subject.archive_sha256[0] = 'b';
  EXPECT_NE(key(), first);
  subject = same;
  subject.file_name = "demo-1.0.0.whl";
  EXPECT_NE(key(), first);
  subject = same;
  subject.id.version = "1.0.1";
  EXPECT_NE(key(), first);
  subject = same;
  subject.id.name = "demo\n5 1.0.0";
  subject.id.version.clear();
  EXPECT_NE(key(), first);
  subject = same;
  EXPECT_EQ(key(), first);
}

TEST_F(ReportCacheTest, Every_limit_counts) {
  const std::string first = key();
  limits.json_bytes += 1;
  const std::string second = key();
  EXPECT_NE(second, first);
  limits.nesting += 1;
  EXPECT_NE(key(), second);
}

TEST_F(ReportCacheTest, Another_ruleset_does_not_answer) {
  Tool other = tool_for_test;
  other.ruleset = "abd";
  EXPECT_NE(key(other), key());
}

TEST_F(ReportCacheTest, What_exceptions_say_counts) {
  const std::string first = key();
  policy.exceptions[0].reason = "theirs";
  const std::string second = key();
  EXPECT_NE(second, first);
  policy.exceptions.clear();
  EXPECT_NE(key(), second);
}

TEST_F(ReportCacheTest, The_day_only_counts_when_an_exception_ends) {
  const std::string first = key();
  policy.now += std::chrono::hours(3);
  EXPECT_EQ(key(), first);
  policy.now += std::chrono::days(1);
  EXPECT_NE(key(), first);
}

TEST_F(ReportCacheTest, A_damaged_report_is_not_found_until_it_is_kept_anew) {
  keep();
  std::fstream(only_file(), std::ios::in | std::ios::out | std::ios::binary).seekp(200).put('\x7f');
  EXPECT_FALSE(find());
  keep();
  EXPECT_EQ(find(), report);
  fs::resize_file(only_file(), fs::file_size(only_file()) / 2);
  EXPECT_FALSE(find());
  fs::resize_file(only_file(), 0);
  EXPECT_FALSE(find());
}

TEST_F(ReportCacheTest, A_report_under_the_name_of_another_is_not_believed) {
  keep();
  const fs::path path = only_file();
  subject.archive_sha256 = std::string(64, 'c');
  const fs::path other = fs::path(folder) / key().substr(0, 2) / key().substr(2);
  fs::create_directories(other.parent_path());
  fs::rename(path, other);
  EXPECT_FALSE(find());
}

}  // namespace
}  // namespace assay
