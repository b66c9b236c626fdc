#include "ecosystems/registry/url.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Url, TakesAUrlApart) {
  const Result<Url> url = parse_url("HTTPS://u:p%40@Host.Example.TEST:8443/a/./b/../c?q=1#frag=2");
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, (Url{true, "u:p%40", "host.example.test", "8443", "/a/c", "q=1", "frag=2"}));
  EXPECT_EQ(request_text(*url), "https://host.example.test:8443/a/c?q=1");
}

TEST(Url, TheSchemesOwnPortIsNoPort) {
  EXPECT_EQ(parse_url("https://h.example.test:443")->port, "");
  EXPECT_EQ(parse_url("http://h.example.test:443")->port, "443");
  EXPECT_TRUE(
      same_origin(*parse_url("http://a.example.test:80/x"), *parse_url("http://A.example.test")));
  EXPECT_FALSE(
      same_origin(*parse_url("http://a.example.test"), *parse_url("https://a.example.test")));
  EXPECT_FALSE(
      same_origin(*parse_url("http://a.example.test:81"), *parse_url("http://a.example.test")));
}

TEST(Url, TheHostIsWhatFollowsTheLastAt) {
  EXPECT_EQ(parse_url("https://good.example.test@evil.example.test/")->host, "evil.example.test");
  EXPECT_EQ(parse_url("https://[2001:db8::1]:8080/")->host, "[2001:db8::1]");
}

TEST(Url, RefusesWhatIsNoHttpUrl) {
  for (const char* text :
       {"", "ftp://h/", "file:///etc/passwd", "javascript:1", "https://", "https:///a",
        "https://:80/", "http://h:99999999/", "http://h:x/", "http://h /", "http://h/\r\nX: y",
        "http://h\\@evil/", "http://[::1/", "http://a[b]/", "//h/a"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
  EXPECT_FALSE(parse_url("https://h/" + std::string(9000, 'a')));
}

TEST(Url, ResolvesReferencesAsRfc3986Does) {
  const Url base = *parse_url("https://h.example.test/a/b/c?q");
  const auto resolved = [&](std::string_view reference) {
    return request_text(*resolve_url(base, reference));
  };
  EXPECT_EQ(resolved("d"), "https://h.example.test/a/b/d");
  EXPECT_EQ(resolved("../d"), "https://h.example.test/a/d");
  EXPECT_EQ(resolved("../../../../d"), "https://h.example.test/d");
  EXPECT_EQ(resolved("/d?e"), "https://h.example.test/d?e");
  EXPECT_EQ(resolved("."), "https://h.example.test/a/b/");
  EXPECT_EQ(resolved(".."), "https://h.example.test/a/");
  EXPECT_EQ(resolved("?e"), "https://h.example.test/a/b/c?e");
  EXPECT_EQ(resolved(""), "https://h.example.test/a/b/c?q");
  EXPECT_EQ(resolved("//other.example.test/d"), "https://other.example.test/d");
  EXPECT_EQ(resolved("http://other.example.test"), "http://other.example.test/");
  EXPECT_FALSE(resolve_url(base, "ftp://other.example.test/"));
}

TEST(Url, EncodesWhatWouldLeaveItsPlaceInAPath) {
  EXPECT_EQ(percent_encode("scope/na me?#%~._-"), "scope%2fna%20me%3f%23%25~._-");
  EXPECT_EQ(percent_decode("%40a%2Fb%2fc%zz%4"), "@a/b/c%zz%4");
}

TEST(Url, ShownUrlsHoldNoSecrets) {
  EXPECT_EQ(url_for_display("https://u:secret@h.example.test/a?token=secret"),
            "https://h.example.test/a");
  EXPECT_EQ(url_for_display("secret"), "(not a URL)");
}

}  // namespace
}  // namespace assay
