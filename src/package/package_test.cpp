#include "package/package.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(PackageId, Purls_follow_the_specification) {
  EXPECT_EQ((PackageId{Ecosystem::npm, "left-pad", "1.3.0"}).purl(), "pkg:npm/left-pad@1.3.0");
  EXPECT_EQ((PackageId{Ecosystem::npm, "@scope/name", "1.0.0-rc.1+b"}).purl(),
            "pkg:npm/%40scope/name@1.0.0-rc.1%2Bb");
  EXPECT_EQ((PackageId{Ecosystem::pypi, "My_Package", "1.0"}).purl(), "pkg:pypi/my-package@1.0");
  EXPECT_EQ((PackageId{Ecosystem::pypi, "x", ""}).purl(), "pkg:pypi/x");
  EXPECT_EQ((PackageId{Ecosystem::npm, "", ""}).purl(), "");
  EXPECT_EQ((PackageId{Ecosystem::unknown, "x", "1"}).purl(), "");
}

TEST(Bundle, Files_keep_their_contents_and_their_last_newline) {
  const Package package = package_from_bundle(
      "==> package.json\n{\"name\": \"x\"}\n==> lib/a.js\none\ntwo\n==> empty\n==> end\nno "
      "newline");
  ASSERT_EQ(package.files.size(), 4u);
  EXPECT_EQ(package.find("package.json")->bytes, "{\"name\": \"x\"}\n");
  EXPECT_EQ(package.find("lib/a.js")->bytes, "one\ntwo\n");
  EXPECT_EQ(package.find("lib/a.js")->kind, FileKind::javascript);
  EXPECT_EQ(package.find("empty")->bytes, "");
  EXPECT_EQ(package.find("end")->bytes, "no newline");
  EXPECT_EQ(package.find("lib"), nullptr);
}

TEST(Bundle, Its_files_tell_what_it_is) {
  EXPECT_EQ(package_from_bundle("==> package.json\n{}\n").kind, ArtifactKind::npm_tarball);
  EXPECT_EQ(package_from_bundle("==> package.json\n{}\n").id.ecosystem, Ecosystem::npm);
  EXPECT_EQ(package_from_bundle("==> setup.py\n").kind, ArtifactKind::sdist);
  EXPECT_EQ(package_from_bundle("==> evil.pth\n").id.ecosystem, Ecosystem::pypi);
  EXPECT_EQ(package_from_bundle("==> x-1.dist-info/METADATA\n==> x.py\n").kind,
            ArtifactKind::wheel);
  EXPECT_EQ(package_from_bundle("==> notes.txt\n").id.ecosystem, Ecosystem::unknown);
  EXPECT_TRUE(package_from_bundle("").files.empty());
}

TEST(Names, Every_enumerator_has_one) {
  EXPECT_EQ(to_string(FileKind::other_source), "other source");
  EXPECT_EQ(to_string(GapKind::unsupported), "unsupported");
  EXPECT_EQ(to_string(ArtifactKind::other_archive), "archive");
  EXPECT_EQ(to_string(Ecosystem::pypi), "pypi");
}

}  // namespace
}  // namespace assay
