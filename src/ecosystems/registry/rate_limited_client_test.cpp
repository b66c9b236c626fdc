#include "ecosystems/registry/rate_limited_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/registry/memory_http_for_test.h"
#include "ecosystems/registry/memory_store_for_test.h"

namespace assay {
namespace {

using testing::SizeIs;

constexpr const char* url = "https://api.forge.example.test/repos/ann/widget";
constexpr const char* search = "https://api.forge.example.test/search/issues?q=x";

struct RateLimited : testing::Test {
  MemoryHttp http;
  SetClock clock;
  RateLimitedClient client{http, clock};

  Result<HttpResponse> get(const std::string& address) {
    HttpRequest request;
    request.url = address;
    return client.get(request);
  }
  std::string at(std::chrono::seconds later) const {
    const auto time = std::chrono::floor<std::chrono::seconds>(clock.time) + later;
    return std::to_string(time.time_since_epoch().count());
  }
};

TEST_F(RateLimited, Says_when_it_may_be_asked_again_and_asks_nobody_before) {
  http.add(url, MemoryHttp::response(403, "",
                                     {{"x-ratelimit-remaining", "0"},
                                      {"x-ratelimit-reset", at(std::chrono::hours(1))}}));
  http.add(url, "{}");
  const Error error{ErrorKind::network, "rate limit, resets at 2026-01-01T01:00:00Z"};
  EXPECT_EQ(get(url).error(), error);
  EXPECT_EQ(get(url).error(), error);
  EXPECT_THAT(http.requests, SizeIs(1));
  clock.time += std::chrono::hours(2);
  EXPECT_TRUE(get(url));
}

TEST_F(RateLimited, Searching_has_a_limit_of_its_own) {
  http.add(search, MemoryHttp::response(429, "", {{"retry-after", "30"}}));
  http.add(url, "{}");
  EXPECT_EQ(get(search).error().message, "rate limit, resets at 2026-01-01T00:00:30Z");
  EXPECT_TRUE(get(url));
}

TEST_F(RateLimited, The_last_answer_counts_and_the_next_question_waits) {
  http.add(url, MemoryHttp::response(200, "{}",
                                     {{"ratelimit-remaining", "0"},
                                      {"ratelimit-reset", at(std::chrono::minutes(5))}}));
  EXPECT_TRUE(get(url));
  EXPECT_FALSE(get(url));
}

TEST_F(RateLimited, Other_refusals_are_handed_on) {
  http.add(url, MemoryHttp::response(403, "too large"));
  EXPECT_EQ(get(url)->status, 403);
  EXPECT_EQ(get(url)->status, 403);
  EXPECT_THAT(http.requests, SizeIs(2));
}

TEST_F(RateLimited, Wild_times_are_bounded) {
  http.add(url, MemoryHttp::response(429, "", {{"retry-after", "99999999999"}}));
  EXPECT_EQ(get(url).error().message, "rate limit, resets at 2026-01-02T00:00:00Z");
  http.add(search, MemoryHttp::response(429, "", {{"x-ratelimit-reset", "soon"}}));
  EXPECT_EQ(get(search).error().message, "rate limit, resets at 2026-01-01T00:01:00Z");
}

}  // namespace
}  // namespace assay
