#include "facts/metadata/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using Kind = ManifestDifference::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<ManifestDifference> compared(const ListedManifest& listed, std::string_view packaged,
                                         bool has_gyp = false) {
  return compare_manifests(listed, *read_npm_manifest(packaged), has_gyp);
}

TEST(Manifests, That_agree_after_what_npm_itself_changes_do_not_differ) {
  const ListedManifest listed{"adds",
                              "1.0.0",
                              {{"install", "node-gyp rebuild"}, {"test", "other"}},
                              {{"a", "^1"}, {"b", "^2"}},
                              {{"adds", "cli.js"}}};
  EXPECT_THAT(compared(listed, R"({"name": "adds", "version": "v1.0.0", "bin": "./cli.js",
      "dependencies": {"a": "^1"}, "optionalDependencies": {"b": "^2"}, "scripts": {"test": "t"}})",
                       true),
              IsEmpty());
}

TEST(Manifests, Every_way_of_hiding_something_from_the_registry_is_told) {
  const ListedManifest listed{
      "adds", "1.0.0", {}, {{"a", "^1"}, {"c", "^1"}}, {{"adds", "cli.js"}}};
  EXPECT_THAT(compared(listed, R"({"name": "sub", "version": "1.0.1", "bin": {"adds": "evil.js"},
      "dependencies": {"a": "^2", "b": "^2"}, "scripts": {"postinstall": "node x"}})"),
              ElementsAre(ManifestDifference{Kind::name, "name", "adds", "sub"},
                          ManifestDifference{Kind::version, "version", "1.0.0", "1.0.1"},
                          ManifestDifference{Kind::install_script, "postinstall", "", "node x"},
                          ManifestDifference{Kind::changed_dependency, "a", "^1", "^2"},
                          ManifestDifference{Kind::hidden_dependency, "b", "", "^2"},
                          ManifestDifference{Kind::added_dependency, "c", "^1", ""},
                          ManifestDifference{Kind::command, "adds", "cli.js", "evil.js"}));
}

TEST(Wheel, Modules_that_the_sources_do_not_have_are_told_and_generated_ones_apart) {
  const Package wheel = package_from_bundle(
      "==> pkg/__init__.py\nx = 1\n==> pkg/_version.py\nv = '1'\n==> pkg/extra.py\nevil = 1\n"
      "==> pkg/changed.py\na = 2\n==> pkg-1.dist-info/METADATA\nName: pkg\n");
  const Package sdist =
      package_from_bundle("==> src/pkg/__init__.py\nx = 1\r\n\n==> src/pkg/changed.py\na = 1\n");
  const WheelComparison compared = compare_wheel(wheel, sdist, {"pkg/extra.py"});
  EXPECT_EQ(compared.same, 1u);
  EXPECT_THAT(compared.differences,
              ElementsAre(WheelDifference{"pkg/_version.py", true, true, false},
                          WheelDifference{"pkg/changed.py", false, false, false},
                          WheelDifference{"pkg/extra.py", true, false, true}));
}

}  // namespace
}  // namespace assay
