#include "ecosystems/registry/curl_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "ecosystems/registry/loopback_server_for_test.h"
#include "ecosystems/registry/polite_client.h"

namespace assay {
namespace {

using testing::HasSubstr;
using testing::Not;

HttpRequest request_for(const std::string& url) {
  HttpRequest request;
  request.url = url;
  request.route.no_proxy = "*";  // The machine's own proxy has no part in a test.
  return request;
}

std::string ok(std::string_view body, std::string_view headers = "") {
  return "HTTP/1.1 200 OK\r\nConnection: close\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// 100,000 zeros as gzip.
std::string zeros_as_gzip() {
  const std::string_view start(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31"
      "\x01\x00\x00\x00\xc2\xa0\xf5\x4f\x6d\x0d\x0f\xa0",
      25);
  const std::string_view end("\x80\x57\x03\x7d\x95\x11\xd4\xa0\x86\x01\x00", 11);
  return std::string(start) + std::string(96, '\0') + std::string(end);
}

TEST(CurlClient, GivesStatusHeadersAndBody) {
  LoopbackServer server([](const std::string&) { return ok("hello", "X-Thing:  a b \r\n"); });
  CurlClient client("assay-test");
  HttpRequest request = request_for(server.url("/a?b=c"));
  request.headers = {{"Accept", "application/json"}};
  const Result<HttpResponse> response = client.get(request);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->header("x-thing"), "a b");
  EXPECT_EQ(response->url, server.url("/a?b=c"));
  EXPECT_THAT(server.heads()[0], HasSubstr("GET /a?b=c HTTP/1.1\r\n"));
  EXPECT_THAT(server.heads()[0], HasSubstr("User-Agent: assay-test\r\n"));
  EXPECT_THAT(server.heads()[0], HasSubstr("Accept: application/json\r\n"));
}

TEST(CurlClient, NeverSendsAUserNameThatStandsInTheUrl) {
  LoopbackServer server([](const std::string&) { return ok(""); });
  CurlClient client;
  const std::string url = replace_all(server.url("/"), "http://", "http://user:secret@");
  ASSERT_TRUE(client.get(request_for(url)));
  EXPECT_THAT(server.heads()[0], Not(HasSubstr("Authorization")));
}

TEST(CurlClient, AnswersOfAnyStatusAreAnswers) {
  LoopbackServer server([](const std::string&) {
    return std::string("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
  });
  CurlClient client;
  const Result<HttpResponse> response = client.get(request_for(server.url()));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->body, "no");
}

TEST(CurlClient, RefusesABodyThatIsAnnouncedTooLarge) {
  LoopbackServer server([](const std::string&) { return ok(std::string(2000, 'x')); });
  CurlClient client;
  HttpRequest request = request_for(server.url());
  request.limits.body_bytes = 1999;
  const Result<HttpResponse> response = client.get(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::limit);
  EXPECT_THAT(response.error().message, HasSubstr("exceeds 1999 bytes"));
}

TEST(CurlClient, StopsABodyOfUnknownLengthAtTheLimit) {
  LoopbackServer server([](const std::string&) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(8 << 20, 'x');
  });
  CurlClient client;
  HttpRequest request = request_for(server.url());
  request.limits.body_bytes = 1 << 20;
  const Result<HttpResponse> response = client.get(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::limit);
}

TEST(CurlClient, CountsTheLimitAfterContentDecoding) {
  LoopbackServer server(
      [](const std::string&) { return ok(zeros_as_gzip(), "Content-Encoding: gzip\r\n"); });
  CurlClient client;
  HttpRequest request = request_for(server.url());
  request.limits.body_bytes = 50'000;
  const Result<HttpResponse> response = client.get(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::limit);
}

TEST(CurlClient, LeavesAnArchivesOwnBytesAlone) {
  LoopbackServer server(
      [](const std::string&) { return ok(zeros_as_gzip(), "Content-Encoding: gzip\r\n"); });
  CurlClient client;
  HttpRequest request = request_for(server.url());
  request.accepts_compression = false;
  const Result<HttpResponse> response = client.get(request);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, zeros_as_gzip());
  EXPECT_THAT(server.heads()[0], Not(HasSubstr("Accept-Encoding")));
}

TEST(CurlClient, EndlessHeadersAreStopped) {
  LoopbackServer server([](const std::string&) {
    std::string answer = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 20'000; ++i) answer += "X-Filler: 0123456789012345678901234567890\r\n";
    return answer + "\r\n";
  });
  CurlClient client;
  EXPECT_FALSE(client.get(request_for(server.url())));
}

TEST(CurlClient, ABodyThatIsCutShortIsAFaultOfTheNetwork) {
  LoopbackServer server([](const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  });
  CurlClient client;
  const Result<HttpResponse> response = client.get(request_for(server.url()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::network);
}

TEST(CurlClient, AClosedPortIsAFaultOfTheNetwork) {
  std::string url;
  {
    url = LoopbackServer([](const std::string&) { return std::string(); }).url();
  }
  CurlClient client;
  const Result<HttpResponse> response = client.get(request_for(url));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::network);
}

TEST(CurlClient, AServerWithoutTlsIsNoHttpsServer) {
  LoopbackServer server([](const std::string&) { return ok("plain"); });
  CurlClient client;
  EXPECT_FALSE(client.get(request_for(replace_all(server.url(), "http:", "https:"))));
}

TEST(CurlClient, RefusesHeadersThatHoldALineEnd) {
  LoopbackServer server([](const std::string&) { return ok(""); });
  CurlClient client;
  HttpRequest request = request_for(server.url());
  request.authorization = "Bearer a\r\nX-More: b";
  EXPECT_FALSE(client.get(request));
  EXPECT_TRUE(server.heads().empty());
}

TEST(CurlClient, SaysWhenTheFileOfAuthoritiesIsMissing) {
  CurlClient client;
  HttpRequest request = request_for("https://registry.example.test/");
  request.route.extra_ca_file = "/nonexistent/ca.pem";
  const Result<HttpResponse> response = client.get(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::environment);
  EXPECT_THAT(response.error().message, HasSubstr("/nonexistent/ca.pem"));
}

TEST(CurlClient, TellsHowFarADownloadIs) {
  LoopbackServer server([](const std::string&) { return ok(std::string(300'000, 'x')); });
  CurlClient client;
  HttpRequest request = request_for(server.url());
  std::uint64_t last = 0;
  request.on_progress = [&](std::uint64_t received, std::uint64_t expected) {
    last = received;
    EXPECT_TRUE(expected == 300'000 || received == 0);
  };
  ASSERT_TRUE(client.get(request));
  EXPECT_EQ(last, 300'000u);
}

TEST(CurlClient, ManyThreadsMayAskAtOnce) {
  LoopbackServer server([](const std::string&) { return ok("x"); });
  CurlClient client;
  std::vector<int> statuses(8);
  std::vector<std::thread> threads;
  for (int& status : statuses) {
    threads.emplace_back([&] {
      const Result<HttpResponse> response = client.get(request_for(server.url()));
      status = response ? response->status : -1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(statuses, testing::Each(200));
}

TEST(CurlClient, RedirectsToAnotherPortLoseTheCredentials) {
  LoopbackServer files([](const std::string&) { return ok("file"); });
  LoopbackServer registry([&](const std::string& head) {
    if (contains(head, "GET /here")) {
      return "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + files.url("/f") + "\r\n\r\n";
    }
    return std::string("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /here\r\n\r\n");
  });
  CurlClient curl;
  PoliteClient client(curl, {}, [](std::chrono::milliseconds) {});
  HttpRequest request = request_for(registry.url("/start"));
  request.authorization = "Bearer secret";
  const Result<HttpResponse> response = client.get(request);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "file");
  EXPECT_EQ(response->url, files.url("/f"));
  for (const std::string& head : registry.heads()) EXPECT_THAT(head, HasSubstr("Bearer secret"));
  EXPECT_THAT(files.heads()[0], Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace assay
