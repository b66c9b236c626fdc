#include "ecosystems/registry/package_spec.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

PackageSpec npm(std::string name, std::string wanted = "") {
  return {Ecosystem::npm, std::move(name), std::move(wanted)};
}
PackageSpec pypi(std::string name, std::string wanted = "") {
  return {Ecosystem::pypi, std::move(name), std::move(wanted)};
}

TEST(PackageSpec, NpmNamesTakeVersionsRangesAndTags) {
  EXPECT_EQ(*parse_package_spec("npm:left-pad"), npm("left-pad"));
  EXPECT_EQ(*parse_package_spec("npm:left-pad@1.3.0"), npm("left-pad", "1.3.0"));
  EXPECT_EQ(*parse_package_spec("npm:left-pad@>=1 <2"), npm("left-pad", ">=1 <2"));
  EXPECT_EQ(*parse_package_spec("npm:left-pad@next"), npm("left-pad", "next"));
  EXPECT_EQ(*parse_package_spec("npm:@scope/name"), npm("@scope/name"));
  EXPECT_EQ(*parse_package_spec("npm:@scope/name@^1"), npm("@scope/name", "^1"));
}

TEST(PackageSpec, PypiNamesTakeSpecifiersAndPlainVersions) {
  EXPECT_EQ(*parse_package_spec("pypi:Some.Name"), pypi("Some.Name"));
  EXPECT_EQ(*parse_package_spec("pypi:name@1.0"), pypi("name", "==1.0"));
  EXPECT_EQ(*parse_package_spec("pypi:name@latest"), pypi("name"));
  EXPECT_EQ(*parse_package_spec("pypi:name==1.0"), pypi("name", "==1.0"));
  EXPECT_EQ(*parse_package_spec("pypi:name >=1,<2"), pypi("name", ">=1,<2"));
  EXPECT_EQ(*parse_package_spec("pypi:name[a,b]~=1.4"), pypi("name", "~=1.4"));
  EXPECT_EQ(*parse_package_spec("pypi:name@>=1"), pypi("name", ">=1"));
}

TEST(PackageSpec, ReadsPackageUrls) {
  EXPECT_EQ(*parse_package_spec("pkg:npm/%40scope/name@1.0.0"), npm("@scope/name", "1.0.0"));
  EXPECT_EQ(*parse_package_spec("pkg:npm/@scope/name"), npm("@scope/name"));
  EXPECT_EQ(*parse_package_spec("pkg:npm/%40scope%2Fname@1"), npm("@scope/name", "1"));
  EXPECT_EQ(*parse_package_spec("pkg:npm/name@1.0.0?arch=x#lib"), npm("name", "1.0.0"));
  EXPECT_EQ(*parse_package_spec("pkg:pypi/name@1.0%2Blocal"), pypi("name", "==1.0+local"));
  EXPECT_EQ(*parse_package_spec("pkg://pypi/name"), pypi("name"));
}

TEST(PackageSpec, RefusesNamesThatWouldLeaveTheirPlaceInAUrl) {
  for (const char* text : {"npm:",        "npm:..",     "npm:a/b",         "npm:a/../b",
                           "npm:@scope",  "npm:@/a",    "npm:@a/",         "npm:@a/..",
                           "npm:@a/b/c",  "npm:a?b",    "npm:a%2fb",       "npm:a b",
                           "npm:.hidden", "npm:a@1\n2", "pypi:",           "pypi:a/b",
                           "pypi:-a",     "pypi:a-",    "pypi:a b",        "pypi:name[x",
                           "pkg:npm",     "pkg:npm/",   "pkg:npm/..%2f..", "pkg:pypi/a%2fb",
                           "left-pad",    "npm"}) {
    const Result<PackageSpec> spec = parse_package_spec(text);
    ASSERT_FALSE(spec) << text;
    EXPECT_EQ(spec.error().kind, ErrorKind::usage) << text;
  }
  EXPECT_FALSE(parse_package_spec("npm:" + std::string(215, 'a')));
}

TEST(PackageSpec, SaysThatOtherEcosystemsAreNotExamined) {
  EXPECT_EQ(parse_package_spec("pkg:cargo/serde@1").error().kind, ErrorKind::unsupported);
}

TEST(PackageSpec, PathsAreNotSpecifications) {
  EXPECT_TRUE(is_package_spec("npm:x"));
  EXPECT_TRUE(is_package_spec("pkg:npm/x"));
  EXPECT_FALSE(is_package_spec("./npm:x"));
  EXPECT_FALSE(is_package_spec("npm-x.tgz"));
}

}  // namespace
}  // namespace assay
