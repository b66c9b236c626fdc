#include "ecosystems/repository/kept_repositories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/registry/memory_store_for_test.h"
#include "ecosystems/repository/memory_repositories_for_test.h"

namespace assay {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* url = "https://code.example.test/ann/widget";

struct Kept : testing::Test {
  MemoryRepositories network;
  MemoryStore store;
  SetClock clock;
  KeptRepositories kept{&network, store, clock};
  KeptRepositories offline{nullptr, store, clock};
};

TEST_F(Kept, Answers_of_a_commit_are_asked_for_once) {
  const std::string commit = network.add(url, "v1", {{"a.js", "one\n"}, {"b.js", "two\n"}});
  const std::vector<std::string> ids = {blob_id("one\n")};
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(kept.tree(url, commit).value(), network.tree(url, commit).value());
    EXPECT_EQ(kept.contents(url, commit, ids).value().at(ids[0]), "one\n");
    clock.time += std::chrono::days(300);
  }
  // Two of them are the comparison's own.
  EXPECT_THAT(network.questions, SizeIs(4));
  EXPECT_TRUE(offline.tree(url, commit));
  EXPECT_TRUE(offline.contents(url, commit, ids));
}

TEST_F(Kept, The_history_of_a_commit_is_asked_for_once) {
  RepositoryHistory history;
  history.commits = 3;
  history.authors = 2;
  history.first = history.last = Time(std::chrono::sys_days(std::chrono::year(2020) / 1 / 1));
  const std::string commit = network.add(url, "v1", {});
  network.histories[commit] = history;
  EXPECT_EQ(kept.history(url, commit).value(), history);
  EXPECT_EQ(offline.history(url, commit).value(), history);
  EXPECT_FALSE(offline.history(url, std::string(40, 'd')));
}

TEST_F(Kept, Tags_are_asked_for_again_after_a_while) {
  network.add(url, "v1", {});
  const RepositoryRefs first = kept.refs(url).value();
  EXPECT_EQ(first.asked, Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)));
  EXPECT_TRUE(kept.refs(url).value().from_cache);
  clock.time += std::chrono::hours(1);
  network.add(url, "v2", {});
  EXPECT_THAT(kept.refs(url).value().tags, SizeIs(2));
  EXPECT_THAT(offline.refs(url).value().tags, SizeIs(2));
}

TEST_F(Kept, That_there_is_none_is_an_answer_too) {
  EXPECT_EQ(kept.refs(url).error().kind, ErrorKind::missing);
  EXPECT_EQ(offline.refs(url).error().kind, ErrorKind::missing);
  EXPECT_EQ(kept.tree(url, std::string(40, 'd')).error().kind, ErrorKind::missing);
  EXPECT_EQ(offline.tree(url, std::string(40, 'd')).error().kind, ErrorKind::missing);
  EXPECT_THAT(network.questions, SizeIs(2));
}

TEST_F(Kept, A_repository_that_cannot_be_reached_leaves_what_was_known) {
  network.add(url, "v1", {});
  ASSERT_TRUE(kept.refs(url));
  clock.time += std::chrono::hours(1);
  network.error = Error{ErrorKind::network, "no route"};
  EXPECT_TRUE(kept.refs(url).value().from_cache);
  network.error = Error{ErrorKind::limit, "too large"};
  EXPECT_EQ(kept.refs(url).error().kind, ErrorKind::limit);
}

TEST_F(Kept, Offline_nobody_is_asked) {
  const std::string commit = network.add(url, "v1", {{"a.js", "one\n"}});
  const std::vector<std::string> ids = {blob_id("one\n")};
  EXPECT_THAT(offline.refs(url).error().message, HasSubstr("--offline"));
  EXPECT_THAT(offline.tree(url, commit).error().message, HasSubstr("--offline"));
  EXPECT_THAT(offline.contents(url, commit, ids).error().message, HasSubstr("--offline"));
  EXPECT_THAT(network.questions, SizeIs(0));
}

TEST_F(Kept, Contents_that_are_not_those_of_their_id_are_not_believed) {
  const std::string commit = network.add(url, "v1", {{"a.js", "one\n"}});
  const std::vector<std::string> ids = {blob_id("one\n")};
  ASSERT_TRUE(kept.contents(url, commit, ids));
  for (auto& [name, response] : store.kept) response.body = "other";
  EXPECT_EQ(kept.contents(url, commit, ids).value().at(ids[0]), "one\n");
}

}  // namespace
}  // namespace assay
