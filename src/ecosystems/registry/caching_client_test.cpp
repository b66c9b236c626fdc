#include "ecosystems/registry/caching_client.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "ecosystems/registry/memory_http_for_test.h"
#include "ecosystems/registry/memory_store_for_test.h"

namespace assay {
namespace {

using namespace std::chrono_literals;

constexpr const char* url = "https://npm.example.test/adds";

HttpRequest request(CacheUse use) {
  HttpRequest request;
  request.url = url;
  request.cache = use;
  return request;
}

struct CachingClientTest : testing::Test {
  MemoryHttp network;
  MemoryStore store;
  SetClock clock;
  CachingClient client{&network, store, clock, 10min};
  CachingClient offline{nullptr, store, clock};
};

TEST_F(CachingClientTest, A_document_is_asked_for_again_when_it_is_no_longer_fresh) {
  network.add(url, "one");
  network.add(url, "two");
  EXPECT_EQ(client.get(request(CacheUse::document))->body, "one");
  clock.time += 9min;
  const Result<HttpResponse> kept = client.get(request(CacheUse::document));
  EXPECT_EQ(kept->body, "one");
  EXPECT_TRUE(kept->from_cache);
  EXPECT_EQ(clock.time - *kept->asked, 9min);
  clock.time += 2min;
  EXPECT_EQ(client.get(request(CacheUse::document))->body, "two");
}

TEST_F(CachingClientTest, An_old_document_is_used_when_the_network_fails) {
  network.add(url, "one");
  network.add(url, fail(ErrorKind::network, "no route"));
  ASSERT_TRUE(client.get(request(CacheUse::document)));
  clock.time += 24h;
  const Result<HttpResponse> kept = client.get(request(CacheUse::document));
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->from_cache);
  EXPECT_EQ(clock.time - *kept->asked, 24h);
}

TEST_F(CachingClientTest, Offline_anything_kept_is_answered_and_nothing_else) {
  const Result<HttpResponse> before = offline.get(request(CacheUse::document));
  ASSERT_FALSE(before);
  EXPECT_NE(before.error().message.find("--offline"), std::string::npos);
  network.add(url, "one");
  ASSERT_TRUE(client.get(request(CacheUse::document)));
  clock.time += 24h * 400;
  EXPECT_EQ(offline.get(request(CacheUse::document))->body, "one");
  EXPECT_EQ(network.requests.size(), 1u);
}

TEST_F(CachingClientTest, What_has_not_changed_is_not_sent_again) {
  network.add(url, MemoryHttp::response(200, "one", {{"etag", "\"v1\""}}));
  network.add(url, MemoryHttp::response(304));
  ASSERT_TRUE(client.get(request(CacheUse::document)));
  clock.time += 1h;
  const Result<HttpResponse> confirmed = client.get(request(CacheUse::document));
  EXPECT_EQ(confirmed->body, "one");
  EXPECT_FALSE(confirmed->from_cache);
  EXPECT_EQ(network.requests.back().headers.back().second, "\"v1\"");
}

TEST_F(CachingClientTest, Archives_never_change_and_requests_that_do_not_ask_are_never_kept) {
  network.add(url, "bytes");
  ASSERT_TRUE(client.get(request(CacheUse::artifact)));
  clock.time += 24h * 400;
  ASSERT_TRUE(client.get(request(CacheUse::artifact)));
  EXPECT_EQ(network.requests.size(), 1u);
  HttpRequest other = request(CacheUse::none);
  other.url = "https://npm.example.test/other";
  ASSERT_TRUE(client.get(other));
  EXPECT_EQ(store.kept.size(), 1u);
}

TEST_F(CachingClientTest, Answers_to_other_credentials_are_other_answers) {
  network.add(url, "mine");
  ASSERT_TRUE(client.get(request(CacheUse::document)));
  HttpRequest other = request(CacheUse::document);
  other.authorization = "Bearer x";
  ASSERT_TRUE(client.get(other));
  EXPECT_EQ(network.requests.size(), 2u);
}

struct DiskStoreTest : testing::Test {
  void SetUp() override { std::filesystem::remove_all(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::string folder = testing::TempDir() + "assay-disk-store-test";
};

TEST_F(DiskStoreTest, Gives_back_what_it_was_given_and_nothing_damaged) {
  HttpResponse response = MemoryHttp::response(200, "a\n\nb", {{"etag", "\"v\""}, {"x", "y"}});
  response.url = url;
  response.asked = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  DiskStore store(folder);
  EXPECT_FALSE(store.load("aa"));
  store.save("aa", response);
  const std::optional<HttpResponse> kept = store.load("aa");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->body, "a\n\nb");
  EXPECT_EQ(kept->header("etag"), "\"v\"");
  EXPECT_EQ(kept->asked, response.asked);
  std::ofstream(folder + "/bb") << "assay-answer-1\n200\n2026-01-01T00:00:00Z\nhttps://x\netag: 1";
  EXPECT_FALSE(store.load("bb"));
  std::ofstream(folder + "/cc") << "something else";
  EXPECT_FALSE(store.load("cc"));
}

}  // namespace
}  // namespace assay
