#include "ecosystems/pypi/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "ecosystems/pypi/uv_config.h"
#include "ecosystems/registry/memory_environment_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PypiConfigTest : public testing::Test {
 protected:
  std::vector<std::string> urls() {
    const Result<PypiConfig> config = PypiConfig::load(machine);
    if (!config) return {config.error().message};
    std::vector<std::string> found;
    for (const PypiIndexAddress& index : config->indexes()) found.push_back(index.url);
    return found;
  }
  MemoryEnvironment machine;
};

TEST_F(PypiConfigTest, EachFileOfTheChainHidesTheOnesBelow) {
  machine.install("/usr/bin/python3", "https://default.example.test/simple\n");
  EXPECT_THAT(urls(), ElementsAre("https://default.example.test/simple/"));
  machine.files["/home/u/.config/uv/uv.toml"] = "index-url = \"https://uv.example.test/simple\"";
  EXPECT_THAT(urls(), ElementsAre("https://uv.example.test/simple/"));
  machine.files["/etc/pip.conf"] = "[global]\nindex-url = https://global.example.test/simple\n";
  EXPECT_THAT(urls(), ElementsAre("https://global.example.test/simple/"));
  machine.files["/home/u/.config/pip/pip.conf"] =
      "[global]\nindex_url: https://user.example.test/s/\n";
  EXPECT_THAT(urls(), ElementsAre("https://user.example.test/s/"));
  machine.variable_values["VIRTUAL_ENV"] = "/venv";
  machine.files["/venv/pip.conf"] = "[global]\nindex-url = https://site.example.test//\n";
  EXPECT_THAT(urls(), ElementsAre("https://site.example.test/"));
  machine.variable_values["PIP_CONFIG_FILE"] = "/ci/pip.conf";
  machine.files["/ci/pip.conf"] = "[global]\nindex-url = https://ci.example.test/\n";
  EXPECT_THAT(urls(), ElementsAre("https://ci.example.test/"));
  machine.variable_values["PIP_INDEX_URL"] = "https://variable.example.test/";
  EXPECT_THAT(urls(), ElementsAre("https://variable.example.test/"));
}

TEST_F(PypiConfigTest, ACommandsSectionBeatsTheGlobalOneWhereverItStands) {
  machine.files["/etc/pip.conf"] = "[install]\nindex-url = https://install.example.test/\n";
  machine.files["/home/u/.config/pip/pip.conf"] =
      "[global]\nindex-url = https://user.example.test/\n";
  EXPECT_THAT(urls(), ElementsAre("https://install.example.test/"));
}

TEST_F(PypiConfigTest, DevNullSwitchesTheFilesOff) {
  machine.install("/usr/bin/python3", "https://default.example.test/simple\n");
  machine.files["/etc/pip.conf"] = "[global]\nindex-url = https://global.example.test/simple\n";
  machine.variable_values["PIP_CONFIG_FILE"] = "/dev/null";
  EXPECT_THAT(urls(), ElementsAre("https://default.example.test/simple/"));
}

TEST_F(PypiConfigTest, ExtraIndexesFollowTheMainOne) {
  machine.files["/etc/pip.conf"] =
      "[global]\nindex-url = https://a.example.test/\nextra-index-url =\n  "
      "https://b.example.test/\n"
      "  # comment\n  https://c.example.test/\n\thttps://a.example.test/\n";
  EXPECT_THAT(urls(), ElementsAre("https://a.example.test/", "https://b.example.test/",
                                  "https://c.example.test/"));
}

TEST_F(PypiConfigTest, PipIsAskedWithoutLettingTheFolderChooseTheModule) {
  machine.install("/usr/bin/python3", "https://default.example.test/simple\n");
  urls();
  ASSERT_EQ(machine.commands.size(), 1u);
  EXPECT_EQ(machine.commands[0][1], "-I");
  urls();
  EXPECT_EQ(machine.commands.size(), 1u);
}

TEST_F(PypiConfigTest, SaysWhatToSetWhenNothingIsKnown) {
  EXPECT_THAT(urls(), ElementsAre(HasSubstr("PIP_INDEX_URL")));
  machine.files["/usr/bin/python3"] = "";
  EXPECT_THAT(urls(), ElementsAre(HasSubstr("PIP_INDEX_URL")));
  machine.variable_values["PIP_INDEX_URL"] = "nonsense";
  EXPECT_THAT(urls(), ElementsAre(HasSubstr("not a URL")));
}

TEST_F(PypiConfigTest, NoIndexMeansThatThereIsNothingToAsk) {
  machine.variable_values["PIP_NO_INDEX"] = "1";
  EXPECT_EQ(PypiConfig::load(machine).error().kind, ErrorKind::usage);
}

TEST_F(PypiConfigTest, CredentialsOfTheUrlGoToItsOriginAlone) {
  machine.variable_values["PIP_INDEX_URL"] = "https://u%40x:p%2F@a.example.test/simple";
  const PypiConfig config = *PypiConfig::load(machine);
  const PypiIndexAddress& index = config.indexes()[0];
  EXPECT_EQ(index.url, "https://a.example.test/simple/");
  EXPECT_EQ(config.authorization_for("https://a.example.test/files/x", index),
            "Basic " + base64_encode("u@x:p/"));
  EXPECT_EQ(config.authorization_for("https://files.example.test/x", index), "");
  EXPECT_EQ(config.authorization_for("http://a.example.test/x", index), "");
}

TEST_F(PypiConfigTest, NetrcGivesCredentialsByHost) {
  machine.variable_values["PIP_INDEX_URL"] = "https://a.example.test/";
  machine.files["/home/u/.netrc"] =
      "machine files.example.test login u password p\ndefault login any password any";
  const PypiConfig config = *PypiConfig::load(machine);
  const PypiIndexAddress& index = config.indexes()[0];
  EXPECT_EQ(config.authorization_for("https://files.example.test/x", index),
            "Basic " + base64_encode("u:p"));
  EXPECT_EQ(config.authorization_for("http://files.example.test/x", index), "");
  EXPECT_EQ(config.authorization_for("https://a.example.test/x", index),
            "Basic " + base64_encode("any:any"));
  EXPECT_EQ(config.authorization_for("https://elsewhere.example.test/x", index), "");
}

TEST_F(PypiConfigTest, KnowsAuthoritiesAndProxies) {
  machine.files["/etc/pip.conf"] =
      "[global]\nindex-url = https://a.example.test/\nproxy = http://p.example.test:1\n";
  machine.variable_values["SSL_CERT_FILE"] = "/ssl.pem";
  EXPECT_EQ(PypiConfig::load(machine)->route().ca_file, "/ssl.pem");
  EXPECT_EQ(PypiConfig::load(machine)->route().proxy, "http://p.example.test:1");
  machine.variable_values["PIP_CERT"] = "/pip.pem";
  EXPECT_EQ(PypiConfig::load(machine)->route().ca_file, "/pip.pem");
}

TEST(UvConfig, ReadsIndexTables) {
  const std::string text =
      "[[index]]\nname = \"a\"\nurl = \"https://a.example.test/\"\n"
      "[[index]]\nurl = \"https://main.example.test/\"\ndefault = true\n"
      "[[index]]\nurl = \"https://pinned.example.test/\"\nexplicit = true\n";
  EXPECT_EQ(parse_uv_toml(text, ""),
            (UvIndexes{"https://main.example.test/", {"https://a.example.test/"}}));
  EXPECT_EQ(parse_uv_toml("[tool.uv]\nindex-url = \"https://p.example.test/\"\n"
                          "extra-index-url = [\"https://q.example.test/\", 1]",
                          "tool.uv"),
            (UvIndexes{"https://p.example.test/", {"https://q.example.test/"}}));
}

TEST(UvConfig, WhatIsNoTomlConfiguresNothing) {
  EXPECT_EQ(parse_uv_toml("[[index", ""), UvIndexes{});
  EXPECT_EQ(parse_uv_toml("index = 1\nindex-url = 2", ""), UvIndexes{});
  EXPECT_EQ(parse_uv_toml("a = " + std::string(100'000, '['), ""), UvIndexes{});
  EXPECT_EQ(parse_uv_toml("tool = 1", "tool.uv"), UvIndexes{});
}

TEST(UvConfig, VariablesComeBeforeTheProjectAndThatBeforeTheUser) {
  MemoryEnvironment machine;
  machine.files["/home/u/.config/uv/uv.toml"] = "index-url = \"https://user.example.test/\"";
  EXPECT_EQ(load_uv_indexes(machine).default_url, "https://user.example.test/");
  machine.files["/home/u/pyproject.toml"] =
      "[tool.uv]\nindex-url = \"https://project.example.test/\"";
  EXPECT_EQ(load_uv_indexes(machine).default_url, "https://project.example.test/");
  machine.variable_values["UV_DEFAULT_INDEX"] = "https://variable.example.test/";
  machine.variable_values["UV_INDEX"] = "named=https://n.example.test/?a=b https://o.example.test/";
  EXPECT_EQ(load_uv_indexes(machine),
            (UvIndexes{"https://variable.example.test/",
                       {"https://n.example.test/?a=b", "https://o.example.test/"}}));
}

}  // namespace
}  // namespace assay
