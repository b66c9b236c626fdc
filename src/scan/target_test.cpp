#include "scan/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace assay {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

TEST(ParseTarget, Names_of_packages_are_told_from_paths) {
  EXPECT_EQ(parse_target("npm:express").value().spec->ecosystem, Ecosystem::npm);
  EXPECT_EQ(parse_target("pypi:requests==2.0").value().spec->name, "requests");
  EXPECT_FALSE(parse_target("./npm:express").value().spec);
  EXPECT_FALSE(parse_target("express").value().spec);
}

TEST(ParseTarget, A_package_name_that_makes_no_sense_is_a_usage_error) {
  for (const std::string_view text : {"", "npm:", "pypi:../../etc", "npm:a b"}) {
    const Result<Target> target = parse_target(text);
    ASSERT_FALSE(target) << text;
    EXPECT_EQ(target.error().kind, ErrorKind::usage) << text;
  }
}

class TargetsInside : public testing::Test {
 protected:
  TargetsInside() : folder(testing::TempDir() + "/assay_targets_" + std::to_string(getpid())) {
    fs::create_directories(folder);
  }
  ~TargetsInside() override { fs::remove_all(folder); }

  std::string folder;
};

TEST_F(TargetsInside, Are_archives_by_name_or_by_content_and_folders_in_order) {
  fs::create_directory(folder + "/c_folder");
  std::ofstream(folder + "/b.whl") << "whatever it holds";
  std::ofstream(folder + "/a_blob") << "PK\x03\x04 rest";
  std::ofstream(folder + "/manifest.tsv") << "no archive";
  fs::create_symlink("/", folder + "/link");
  const std::vector<Target> targets = targets_inside(folder).value();
  std::vector<std::string> names;
  for (const Target& target : targets) names.push_back(target.given);
  EXPECT_THAT(names, ElementsAre(folder + "/a_blob", folder + "/b.whl", folder + "/c_folder"));
  EXPECT_EQ(targets[1].size_bytes, 17u);
}

TEST_F(TargetsInside, A_file_and_an_absent_folder_are_errors_of_their_own) {
  std::ofstream(folder + "/file") << "x";
  EXPECT_EQ(targets_inside(folder + "/file").error().kind, ErrorKind::usage);
  EXPECT_EQ(targets_inside(folder + "/absent").error().kind, ErrorKind::missing);
}

}  // namespace
}  // namespace assay
