#include "ecosystems/npm/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "ecosystems/npm/npmrc.h"
#include "ecosystems/registry/memory_environment_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

TEST(Npmrc, ReadsItsIniDialect) {
  EXPECT_THAT(
      parse_npmrc("\xEF\xBB\xBF; c\n# c\n a = b ; c\r\nq=\"x;y\"\nflag\nlist[]=1\ne=a\\;b\\#c\n"
                  "=none\n[section]\nignored=1\n"),
      ElementsAre(Pair("a", "b"), Pair("q", "x;y"), Pair("flag", "true"), Pair("list", "1"),
                  Pair("e", "a;b#c")));
}

TEST(Npmrc, ExpandsVariables) {
  const std::map<std::string, std::string> variables = {{"A", "1"}, {"B", "2"}};
  EXPECT_EQ(expand_npm_variables("x${A}y${B}", variables), "x1y2");
  EXPECT_EQ(expand_npm_variables("${NO} ${NO?} \\${A} ${A", variables), "${NO}  ${A} ${A");
}

class NpmConfigTest : public testing::Test {
 protected:
  NpmConfig load() { return *NpmConfig::load(machine); }
  std::string registry(std::string_view name = "x") { return *load().registry_for(name); }
  MemoryEnvironment machine;
};

TEST_F(NpmConfigTest, EachLayerOfTheChainHidesTheOnesBelow) {
  machine.install("/usr/bin/npm", "https://default.example.test/");
  machine.files["/usr/bin/node"] = "";
  EXPECT_EQ(registry(), "https://default.example.test/");
  machine.files["/usr/npmrc"] = "registry=https://builtin.example.test";
  EXPECT_EQ(registry(), "https://builtin.example.test/");
  machine.files["/usr/etc/npmrc"] = "registry=https://global.example.test";
  EXPECT_EQ(registry(), "https://global.example.test/");
  machine.files["/home/u/.npmrc"] = "registry=https://user.example.test";
  EXPECT_EQ(registry(), "https://user.example.test/");
  machine.files["/home/u/project/.npmrc"] = "registry=https://project.example.test";
  EXPECT_EQ(registry(), "https://project.example.test/");
  machine.variable_values["NPM_CONFIG_REGISTRY"] = "https://variable.example.test";
  EXPECT_EQ(registry(), "https://variable.example.test/");
}

TEST_F(NpmConfigTest, TheProjectIsTheNearestFolderWithAManifest) {
  machine.folder = "/home/u/project/src/lib";
  machine.files["/home/u/project/package.json"] = "{}";
  machine.files["/home/u/project/.npmrc"] = "registry=https://project.example.test/npm";
  machine.files["/home/u/project/src/.npmrc"] = "registry=https://wrong.example.test";
  EXPECT_EQ(registry(), "https://project.example.test/npm/");
}

TEST_F(NpmConfigTest, OtherFilesCanBeNamedByVariables) {
  machine.variable_values["npm_config_userconfig"] = "/ci/npmrc";
  machine.files["/ci/npmrc"] = "globalconfig=/ci/global";
  machine.files["/ci/global"] = "registry=https://ci.example.test";
  EXPECT_EQ(registry(), "https://ci.example.test/");
}

TEST_F(NpmConfigTest, AScopeHasItsOwnRegistry) {
  machine.files["/home/u/.npmrc"] =
      "registry=https://main.example.test\n@org:registry=https://org.example.test/x/";
  EXPECT_EQ(registry("@org/a"), "https://org.example.test/x/");
  EXPECT_EQ(registry("@other/a"), "https://main.example.test/");
}

TEST_F(NpmConfigTest, TokensGoToTheirOwnPathOnly) {
  machine.variable_values["TOKEN"] = "t";
  machine.files["/home/u/.npmrc"] =
      "registry=https://a.example.test/npm/\n//a.example.test/npm/:_authToken=${TOKEN}\n"
      "//b.example.test:8080/:_auth=Zm9v\n"
      "//c.example.test/:username=u\n//c.example.test/:_password=" +
      base64_encode("secret") + "\n";
  const NpmConfig config = load();
  const std::string home = "https://a.example.test/npm/";
  EXPECT_EQ(config.authorization_for("https://a.example.test/npm/x/-/x.tgz", home), "Bearer t");
  EXPECT_EQ(config.authorization_for("https://b.example.test:8080/x", home), "Basic Zm9v");
  EXPECT_EQ(config.authorization_for("https://b.example.test/x", home), "");
  EXPECT_EQ(config.authorization_for("https://c.example.test/x", home),
            "Basic " + base64_encode("u:secret"));
  EXPECT_EQ(config.authorization_for("https://d.example.test/x", home), "");
  // Files beside the registry's path, as some registries place their tarballs.
  EXPECT_EQ(config.authorization_for("https://a.example.test/files/x.tgz", home), "Bearer t");
  EXPECT_EQ(config.authorization_for("http://a.example.test/files/x.tgz", home), "");
}

TEST_F(NpmConfigTest, TheDefaultIsAskedOfNpmOnlyWhenNothingNamesARegistry) {
  machine.install("/usr/bin/npm", "https://default.example.test/");
  machine.files["/home/u/.npmrc"] = "registry=https://user.example.test";
  EXPECT_EQ(registry(), "https://user.example.test/");
  EXPECT_TRUE(machine.commands.empty());
  machine.files.erase("/home/u/.npmrc");
  EXPECT_EQ(registry(), "https://default.example.test/");
  EXPECT_EQ(machine.commands[0],
            (std::vector<std::string>{"/usr/bin/npm", "config", "get", "registry"}));
}

TEST_F(NpmConfigTest, SaysWhatToSetWhenNothingIsKnown) {
  const Result<std::string> unknown = load().registry_for("x");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("npm_config_registry"));
  machine.files["/home/u/.npmrc"] = "registry=not a url";
  EXPECT_THAT(load().registry_for("x").error().message, HasSubstr("npm_config_registry"));
  EXPECT_EQ(load().registry_for("x").error().kind, ErrorKind::malformed);
}

TEST_F(NpmConfigTest, AScopesRegistryDoesNotNeedTheGeneralOne) {
  machine.files["/home/u/.npmrc"] = "@org:registry=https://org.example.test";
  EXPECT_EQ(registry("@org/a"), "https://org.example.test/");
}

TEST_F(NpmConfigTest, KnowsAuthoritiesAndProxies) {
  machine.files["/home/u/.npmrc"] =
      "registry=https://a.example.test\ncafile=/ca.pem\n//b.example.test/:cafile=/b.pem\n"
      "https-proxy=http://proxy.example.test:3128\nnoproxy=localhost\n";
  machine.variable_values["NODE_EXTRA_CA_CERTS"] = "/extra.pem";
  EXPECT_EQ(load().route_for("https://a.example.test/"),
            (HttpRoute{"/ca.pem", "/extra.pem", "http://proxy.example.test:3128", "localhost"}));
  EXPECT_EQ(load().route_for("https://b.example.test/").ca_file, "/b.pem");
  machine.files["/home/u/.npmrc"] = "cafile=null\n";
  EXPECT_EQ(load().route_for("https://a.example.test/").ca_file, "");
}

}  // namespace
}  // namespace assay
