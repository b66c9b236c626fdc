// Folders need a disk: everything happens in one folder of the system's temporary folder.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/hash.h"
#include "package/archive/archive.h"
#include "package/archive/archives_for_test.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "assay_folder_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, std::string_view bytes) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << bytes;
  }
  Package read() {
    Result<Package> package = read_path(root_.string());
    EXPECT_TRUE(package.has_value());
    return package ? std::move(*package) : Package();
  }
  static std::vector<std::string> paths(const Package& package) {
    std::vector<std::string> out;
    for (const File& file : package.files) out.push_back(file.path);
    return out;
  }

  fs::path root_;
};

TEST_F(Folder, A_project_is_read_without_git_and_installed_modules) {
  write("package.json", "{}");
  write("lib/a.js", "1");
  write(".git/config", "x");
  write("node_modules/b/index.js", "x");
  write("lib/node_modules/c/index.js", "x");
  const Package package = read();
  EXPECT_EQ(package.kind, ArtifactKind::directory);
  EXPECT_EQ(package.id.ecosystem, Ecosystem::npm);
  EXPECT_THAT(paths(package),
              ElementsAre("lib/a.js", "lib/node_modules/c/index.js", "package.json"));
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST_F(Folder, Its_hash_is_that_of_the_sorted_list_of_hashes) {
  write("b", "2");
  write("a", "1");
  EXPECT_EQ(read().sha256,
            hash_hex(HashKind::sha256, hash_hex(HashKind::sha256, "1") + "  a\n" +
                                           hash_hex(HashKind::sha256, "2") + "  b\n"));
}

TEST_F(Folder, Links_and_fifos_are_gaps_and_never_opened) {
  write("setup.py", "1");
  fs::create_symlink("setup.py", root_ / "in");
  fs::create_symlink("/etc/passwd", root_ / "out");
  fs::create_directory_symlink("..", root_ / "up");
  ASSERT_EQ(mkfifo((root_ / "fifo").c_str(), 0600), 0);
  const Package package = read();
  EXPECT_THAT(paths(package), ElementsAre("setup.py"));
  ASSERT_EQ(package.gaps.size(), 4u);
  EXPECT_THAT(package.gaps[1].reason, HasSubstr("examined under its own path"));
  EXPECT_THAT(package.gaps[2].reason, HasSubstr("leads out of the package"));
}

TEST_F(Folder, Archives_in_it_are_read) {
  write("dist/x.zip", testing_archives::Zip().add("a.py", "1").str());
  EXPECT_THAT(paths(read()), ElementsAre("dist/x.zip", "dist/x.zip!/a.py"));
}

TEST_F(Folder, A_single_file_counts_as_a_folder_with_that_file) {
  write("evil.py", "import os");
  const Result<Package> package = read_path((root_ / "evil.py").string());
  ASSERT_TRUE(package.has_value());
  EXPECT_THAT(paths(*package), ElementsAre("evil.py"));
  EXPECT_EQ(package->id.ecosystem, Ecosystem::pypi);
}

TEST_F(Folder, What_cannot_be_read_is_an_error_with_its_path) {
  const Result<Package> missing = read_path((root_ / "nothing").string());
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::missing);
  EXPECT_THAT(missing.error().message, HasSubstr("nothing"));
  ASSERT_EQ(mkfifo((root_ / "fifo").c_str(), 0600), 0);
  EXPECT_FALSE(read_path((root_ / "fifo").string()).has_value());
  write("broken.tgz", "no archive");
  EXPECT_FALSE(read_path((root_ / "broken.tgz").string()).has_value());
}

}  // namespace
}  // namespace assay
