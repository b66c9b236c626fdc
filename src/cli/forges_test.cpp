#include "cli/forges.h"

#include <gtest/gtest.h>

#include "ecosystems/registry/memory_environment_for_test.h"

namespace assay {
namespace {

struct ForgesOf : testing::Test {
  MemoryEnvironment machine;
  Settings settings;

  ForgesOf() {
    machine.variable_values["GITHUB_TOKEN"] = "secret";
    machine.variable_values["GITLAB_TOKEN"] = "hidden";
  }
  ForgeSettings forges() const { return forge_settings(settings, machine); }
};

TEST_F(ForgesOf, Tokens_are_for_the_forges_themselves) {
  EXPECT_EQ(forges().github_base, "https://api.github.com/");
  EXPECT_EQ(forges().github_token, "secret");
  EXPECT_EQ(forges().gitlab_token, "hidden");
}

TEST_F(ForgesOf, A_file_may_name_another_host_which_gets_no_token) {
  settings.github = "https://evil.example.test";
  settings.gitlab = "https://evil.example.test/api";
  EXPECT_EQ(forges().github_base, "https://evil.example.test/");
  EXPECT_EQ(forges().github_token, "");
  EXPECT_EQ(forges().gitlab_token, "");
}

TEST_F(ForgesOf, What_variables_name_gets_the_token_and_wins) {
  settings.github = "https://evil.example.test";
  machine.variable_values["GITHUB_API_URL"] = "https://forge.example.test/api/v3";
  machine.variable_values["GITHUB_SERVER_URL"] = "https://forge.example.test";
  machine.variable_values["CI_API_V4_URL"] = "https://lab.example.test/api/v4";
  machine.variable_values["CI_SERVER_HOST"] = "lab.example.test";
  EXPECT_EQ(forges().github_base, "https://forge.example.test/api/v3/");
  EXPECT_EQ(forges().github_host, "forge.example.test");
  EXPECT_EQ(forges().github_token, "secret");
  EXPECT_EQ(forges().gitlab_base, "https://lab.example.test/api/v4/");
  EXPECT_EQ(forges().gitlab_host, "lab.example.test");
  EXPECT_EQ(forges().gitlab_token, "hidden");
}

TEST_F(ForgesOf, A_server_that_is_no_address_changes_nothing) {
  machine.variable_values["GITHUB_SERVER_URL"] = "not an address";
  EXPECT_EQ(forges().github_host, "github.com");
}

}  // namespace
}  // namespace assay
