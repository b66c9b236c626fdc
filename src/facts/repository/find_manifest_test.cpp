#include "facts/repository/find_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;

FoundManifest find(const std::map<std::string, std::string>& there, const PackageId& package,
                   const std::string& declared = {}) {
  std::vector<TreeFile> files;
  Contents contents;
  for (const auto& [path, text] : there) {
    files.push_back({path, blob_id(text)});
    contents[blob_id(text)] = text;
  }
  std::ranges::sort(files, {}, &TreeFile::path);
  const TreeIndex tree(files);
  std::vector<const TreeFile*> all = likely_manifests(tree, package, declared);
  const std::vector<const TreeFile*> others = other_manifests(tree, package, all);
  all.insert(all.end(), others.begin(), others.end());
  return choose_manifest(all, contents, package, true);
}

const PackageId npm{Ecosystem::npm, "@ann/widget", "1.0.0"};
const PackageId pypi{Ecosystem::pypi, "Left.Widget", "1.0.0"};

TEST(FindManifest, Takes_the_one_at_the_top_when_the_name_agrees) {
  const FoundManifest found =
      find({{"package.json", R"({"name": "@ann/widget", "version": "1.0.0"})"},
            {"packages/widget/package.json", R"({"name": "other"})"}},
           npm);
  EXPECT_EQ(found.name, NameMatch::agrees);
  EXPECT_EQ(found.folder, "");
  EXPECT_EQ(found.version, "1.0.0");
}

TEST(FindManifest, Finds_the_folder_in_a_repository_of_many_packages) {
  const std::map<std::string, std::string> there = {
      {"package.json", R"({"private": true})"},
      {"packages/a/package.json", R"({"name": "@ann/a"})"},
      {"modules/strange/package.json", R"({"name": "@ann/widget"})"},
      {"node_modules/x/package.json", R"({"name": "@ann/widget"})"}};
  EXPECT_EQ(find(there, npm).folder, "modules/strange");
  EXPECT_EQ(find(there, npm, "packages/a").folder, "modules/strange");
}

TEST(FindManifest, Tells_whose_the_repository_is_when_it_is_another_s) {
  const FoundManifest found = find({{"package.json", R"({"name": "known"})"},
                                    {"packages/b/package.json", R"({"name": "known-b"})"}},
                                   npm);
  EXPECT_EQ(found.name, NameMatch::differs);
  EXPECT_THAT(found.names, ElementsAre("known", "known-b"));
}

TEST(FindManifest, Says_nothing_where_no_name_is_told) {
  EXPECT_EQ(find({{"package.json", "{}"}}, npm).name, NameMatch::untold);
  EXPECT_EQ(find({{"package.json", "not json"}}, npm).name, NameMatch::untold);
  EXPECT_EQ(find({}, npm).name, NameMatch::untold);
  EXPECT_EQ(find({{"setup.py", "setup(name=NAME)"}}, pypi).name, NameMatch::untold);
}

TEST(FindManifest, Reads_every_manifest_that_python_has) {
  for (const auto& [path, text] : std::map<std::string, std::string>{
           {"pyproject.toml", "[project]\nname = \"left_widget\"\nversion = \"1.0.0\"\n"},
           {"a/pyproject.toml", "[tool.poetry]\nname = \"left-widget\"\n"},
           {"setup.cfg", "[metadata]\nname = left-widget\n"},
           {"python/setup.py",
            "from setuptools import setup\nsetup(\n  name = 'Left.Widget',\n)\n"},
           {"b/setup.py", "NAME = 'left_widget'\nsetup(name=NAME)\n"}}) {
    EXPECT_EQ(find({{path, text}}, pypi).name, NameMatch::agrees) << path;
  }
  EXPECT_EQ(find({{"setup.py", "setup(name=\"known\")"}}, pypi).name, NameMatch::differs);
}

TEST(FindManifest, A_setup_py_that_computes_its_name_may_be_the_package_s) {
  EXPECT_EQ(
      find({{"setup.py", "setup(name=read())"}, {"docs/setup.py", "setup(name='docs')"}}, pypi)
          .name,
      NameMatch::untold);
}

TEST(FindManifest, Manifests_that_were_not_read_leave_it_open) {
  const std::vector<TreeFile> files = {{"package.json", std::string(40, 'a')},
                                       {"x/package.json", blob_id("{\"name\": \"known\"}")}};
  const TreeIndex tree(files);
  const std::vector<const TreeFile*> all = {&files[0], &files[1]};
  const Contents contents = {{blob_id("{\"name\": \"known\"}"), "{\"name\": \"known\"}"}};
  EXPECT_EQ(choose_manifest(all, contents, npm, true).name, NameMatch::untold);
}

}  // namespace
}  // namespace assay
