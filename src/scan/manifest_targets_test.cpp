#include "scan/manifest_targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> told(const Result<std::vector<VetTarget>>& targets) {
  std::vector<std::string> lines;
  if (!targets) return {"error: " + targets.error().message};
  for (const VetTarget& target : *targets) {
    lines.push_back(target.spec ? target.spec->name + "|" + target.spec->wanted
                                : target.given + " is " + target.problem);
  }
  return lines;
}

TEST(ManifestTargets, A_package_json_stands_for_every_group_that_an_install_brings_in) {
  EXPECT_THAT(
      told(targets_of_package_json(R"({"dependencies": {"a": "^1", "b": "", "c": "npm:real-c@2"},
        "devDependencies": {"a": "^1", "d": "next"}, "optionalDependencies": {"e": "*"},
        "bundleDependencies": ["a"], "overrides": {"x": "9"}})")),
      ElementsAre("a|^1", "b|", "real-c|2", "d|next", "e|*"));
}

TEST(ManifestTargets, What_no_registry_has_is_named_with_the_reason) {
  EXPECT_THAT(
      told(targets_of_package_json(
          R"({"dependencies": {"a": "git+https://x.example.test/a.git", "b": "file:../b"}})")),
      ElementsAre(HasSubstr("a git repository"), HasSubstr("a path of this machine")));
}

TEST(ManifestTargets, A_pyproject_stands_for_its_requirements_groups_and_build) {
  EXPECT_THAT(
      told(targets_of_pyproject(R"(
[build-system]
requires = ["builder>=1"]
[project]
dependencies = ["a[x]>=1; python_version > '3'", "b @ https://x.example.test/b.zip"]
[project.optional-dependencies]
fast = ["c==2"]
[dependency-groups]
test = ["d"]
[tool.poetry.dependencies]
python = "^3.9"
e = "^1"
)")),
      ElementsAre("a|>=1", HasSubstr("no index checks"), "builder|>=1", "c|==2", "d|", "e|"));
}

TEST(ManifestTargets, Names_and_files_that_make_no_sense_are_errors) {
  EXPECT_FALSE(parse_vet_target(""));
  EXPECT_FALSE(parse_vet_target("npm:"));
  EXPECT_EQ(parse_vet_target("archive.tgz").error().kind, ErrorKind::usage);
  EXPECT_EQ(parse_vet_target("no-such-folder/requirements.txt").error().kind, ErrorKind::missing);
  EXPECT_FALSE(targets_of_package_json("["));
}

}  // namespace
}  // namespace assay
