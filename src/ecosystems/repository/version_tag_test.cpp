#include "ecosystems/repository/version_tag.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

std::string found(const PackageId& package, std::vector<std::string> names) {
  std::vector<RepositoryTag> tags;
  for (std::string& name : names) tags.push_back({std::move(name), std::string(40, 'a')});
  const RepositoryTag* tag = tag_of_version(tags, package);
  return tag == nullptr ? "" : tag->name;
}

TEST(VersionTag, Has_any_of_the_shapes_that_projects_use) {
  const PackageId package{Ecosystem::npm, "@ann/left-box", "1.2.3"};
  for (const std::string tag :
       {"v1.2.3", "1.2.3", "V1.2.3", "@ann/left-box@1.2.3", "left-box@1.2.3", "left-box-v1.2.3",
        "left-box-1.2.3", "left-box/v1.2.3", "left_box_1.2.3", "release-1.2.3", "release/1.2.3",
        "releases/v1.2.3", "REL_1_2_3", "version-1.2.3", "v.1.2.3", "r1.2.3",
        "release/left-box-v1.2.3", "ann-left-box-1.2.3"}) {
    EXPECT_EQ(found(package, {"v1.2.2", tag, "v1.2.30"}), tag);
  }
}

TEST(VersionTag, Of_another_version_or_another_package_is_none) {
  const PackageId package{Ecosystem::npm, "left-box", "1.2.3"};
  for (const std::string tag : {"v1.2.30", "v11.2.3", "v1.2.3-rc.1", "right-box@1.2.3", "1.2", "",
                                "v", "right-box-v1.2.3", "2.1.2.3", "left-box-extra-1.2.3"}) {
    EXPECT_EQ(found(package, {tag}), "") << tag;
  }
}

TEST(VersionTag, With_the_name_wins_over_one_without) {
  const PackageId package{Ecosystem::npm, "left-box", "1.2.3"};
  EXPECT_EQ(found(package, {"v1.2.3", "right-box@1.2.3", "left-box@1.2.3"}), "left-box@1.2.3");
}

TEST(VersionTag, Of_python_is_compared_as_versions_are) {
  EXPECT_EQ(found({Ecosystem::pypi, "Left_Box", "2.0.0rc1"}, {"v2.0.0-rc.1"}), "v2.0.0-rc.1");
  EXPECT_EQ(found({Ecosystem::pypi, "left.box", "2.0"}, {"left-box-2.0.0"}), "left-box-2.0.0");
  EXPECT_EQ(found({Ecosystem::pypi, "alchemy", "2.0.1"}, {"rel_2_0_1"}), "rel_2_0_1");
  EXPECT_EQ(found({Ecosystem::npm, "left-box", "2.0.0"}, {"2.0"}), "");
}

TEST(VersionTag, Digits_in_the_name_are_no_version) {
  EXPECT_EQ(found({Ecosystem::npm, "base64-js", "1.5.1"}, {"base64-js-1.5.1"}), "base64-js-1.5.1");
  EXPECT_EQ(found({Ecosystem::pypi, "urllib3", "1.26.5"}, {"urllib3-1.26.5"}), "urllib3-1.26.5");
  EXPECT_EQ(found({Ecosystem::pypi, "h2", "4.1.0"}, {"h2-4.1.0", "v4.1.0"}), "h2-4.1.0");
}

TEST(VersionTag, Without_a_version_is_none) {
  EXPECT_EQ(found({Ecosystem::npm, "left-box", ""}, {"v1.2.3", ""}), "");
}

}  // namespace
}  // namespace assay
