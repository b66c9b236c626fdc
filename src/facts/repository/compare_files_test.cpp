#include "facts/repository/compare_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Files = std::map<std::string, std::string>;

RepositoryFacts compare(std::string_view bundle, const Files& there,
                        Ecosystem ecosystem = Ecosystem::npm, const std::string& folder = {},
                        std::vector<TreeFile> more = {}) {
  Package package = package_from_bundle(bundle);
  package.id = {ecosystem, "widget", "1.2.3"};
  std::vector<TreeFile> files = std::move(more);
  Contents contents;
  for (const auto& [path, text] : there) {
    files.push_back({path, blob_id(text)});
    contents[blob_id(text)] = text;
  }
  std::ranges::sort(files, {}, &TreeFile::path);
  const TreeIndex tree(files);
  FoundManifest manifest;
  manifest.folder = folder;
  const std::vector<FileRole> roles(package.files.size());
  FileComparison comparison = compare_files(package, roles, tree, manifest);
  judge_changed(package, roles, comparison.changed, contents, comparison.facts);
  return std::move(comparison.facts);
}

std::vector<std::string> paths_of(const std::vector<RepositoryFile>& files) {
  std::vector<std::string> paths;
  for (const RepositoryFile& file : files) paths.push_back(file.path);
  return paths;
}

TEST(CompareFiles, The_same_contents_are_the_same_wherever_they_lie_and_however_lines_end) {
  const RepositoryFacts facts =
      compare("==> a.js\none\n==> lib/b.js\ntwo\r\nthree\r\n==> c.js\nfour\n",
              {{"a.js", "one\n"}, {"src/deep/b2.js", "two\nthree\n"}, {"c.js", "four\r\n"}});
  EXPECT_EQ(facts.same, 3u);
  EXPECT_THAT(facts.missing, IsEmpty());
  EXPECT_THAT(facts.changed, IsEmpty());
}

TEST(CompareFiles, Code_without_a_counterpart_is_missing_and_a_text_is_not_told) {
  const RepositoryFacts facts =
      compare("==> a.js\none\n==> evil.js\ntwo\n==> NOTES.md\nhello\n", {{"a.js", "one\n"}});
  EXPECT_THAT(paths_of(facts.missing), ElementsAre("evil.js"));
  EXPECT_EQ(facts.missing_count, 1u);
}

TEST(CompareFiles, What_a_build_made_is_missing_with_the_reason) {
  const RepositoryFacts facts = compare("==> lib/a.js\none\n", {{"src/a.ts", "ONE\n"}});
  ASSERT_EQ(facts.missing.size(), 1u);
  EXPECT_EQ(facts.missing[0].made_by, "built from src/a.ts");
  EXPECT_EQ(facts.missing_count, 0u);
  EXPECT_EQ(facts.made, 1u);
}

TEST(CompareFiles, A_file_that_only_tells_the_version_does_nothing_else) {
  Package package = package_from_bundle("==> widget/_version.py\nversion = '1'\n");
  package.id = {Ecosystem::pypi, "widget", "1.2.3"};
  const std::vector<TreeFile> files = {{"widget/a.py", std::string(40, 'a')}};
  const TreeIndex tree(files);
  std::vector<FileRole> roles(1);
  EXPECT_EQ(compare_files(package, roles, tree, {}).facts.missing_count, 0u);
  roles[0].acts = true;
  EXPECT_EQ(compare_files(package, roles, tree, {}).facts.missing_count, 1u);
}

TEST(CompareFiles, Of_a_changed_file_the_new_lines_are_told) {
  const RepositoryFacts facts =
      compare("==> a.js\none\nrequire('x');\ntwo\n", {{"a.js", "one\ntwo\n"}});
  ASSERT_EQ(facts.changed.size(), 1u);
  EXPECT_EQ(facts.changed[0].new_lines, 1u);
  EXPECT_EQ(facts.changed[0].lines, 3u);
  EXPECT_EQ(facts.changed[0].first_new_line, "require('x');");
}

TEST(CompareFiles, Blanks_removed_lines_and_the_version_are_no_change) {
  const RepositoryFacts facts = compare(
      "==> a.js\none  \n==> b.js\nexports.v = '1.2.3';\n==> c.js\none\n",
      {{"a.js", "one\n\n"}, {"b.js", "exports.v = '%V%';\n"}, {"c.js", "// comment\none\n"}});
  EXPECT_THAT(facts.changed, IsEmpty());
  EXPECT_EQ(facts.same, 2u);
  EXPECT_EQ(facts.made, 1u);
}

TEST(CompareFiles, A_pointer_to_a_large_file_stands_for_it) {
  const std::string sha = hash_hex(HashKind::sha256, "one\n");
  const RepositoryFacts facts =
      compare("==> a.js\none\n",
              {{"a.js", "version https://git-lfs.test/spec/v1\noid sha256:" + sha + "\nsize 4\n"}});
  EXPECT_EQ(facts.same, 1u);
  EXPECT_THAT(facts.changed, IsEmpty());
}

TEST(CompareFiles, Of_python_a_package_may_lie_below_any_folder) {
  const RepositoryFacts facts =
      compare("==> widget/a.py\nx = 1\n==> widget/b.py\ny = 2\n",
              {{"python/src/widget/a.py", "x = 1\nz = 3\n"}, {"python/src/widget/b.py", "y = 9\n"}},
              Ecosystem::pypi);
  EXPECT_THAT(facts.missing, IsEmpty());
  EXPECT_THAT(paths_of(facts.changed), ElementsAre("widget/b.py"));
}

TEST(CompareFiles, In_a_monorepo_the_package_s_own_folder_counts) {
  const Files there = {{"packages/w/index.js", "one\n"}, {"index.js", "other\n"}};
  EXPECT_EQ(compare("==> index.js\none\n", there, Ecosystem::npm, "packages/w").same, 1u);
  EXPECT_THAT(paths_of(compare("==> index.js\nnew\n", there, Ecosystem::npm, "packages/w").changed),
              ElementsAre("index.js"));
}

TEST(CompareFiles, What_lies_in_a_submodule_is_not_compared) {
  const RepositoryFacts facts =
      compare("==> vendor/x/a.js\none\n", {{"b.js", "two\n"}}, Ecosystem::npm, "",
              {{"vendor/x", std::string(40, 'a'), TreeKind::submodule}});
  EXPECT_EQ(facts.uncompared, 1u);
  EXPECT_THAT(facts.missing, IsEmpty());
}

TEST(CompareFiles, What_lies_behind_a_link_is_not_compared) {
  const RepositoryFacts facts =
      compare("==> linked/a.js\none\n", {{"b.js", "two\n"}}, Ecosystem::npm, "",
              {{"linked", std::string(40, 'a'), TreeKind::link}});
  EXPECT_EQ(facts.uncompared, 1u);
  EXPECT_THAT(facts.missing, IsEmpty());
}

TEST(CompareFiles, Contents_that_could_not_be_had_are_not_compared) {
  Package package = package_from_bundle("==> a.js\none\n");
  package.id = {Ecosystem::npm, "widget", "1.2.3"};
  const std::vector<TreeFile> files = {{"a.js", blob_id("two\n")}};
  const TreeIndex tree(files);
  const std::vector<FileRole> roles(1);
  FileComparison comparison = compare_files(package, roles, tree, {});
  judge_changed(package, roles, comparison.changed, {}, comparison.facts);
  EXPECT_EQ(comparison.facts.uncompared, 1u);
  EXPECT_THAT(comparison.facts.changed, IsEmpty());
}

TEST(CompareFields, Names_scripts_dependencies_and_commands_that_only_the_package_has) {
  const std::vector<RepositoryField> fields = compare_fields(
      R"({"scripts": {"postinstall": "node x", "test": "y"}, "dependencies": {"a": "1", "b": "2"},
          "bin": {"w": "./w.js"}})",
      R"({"scripts": {"test": "z"}, "devDependencies": {"a": "workspace:*"}})");
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[0],
            (RepositoryField{RepositoryField::Kind::script, "postinstall", "node x", ""}));
  EXPECT_EQ(fields[1], (RepositoryField{RepositoryField::Kind::dependency, "b", "2", ""}));
  EXPECT_EQ(fields[2].kind, RepositoryField::Kind::command);
}

TEST(CompareFields, Of_what_cannot_be_read_are_none) {
  EXPECT_THAT(compare_fields("{", "{}"), IsEmpty());
  EXPECT_THAT(compare_fields("{}", "[]"), IsEmpty());
}

}  // namespace
}  // namespace assay
