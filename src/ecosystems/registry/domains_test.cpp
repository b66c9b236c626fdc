#include "ecosystems/registry/domains.h"

#include <gtest/gtest.h>

#include "ecosystems/registry/memory_http_for_test.h"

namespace assay {
namespace {

TEST(MailDomain, Is_what_stands_behind_the_last_at_sign_and_is_a_public_name) {
  EXPECT_EQ(domain_of_mail("ann@Some-Domain.dev"), "some-domain.dev");
  EXPECT_EQ(domain_of_mail("\"a@b\"@some.domain.dev "), "some.domain.dev");
  for (const std::string_view none :
       {"", "ann", "@x.dev", "ann@", "ann@dev", "ann@.dev", "ann@dev.", "ann@some domain.dev",
        "ann@x_y.dev", "ann@mail.example.test", "ann@example.com", "ann@box.local"}) {
    EXPECT_EQ(domain_of_mail(none), "") << none;
  }
}

TEST(Rdap, Tells_when_a_domain_was_registered) {
  MemoryHttp http;
  NetworkDomains domains(http, "https://rdap.example.test/");
  http.add("https://rdap.example.test/domain/some-domain.dev",
           R"({"events": [{"eventAction": "expiration", "eventDate": "2030-01-01T00:00:00Z"},
                          {"eventAction": "registration", "eventDate": "2025-12-24T00:00:00Z"}]})");
  const Known<Time> since = domains.registered_since("some-domain.dev");
  ASSERT_TRUE(since) << since.reason();
  EXPECT_EQ(format_date(*since), "2025-12-24");
}

TEST(Rdap, Whatever_else_it_says_is_unknown_with_the_reason) {
  MemoryHttp http;
  NetworkDomains domains(http, "https://rdap.example.test/");
  EXPECT_FALSE(domains.registered_since("absent.dev"));
  http.add("https://rdap.example.test/domain/broken.dev", "{");
  EXPECT_FALSE(domains.registered_since("broken.dev"));
  http.add("https://rdap.example.test/domain/odd.dev",
           R"({"events": [3, {"eventAction": "registration"}, {"eventAction": 1}]})");
  EXPECT_FALSE(domains.registered_since("odd.dev"));
  http.add("https://rdap.example.test/domain/gone.dev", fail(ErrorKind::network, "no route"));
  EXPECT_EQ(domains.registered_since("gone.dev").reason(), "no route");
  EXPECT_FALSE(NetworkDomains(http, "").registered_since("some-domain.dev"));
}

}  // namespace
}  // namespace assay
