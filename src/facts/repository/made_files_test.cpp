#include "facts/repository/made_files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace assay {
namespace {

std::vector<TreeFile> tree_of(std::vector<std::string> paths) {
  std::vector<TreeFile> files;
  for (std::string& path : paths) {
    const std::string id = blob_id(path);
    files.push_back({std::move(path), id});
  }
  std::ranges::sort(files, {}, &TreeFile::path);
  return files;
}

std::string how(const std::string& path, std::vector<std::string> paths,
                const std::string& folder = {}, bool has_build = false) {
  const std::vector<TreeFile> files = tree_of(std::move(paths));
  const TreeIndex tree(files);
  File file;
  file.path = path;
  const MadeBy made = made_by(file, tree, folder, has_build);
  return (made.is_weak ? "perhaps " : "") + made.how;
}

TEST(MadeFiles, Are_those_that_have_a_source_of_the_same_name) {
  EXPECT_EQ(how("lib/a/b.js", {"src/a/b.ts"}), "built from src/a/b.ts");
  EXPECT_EQ(how("dist/cjs/index.js", {"src/index.ts"}), "built from src/index.ts");
  EXPECT_EQ(how("index.js", {"src/index.ts"}), "built from src/index.ts");
  EXPECT_EQ(how("dist/a.umd.min.js", {"src/a.js"}), "perhaps written by a build");
  EXPECT_EQ(how("dist/index.js", {"packages/core/src/index.ts"}, "packages/core"),
            "built from packages/core/src/index.ts");
  EXPECT_EQ(how("pkg/fast.c", {"src/pkg/fast.pyx"}), "built from src/pkg/fast.pyx");
  EXPECT_EQ(how("pkg/parser.py", {"pkg/parser.py.in"}), "built from pkg/parser.py.in");
}

TEST(MadeFiles, Are_not_those_whose_namesake_lies_elsewhere) {
  EXPECT_EQ(how("setup.js", {"test/setup.ts", "examples/setup.ts"}), "");
  EXPECT_EQ(how("lib/a/b.js", {"lib/x", "src/other/b.ts"}), "");
  EXPECT_EQ(how("bin/widget", {"scripts/widget.js", "bin/x"}), "");
  EXPECT_EQ(how("hidden/index.js", {"hidden/x", "src/index.ts"}), "");
  EXPECT_EQ(how("a/index.js", {"src/a/index.ts", "src/index.ts"}), "built from src/a/index.ts");
  EXPECT_EQ(how("index.js", {"packages/other/src/index.ts"}, "packages/core"), "");
}

TEST(MadeFiles, Are_those_that_releases_write) {
  for (const std::string path : {"pkg/_version.py", "x.egg-info/SOURCES.txt", "pkg/a_pb2.py",
                                 "lib/index.d.ts", "lib/a.js.map", "PKG-INFO"}) {
    EXPECT_NE(how(path, {"README.md"}), "") << path;
  }
}

TEST(MadeFiles, In_a_folder_that_a_build_makes_are_so_perhaps) {
  EXPECT_EQ(how("dist/chunk-1.js", {"src/a.ts"}), "perhaps in dist/, which a build makes");
  EXPECT_EQ(how("wonder/chunk-1.js", {"src/a.ts"}), "");
  EXPECT_EQ(how("wonder/chunk-1.js", {"src/a.ts"}, "", true),
            "perhaps in wonder/, which a build makes");
  // The repository has the folder, and this is not in it.
  EXPECT_EQ(how("lib/chunk-1.js", {"lib/a.js"}, "", true), "");
}

TEST(MadeFiles, Manifests_that_tools_rewrite_are_known) {
  EXPECT_TRUE(is_rewritten("package.json", Ecosystem::npm));
  EXPECT_TRUE(is_rewritten("setup.cfg", Ecosystem::pypi));
  EXPECT_FALSE(is_rewritten("setup.py", Ecosystem::pypi));
  EXPECT_FALSE(is_rewritten("setup.cfg", Ecosystem::npm));
}

}  // namespace
}  // namespace assay
