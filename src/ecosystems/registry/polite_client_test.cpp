#include "ecosystems/registry/polite_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <barrier>
#include <mutex>
#include <thread>
#include <vector>

#include "ecosystems/registry/memory_http_for_test.h"

namespace assay {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto base = "https://registry.example.test/a";

class PoliteClientTest : public testing::Test {
 protected:
  Result<HttpResponse> get(const std::string& url = base, const std::string& authorization = "") {
    PoliteClient client(http, {}, [this](milliseconds time) { pauses.push_back(time); });
    HttpRequest request;
    request.url = url;
    request.authorization = authorization;
    return client.get(request);
  }
  static HttpResponse redirect(const std::string& to, int status = 302) {
    return MemoryHttp::response(status, "", {{"location", to}});
  }

  MemoryHttp http;
  std::vector<milliseconds> pauses;
};

TEST_F(PoliteClientTest, ThrottledRequestsAreTriedAgainAfterGrowingPauses) {
  http.add(base, MemoryHttp::response(503));
  http.add(base, MemoryHttp::response(429));
  http.add(base, "done");
  EXPECT_EQ(get()->body, "done");
  EXPECT_THAT(pauses, ElementsAre(milliseconds(500), milliseconds(1000)));
}

TEST_F(PoliteClientTest, ConnectionFaultsAreTriedAgain) {
  http.add(base, fail(ErrorKind::network, "cut"));
  http.add(base, "done");
  EXPECT_EQ(get()->body, "done");
}

TEST_F(PoliteClientTest, GivesUpAfterFourTries) {
  http.add(base, fail(ErrorKind::network, "cut"));
  EXPECT_EQ(get().error().message, "cut");
  EXPECT_EQ(http.requests.size(), 4u);
  EXPECT_EQ(pauses.size(), 3u);
}

TEST_F(PoliteClientTest, WaitsAsLongAsTheServerAsksWithinReason) {
  http.add(base, MemoryHttp::response(429, "", {{"retry-after", "7"}}));
  http.add(base, MemoryHttp::response(429, "", {{"retry-after", "999999"}}));
  http.add(base, MemoryHttp::response(429, "", {{"retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"}}));
  http.add(base, "done");
  EXPECT_EQ(get()->body, "done");
  EXPECT_THAT(pauses, ElementsAre(milliseconds(7000), milliseconds(20'000), milliseconds(2000)));
}

TEST_F(PoliteClientTest, WhatAnotherTryCannotMendIsNotTriedAgain) {
  http.add(base, fail(ErrorKind::limit, "too large"));
  EXPECT_FALSE(get());
  EXPECT_EQ(get("https://registry.example.test/absent")->status, 404);
  EXPECT_EQ(http.requests.size(), 2u);
  EXPECT_THAT(pauses, IsEmpty());
}

TEST_F(PoliteClientTest, FollowsRelativeRedirectsWithCredentials) {
  http.add(base, redirect("b/../c?d=e"));
  http.add("https://registry.example.test/c?d=e", "there");
  const Result<HttpResponse> response = get(base, "Bearer t");
  EXPECT_EQ(response->body, "there");
  EXPECT_EQ(response->url, "https://registry.example.test/c?d=e");
  EXPECT_EQ(http.requests[1].authorization, "Bearer t");
}

TEST_F(PoliteClientTest, CredentialsStayWithTheirHost) {
  http.add(base, redirect("https://files.example.test/b"));
  http.add("https://files.example.test/b", redirect("https://registry.example.test/c"));
  http.add("https://registry.example.test/c", "there");
  EXPECT_EQ(get(base, "Bearer t")->body, "there");
  EXPECT_EQ(http.requests[1].authorization, "");
  EXPECT_EQ(http.requests[2].authorization, "");  // Once another host had its say, never again.
}

TEST_F(PoliteClientTest, NeverGoesFromHttpsToHttp) {
  http.add(base, redirect("http://registry.example.test/a"));
  const Result<HttpResponse> response = get();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::refused);
  EXPECT_THAT(response.error().message, HasSubstr("from https to http"));
}

TEST_F(PoliteClientTest, FollowsNoRedirectToAnotherScheme) {
  http.add(base, redirect("file:///etc/passwd"));
  EXPECT_FALSE(get());
  EXPECT_EQ(http.requests.size(), 1u);
}

TEST_F(PoliteClientTest, StopsAfterFiveRedirects) {
  http.add(base, redirect(base));
  const Result<HttpResponse> response = get();
  ASSERT_FALSE(response);
  EXPECT_THAT(response.error().message, HasSubstr("more than 5 times"));
  EXPECT_EQ(http.requests.size(), 6u);
}

// Answers once two requests are there, and counts how many were at once.
class PairedHttp final : public HttpClient {
 public:
  int most = 0;

  Result<HttpResponse> get(const HttpRequest&) override {
    {
      const std::lock_guard lock(mutex_);
      most = std::max(most, ++now_);
    }
    pair_.arrive_and_wait();
    const std::lock_guard lock(mutex_);
    --now_;
    return MemoryHttp::response(200);
  }

 private:
  std::mutex mutex_;
  int now_ = 0;
  std::barrier<> pair_{2};
};

TEST(PoliteClient, OnlyAFewThreadsAskOneHostAtOnce) {
  PairedHttp exchange;
  RetryPolicy policy;
  policy.at_once = 2;
  PoliteClient client(exchange, policy);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        HttpRequest request;
        request.url = "https://registry.example.test/a";
        EXPECT_TRUE(client.get(request));
      });
    }
  }
  EXPECT_LE(exchange.most, 2);
}

TEST_F(PoliteClientTest, ARedirectThatNamesNoPlaceIsAnAnswer) {
  http.add(base, MemoryHttp::response(302));
  EXPECT_EQ(get()->status, 302);
}

}  // namespace
}  // namespace assay
