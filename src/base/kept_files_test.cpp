#include "base/kept_files.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace assay {
namespace {

namespace fs = std::filesystem;

class KeptFilesTest : public testing::Test {
 protected:
  KeptFilesTest() {
    std::string pattern = (fs::temp_directory_path() / "assay-kept-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~KeptFilesTest() override { fs::remove_all(folder_); }

  std::string folder_;
};

TEST_F(KeptFilesTest, GivesBackWhatAnotherRunKept) {
  {
    KeptFiles(folder_, 1 << 20).save("abcdef", std::string("x\0y", 3));
  }
  EXPECT_EQ(KeptFiles(folder_, 1 << 20).load("abcdef"), std::string("x\0y", 3));
  EXPECT_FALSE(KeptFiles(folder_, 1 << 20).load("abcde0").has_value());
}

TEST_F(KeptFilesTest, TheOldestGoWhenThereAreTooManyBytes) {
  constexpr std::uint64_t most = 256 * 4000;  // 4,000 bytes a shelf
  {
    KeptFiles kept(folder_, most);
    for (int i = 0; i < 8; ++i) kept.save(fmt::format("ab{:04x}", i), std::string(1000, 'x'));
  }
  std::uint64_t total = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (entry.is_regular_file()) total += entry.file_size();
  }
  EXPECT_LE(total, 4000u);
  EXPECT_GE(total, 1000u);
}

TEST_F(KeptFilesTest, NobodyElseMayWriteThere) {
  KeptFiles(folder_ + "/sub", 1 << 20).save("abcdef", "x");
  EXPECT_EQ(
      fs::status(folder_ + "/sub").permissions() & (fs::perms::group_all | fs::perms::others_all),
      fs::perms::none);
}

TEST_F(KeptFilesTest, AFolderThatCannotBeMadeIsNoError) {
  KeptFiles kept("/dev/null/folder", 1 << 20);
  kept.save("abcdef", "x");
  EXPECT_FALSE(kept.load("abcdef").has_value());
}

}  // namespace
}  // namespace assay
