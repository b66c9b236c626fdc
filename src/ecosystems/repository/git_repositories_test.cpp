#include "ecosystems/repository/git_repositories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ecosystems/repository/local_repository_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Git : public testing::Test {
 protected:
  void SetUp() override {
    if (!LocalRepository::is_possible()) GTEST_SKIP() << "git is not installed";
    repository.emplace();
  }
  std::optional<LocalRepository> repository;
};

std::vector<std::string> paths_of(const std::vector<TreeFile>& files) {
  std::vector<std::string> paths;
  for (const TreeFile& file : files) paths.push_back(file.path);
  return paths;
}

TEST_F(Git, Tells_tags_files_and_contents_of_a_repository) {
  repository->write("a.js", "one\n");
  repository->write("lib/b.js", "two\n");
  const std::string commit = repository->commit("v1.0.0");
  LocalRepositories git(*repository);
  const RepositoryRefs refs = git.refs(LocalRepository::url).value();
  EXPECT_EQ(refs.head, commit);
  EXPECT_THAT(refs.tags, ElementsAre(RepositoryTag{"v1.0.0", commit}));
  const std::vector<TreeFile> files = git.tree(LocalRepository::url, commit).value();
  EXPECT_THAT(paths_of(files), ElementsAre("a.js", "lib/b.js"));
  EXPECT_EQ(files[0].id, blob_id("one\n"));
  const std::vector<std::string> ids = {files[1].id};
  const std::map<std::string, std::string> contents =
      git.contents(LocalRepository::url, commit, ids).value();
  EXPECT_THAT(contents, ElementsAre(std::pair(files[1].id, std::string("two\n"))));
}

TEST_F(Git, Reads_a_commit_that_no_tag_names) {
  repository->write("a.js", "one\n");
  const std::string first = repository->commit();
  repository->write("b.js", "two\n");
  repository->commit("v2.0.0");
  LocalRepositories git(*repository);
  EXPECT_THAT(paths_of(git.tree(LocalRepository::url, first).value()), ElementsAre("a.js"));
}

TEST_F(Git, Follows_an_annotated_tag_to_its_commit) {
  repository->write("a.js", "one\n");
  const std::string commit = repository->commit();
  repository->run({"tag", "-a", "-m", "release", "v1.0.0"});
  LocalRepositories git(*repository);
  EXPECT_THAT(git.refs(LocalRepository::url).value().tags,
              ElementsAre(RepositoryTag{"v1.0.0", commit}));
}

TEST_F(Git, Contents_come_also_from_a_server_that_gives_no_single_files) {
  repository->write("a.js", "one\n");
  const std::string commit = repository->commit();
  repository->run({"config", "uploadpack.allowFilter", "false"});
  repository->run({"config", "uploadpack.allowAnySHA1InWant", "false"});
  LocalRepositories git(*repository);
  const std::vector<std::string> ids = {blob_id("one\n")};
  EXPECT_EQ(git.contents(LocalRepository::url, commit, ids).value().at(ids[0]), "one\n");
}

TEST_F(Git, Counts_all_commits_before_one) {
  repository->write("a.js", "one\n");
  repository->commit();
  repository->write("a.js", "two\n");
  const std::string commit = repository->commit();
  LocalRepositories git(*repository);
  const RepositoryHistory history = git.history(LocalRepository::url, commit).value();
  EXPECT_EQ(history.commits, 2u);
  EXPECT_EQ(history.authors, 1u);
  EXPECT_EQ(history.first, Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)));
}

TEST_F(Git, What_is_not_there_is_missing) {
  repository->write("a.js", "one\n");
  repository->commit();
  LocalRepositories git(*repository);
  EXPECT_EQ(git.tree(LocalRepository::url, std::string(40, 'd')).error().kind, ErrorKind::missing);
  repository->remove();
  EXPECT_EQ(git.refs(LocalRepository::url).error().kind, ErrorKind::missing);
}

TEST_F(Git, An_empty_repository_has_no_head) {
  LocalRepositories git(*repository);
  EXPECT_EQ(git.refs(LocalRepository::url).value(), RepositoryRefs{});
}

TEST_F(Git, Stops_at_what_is_too_large) {
  // Random bytes do not shrink.
  std::string noise;
  for (std::uint32_t value = 1; noise.size() < 2'000'000; value = value * 1664525 + 1013904223) {
    noise += static_cast<char>(value >> 24);
  }
  repository->write("a.bin", noise);
  const std::string commit = repository->commit();
  GitLimits limits;
  limits.contents_bytes = 1000;
  LocalRepositories git(*repository, limits);
  const std::vector<std::string> ids = {blob_id(noise)};
  EXPECT_EQ(git.contents(LocalRepository::url, commit, ids).error().kind, ErrorKind::limit);
}

TEST_F(Git, Runs_no_hook_and_no_filter_and_leaves_nothing_behind) {
  const std::string mark = repository->folder() + "/ran";
  for (const std::string hook : {"post-checkout", "pre-receive", "reference-transaction"}) {
    repository->write_raw(".git/hooks/" + hook, "#!/bin/sh\ntouch " + mark + "\n");
  }
  repository->write(".gitattributes", "* filter=evil\n");
  repository->run({"config", "filter.evil.smudge", "touch " + mark});
  repository->write("a.js", "one\n");
  std::filesystem::remove(mark);
  const std::string commit = repository->commit();
  std::filesystem::remove(mark);  // What its owner's own commit ran.
  LocalRepositories git(*repository);
  EXPECT_TRUE(git.tree(LocalRepository::url, commit));
  const std::vector<std::string> ids = {blob_id("one\n")};
  EXPECT_TRUE(git.contents(LocalRepository::url, commit, ids));
  EXPECT_FALSE(std::filesystem::exists(mark));
}

TEST(GitAddress, Is_https_and_nothing_that_could_be_an_option_or_a_command) {
  EXPECT_TRUE(is_address_for_git("https://code.example.test/ann/widget"));
  for (const std::string_view url :
       {"http://code.example.test/a/b", "file:///etc", "ssh://code.example.test/a/b",
        "--upload-pack=x", "ext::sh", "https://-oProxyCommand=x/a", "https://a b/c",
        "https://a\n/b", "https://", ""}) {
    EXPECT_FALSE(is_address_for_git(url)) << url;
  }
}

TEST(GitAddress, Of_another_kind_is_refused_before_git_is_started) {
  MemoryEnvironment nothing;
  GitRepositories git(nothing);
  EXPECT_EQ(git.refs("file:///etc").error().kind, ErrorKind::refused);
  EXPECT_EQ(git.refs("https://code.example.test/a/b").error().kind, ErrorKind::environment);
}

TEST(GitErrors, Are_told_in_plain_words) {
  const auto told = [](std::string_view errors) {
    return error_of_git(errors, "https://h.test/a/b");
  };
  EXPECT_EQ(told("fatal: could not read Username for 'https://h.test': terminal prompts disabled"),
            (Error{ErrorKind::missing,
                   "https://h.test/a/b: there is no such repository, or it is not public"}));
  EXPECT_EQ(told("fatal: remote error: upload-pack: not our ref dddd").kind, ErrorKind::missing);
  EXPECT_EQ(told("fatal: unable to access 'https://h.test/': Could not resolve host: h.test").kind,
            ErrorKind::network);
  EXPECT_EQ(told("fatal: transport 'ext' not allowed").kind, ErrorKind::refused);
  EXPECT_THAT(told("something\nfatal: new words").message, HasSubstr("fatal: new words"));
  EXPECT_THAT(told("").message, HasSubstr("git failed"));
}

}  // namespace
}  // namespace assay
