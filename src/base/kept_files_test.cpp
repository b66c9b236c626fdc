#include "base/kept_files.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace assay {
namespace {

namespace fs = std::filesystem;
using enum KeptFiles::Shelves;

constexpr std::uint64_t plenty = 1 << 30;
constexpr fs::perms for_others = fs::perms::group_all | fs::perms::others_all;

class KeptFilesTest : public testing::TestWithParam<KeptFiles::Shelves> {
 protected:
  KeptFilesTest() {
    std::string pattern = (fs::temp_directory_path() / "assay-kept-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    kept_ = folder_ + "/a/kept";
  }
  ~KeptFilesTest() override { fs::remove_all(folder_); }

  void keep(std::string_view name, std::string_view bytes) {
    KeptFiles(kept_, plenty, GetParam()).save(name, {bytes});
  }
  std::optional<std::string> load(std::string_view name) {
    return KeptFiles(kept_, plenty, GetParam()).load(name);
  }
  std::vector<fs::path> files() {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kept_)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
  }

  std::string folder_, kept_;
};

INSTANTIATE_TEST_SUITE_P(, KeptFilesTest, testing::Values(one, many));

TEST_P(KeptFilesTest, Gives_back_what_another_run_kept) {
  keep("abcdef", std::string("x\0y", 3));
  EXPECT_EQ(load("abcdef"), std::string("x\0y", 3));
  EXPECT_FALSE(load("abcde0").has_value());
  keep("abcdef", "newer");
  EXPECT_EQ(load("abcdef"), "newer");
  EXPECT_EQ(files().size(), 1u);
}

TEST_P(KeptFilesTest, The_oldest_go_when_there_are_too_many_bytes) {
  constexpr std::uint64_t most = 80'000;
  const std::uint64_t total = most * static_cast<std::uint64_t>(GetParam());
  const std::string name = "ab{:04}";
  {
    KeptFiles kept(kept_, total, GetParam());
    for (int i = 0; i < 8; ++i) {
      kept.save(fmt::format(fmt::runtime(name), i), {std::string(10'000, 'x')});
    }
    std::uint64_t age = 8;
    for (int i = 0; i < 8; ++i, --age) {
      for (const fs::path& file : files()) {
        if (!file.string().ends_with(fmt::format("{:04}", i))) continue;
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(age));
      }
    }
    kept.save("ab9999", {std::string(10'000, 'x')});
  }
  EXPECT_FALSE(load("ab0000"));
  EXPECT_FALSE(load("ab0001"));
  EXPECT_TRUE(load("ab0002"));
  EXPECT_TRUE(load("ab9999"));
}

TEST_P(KeptFilesTest, Many_tiny_files_are_too_many_by_the_room_they_take) {
  const std::uint64_t total = 80'000 * static_cast<std::uint64_t>(GetParam());
  {
    KeptFiles kept(kept_, total, GetParam());
    for (int i = 0; i < 100; ++i) kept.save(fmt::format("ab{:04}", i), {"x"});
  }
  EXPECT_LT(files().size(), 20u);
}

TEST_P(KeptFilesTest, What_is_larger_than_all_is_not_kept) {
  KeptFiles kept(kept_, 1000 * static_cast<std::uint64_t>(GetParam()), GetParam());
  kept.save("abcdef", {std::string(1001, 'x')});
  EXPECT_FALSE(kept.load("abcdef"));
}

TEST_P(KeptFilesTest, Is_for_the_user_alone) {
  keep("abcdef", "x");
  EXPECT_EQ(fs::status(kept_).permissions() & for_others, fs::perms::none);
  EXPECT_EQ(fs::status(files().at(0)).permissions() & for_others, fs::perms::none);
}

TEST_P(KeptFilesTest, What_others_could_have_written_is_not_read) {
  keep("abcdef", "x");
  fs::permissions(files().at(0), fs::perms::others_write, fs::perm_options::add);
  EXPECT_FALSE(load("abcdef"));
  keep("abcdef", "y");
  EXPECT_EQ(load("abcdef"), "y");
}

TEST_P(KeptFilesTest, Links_are_not_followed) {
  keep("abcdef", "x");
  const fs::path path = files().at(0);
  const fs::path elsewhere = folder_ + "/elsewhere";
  fs::rename(path, elsewhere);
  fs::create_symlink(elsewhere, path);
  EXPECT_FALSE(load("abcdef"));
}

TEST_P(KeptFilesTest, Threads_that_keep_the_same_never_see_half_of_it) {
  const std::string bytes(100'000, 'x');
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      KeptFiles kept(kept_, plenty, GetParam());
      for (int j = 0; j < 50; ++j) {
        kept.save("abcdef", {bytes});
        EXPECT_EQ(kept.load("abcdef"), bytes);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(files().size(), 1u);
}

TEST_P(KeptFilesTest, A_folder_that_cannot_be_made_is_no_error) {
  for (const char* folder : {"/dev/null/folder", ""}) {
    KeptFiles kept(folder, plenty, GetParam());
    kept.save("abcdef", {"x"});
    EXPECT_FALSE(kept.load("abcdef").has_value());
  }
}

}  // namespace
}  // namespace assay
