#include "rules/destinations.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay::rules {
namespace {

HostKind kind_of(std::string_view target) { return destination_of(target).kind; }

TEST(Destinations, Parts_of_a_url_are_told_apart) {
  const Destination destination = destination_of("https://user@Host.Example.test:8443/a?b=c");
  EXPECT_EQ(destination.host, "host.example.test");
  EXPECT_EQ(destination.path, "/a?b=c");
  EXPECT_EQ(destination.kind, HostKind::ordinary);
  EXPECT_TRUE(destination.host_is_constant);
}

TEST(Destinations, A_host_that_could_not_be_computed_is_unknown) {
  EXPECT_EQ(kind_of(std::string(hole) + "/download"), HostKind::unknown);
  EXPECT_EQ(kind_of("https://" + std::string(hole) + "/download"), HostKind::unknown);
  EXPECT_EQ(kind_of(""), HostKind::unknown);
}

TEST(Destinations, A_name_that_ends_in_a_hole_or_in_a_public_suffix_is_unknown) {
  EXPECT_EQ(kind_of("https://api." + std::string(hole) + "/v1"), HostKind::unknown);
  EXPECT_EQ(kind_of("https://" + std::string(hole) + ".com/"), HostKind::unknown);
  EXPECT_EQ(kind_of(std::string(hole) + "-0." + std::string(hole)), HostKind::unknown);
}

TEST(Destinations, A_computed_part_does_not_hide_the_rest_of_the_name) {
  const Destination destination =
      destination_of("http://" + std::string(hole) + ".sample.oast.fun/");
  EXPECT_EQ(destination.kind, HostKind::request_bin);
  EXPECT_FALSE(destination.host_is_constant);
  EXPECT_EQ(kind_of(std::string(hole) + ".collect.example.test"), HostKind::ordinary);
}

TEST(Destinations, Public_addresses_are_bare_and_private_ones_are_local) {
  EXPECT_EQ(kind_of("http://192.0.2.10:8080/x"), HostKind::raw_address);
  EXPECT_EQ(kind_of("192.0.2.10:4444"), HostKind::raw_address);
  EXPECT_EQ(kind_of("http://3221225994/"), HostKind::raw_address);
  EXPECT_EQ(kind_of("http://[2001:db8::1]/"), HostKind::raw_address);
  for (const char* local : {"127.0.0.1:80", "http://10.1.2.3/", "http://172.20.0.1/",
                            "http://192.168.1.1", "http://localhost:3000", "http://[::1]:80/",
                            "http://printer.local/", "8.8.8.8:53", "http://0.0.0.0:8000"}) {
    EXPECT_EQ(kind_of(local), HostKind::local) << local;
  }
  EXPECT_EQ(kind_of("http://169.254.169.254/latest/meta-data"), HostKind::metadata_service);
}

TEST(Destinations, A_webhook_needs_its_token) {
  EXPECT_EQ(kind_of("https://discord.com/api/webhooks/0/sample"), HostKind::chat_webhook);
  EXPECT_EQ(kind_of("https://canary.discord.com/api/webhooks/0/sample"), HostKind::chat_webhook);
  EXPECT_EQ(kind_of("https://discord.com/api/webhooks/" + std::string(hole)), HostKind::ordinary);
  EXPECT_EQ(kind_of("https://discord.com/api/v10/gateway"), HostKind::ordinary);
  EXPECT_EQ(kind_of("https://api.telegram.org/bot0:sample/sendMessage"), HostKind::chat_webhook);
  EXPECT_EQ(kind_of("https://api.telegram.org/bot" + std::string(hole) + "/x"), HostKind::ordinary);
}

TEST(Destinations, Another_name_with_the_same_ending_is_another_host) {
  EXPECT_EQ(kind_of("https://notpastebin.com/raw/a"), HostKind::ordinary);
  EXPECT_EQ(kind_of("https://pastebin.com/raw/a"), HostKind::paste);
  EXPECT_EQ(kind_of("https://pastebin.com.example.test/"), HostKind::ordinary);
}

TEST(Destinations, The_longest_name_counts) {
  EXPECT_EQ(kind_of("https://gist.githubusercontent.com/a/raw/b"), HostKind::paste);
  EXPECT_EQ(kind_of("https://raw.githubusercontent.com/a/b/main/c"), HostKind::code_host);
}

}  // namespace
}  // namespace assay::rules
