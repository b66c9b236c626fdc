#include "cli/output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace assay {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public testing::Test {
 protected:
  OutputFileTest() : folder(testing::TempDir() + "/assay_output_" + std::to_string(getpid())) {
    fs::create_directory(folder);
  }
  ~OutputFileTest() override { fs::remove_all(folder); }

  std::string contents(const std::string& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::ptrdiff_t files() {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  }

  std::string folder;
};

TEST_F(OutputFileTest, A_file_appears_when_it_is_whole) {
  const std::string path = folder + "/report.json";
  Result<OutputFile> file = OutputFile::open(path);
  file->write("{");
  EXPECT_FALSE(fs::exists(path));
  file->write("}");
  EXPECT_TRUE(file->finish());
  EXPECT_EQ(contents(path), "{}");
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, What_was_there_stays_until_then) {
  const std::string path = folder + "/report.json";
  std::ofstream(path) << "old";
  {
    Result<OutputFile> file = OutputFile::open(path);
    file->write("new");
  }
  EXPECT_EQ(contents(path), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(OutputFileTest, A_place_that_cannot_be_written_to_is_named) {
  const Result<OutputFile> file = OutputFile::open(folder + "/absent/report.json");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::environment);
  EXPECT_THAT(file.error().message, testing::HasSubstr("absent/report.json: No such file"));
}

TEST_F(OutputFileTest, A_full_disk_is_an_error) {
  Result<OutputFile> file = OutputFile::open("/dev/full");
  if (!file) GTEST_SKIP() << "there is no /dev/full";
  file->write("x");
  EXPECT_FALSE(file->finish());
}

}  // namespace
}  // namespace assay
