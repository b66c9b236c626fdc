#include "facts/dependencies.h"

#include <gmock/gmock.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> unmentioned(std::string_view bundle) {
  const Package package = package_from_bundle(bundle);
  const auto manifest = read_npm_manifest(package.find("package.json")->bytes);
  std::vector<std::string> names;
  for (const std::size_t i : find_unmentioned_dependencies(package, *manifest))
    names.push_back(manifest->dependencies[i].name);
  return names;
}

TEST(UnmentionedDependencies, Are_those_that_no_file_imports) {
  EXPECT_THAT(unmentioned(R"(==> package.json
{"name": "widget", "dependencies": {"used": "1", "@scope/deep": "1", "unused": "1"}}
==> index.js
const a = require("used/lib/a"), b = import('@scope/deep/b.js');
// unused
)"),
              ElementsAre("unused"));
}

TEST(UnmentionedDependencies, Are_not_those_that_scripts_or_settings_name) {
  EXPECT_THAT(unmentioned(R"(==> package.json
{"name": "widget", "scripts": {"postinstall": "patcher --all"}, "dependencies": {"patcher": "1", "preset": "1"}}
==> config.json
{"extends": "preset"}
)"),
              IsEmpty());
}

TEST(UnmentionedDependencies, Are_not_only_installed_for_development_or_types) {
  EXPECT_THAT(unmentioned(R"(==> package.json
{"name": "widget", "devDependencies": {"runner": "1"}, "dependencies": {"@types/node": "1"}}
)"),
              IsEmpty());
}

}  // namespace
}  // namespace assay
