#include "ecosystems/npm/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/registry/memory_environment_for_test.h"
#include "ecosystems/registry/memory_http_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Packument packument_of(std::string_view json) { return *parse_packument(json); }

std::string chosen(const Packument& packument, std::string_view wanted) {
  const Result<const NpmRelease*> release = choose_release(packument, wanted);
  return release ? (*release)->version : release.error().message;
}

TEST(Packument, ReadsWhatIsThereAndLeavesOutTheRest) {
  const Packument packument =
      packument_of(R"({"name": "x", "dist-tags": {"latest": "1.0.0", "bad": 1},
    "time": {"created": "2020", "1.0.0": "2021-01-02T03:04:05.000Z"},
    "versions": {"1.0.0": {"deprecated": "use y", "hasInstallScript": true, "scripts": {"install": "a"},
      "dist": {"tarball": "https://h.example.test/x.tgz", "integrity": "sha512-AA==",
               "shasum": "0123456789ABCDEF0123456789abcdef01234567"}},
      "2.0.0": {"deprecated": false, "dist": {"tarball": 5, "shasum": "zz"}}, "3.0.0": null}})");
  EXPECT_EQ(packument.name, "x");
  EXPECT_EQ(packument.dist_tags, (std::map<std::string, std::string>{{"latest", "1.0.0"}}));
  ASSERT_EQ(packument.releases.size(), 3u);
  EXPECT_EQ(packument.releases[0], (NpmRelease{"1.0.0",
                                               "https://h.example.test/x.tgz",
                                               "sha512-AA==",
                                               "0123456789abcdef0123456789abcdef01234567",
                                               "use y",
                                               true,
                                               {{"install", "a"}},
                                               "2021-01-02T03:04:05.000Z"}));
  NpmRelease bare;
  bare.version = "2.0.0";
  EXPECT_EQ(packument.releases[1], bare);
  EXPECT_EQ(packument.releases[1].has_install_script, std::nullopt);
}

TEST(Packument, TheLastOfRepeatedKeysCountsAsForNpm) {
  const Packument packument = packument_of(
      R"({"versions": {"1.0.0": {"dist": {"tarball": "a"}}, "1.0.0": {"dist": {"tarball": "b"}}}})");
  ASSERT_EQ(packument.releases.size(), 1u);
  EXPECT_EQ(packument.releases[0].tarball, "b");
}

TEST(Packument, RefusesWhatIsNoDocument) {
  for (const char* text :
       {"", "[]", "null", "{", "{\"a\":}", "<html></html>", "\"x\"", "{\"a\": \"\xFF\"}"}) {
    EXPECT_EQ(parse_packument(text).error().kind, ErrorKind::malformed) << text;
  }
  EXPECT_EQ(parse_packument(std::string(100'000, '[')).error().kind, ErrorKind::malformed);
  Limits limits;
  limits.json_bytes = 1;
  EXPECT_EQ(parse_packument("{}", limits).error().kind, ErrorKind::limit);
}

class Choice : public testing::Test {
 protected:
  Packument packument = packument_of(
      R"({"name": "x", "dist-tags": {"latest": "1.2.0", "next": "2.0.0-rc.1"}, "versions": {
        "1.0.0": {}, "1.2.0": {}, "1.10.0": {}, "1.11.0": {"deprecated": "broken"},
        "2.0.0-rc.1": {}, "0.9.0": {"deprecated": "old"}}})");
};

TEST_F(Choice, TakesVersionsTagsAndRanges) {
  EXPECT_EQ(chosen(packument, ""), "1.2.0");
  EXPECT_EQ(chosen(packument, "next"), "2.0.0-rc.1");
  EXPECT_EQ(chosen(packument, "1.0.0"), "1.0.0");
  EXPECT_EQ(chosen(packument, "v1.0.0"), "1.0.0");
  EXPECT_EQ(chosen(packument, "=1.11.0"), "1.11.0");
}

TEST_F(Choice, ARangeThatLatestSatisfiesTakesIt) {
  EXPECT_EQ(chosen(packument, "^1.0.0"), "1.2.0");
  EXPECT_EQ(chosen(packument, "*"), "1.2.0");
}

TEST_F(Choice, DeprecatedVersionsComeLast) {
  EXPECT_EQ(chosen(packument, ">=1.3.0"), "1.10.0");
  EXPECT_EQ(chosen(packument, ">=1.11.0"), "1.11.0");
  EXPECT_EQ(chosen(packument, "<1"), "0.9.0");
}

TEST_F(Choice, PreReleasesNeedToBeNamed) {
  EXPECT_EQ(chosen(packument, ">=2.0.0-alpha"), "2.0.0-rc.1");
  EXPECT_THAT(chosen(packument, ">=2"), HasSubstr("no version for '>=2'; the newest of its 6 is"));
}

TEST_F(Choice, SaysWhatThereIsInstead) {
  EXPECT_THAT(chosen(packument, "9.9.9"), HasSubstr("x has no version for '9.9.9'"));
  EXPECT_THAT(chosen(packument, "nightly"), HasSubstr("x has no version for 'nightly'"));
  EXPECT_THAT(chosen(packument_of(R"({"name": "x"})"), ""), HasSubstr("unpublished"));
}

TEST_F(Choice, WithoutTagsTheHighestReleaseIsLatest) {
  packument.dist_tags.clear();
  EXPECT_EQ(chosen(packument, ""), "1.10.0");
}

class NpmRegistryTest : public testing::Test {
 protected:
  NpmRegistryTest() {
    machine.files["/home/u/.npmrc"] =
        "registry=https://registry.example.test/\n//registry.example.test/:_authToken=t\n";
  }
  // A document with one version whose tarball holds "bytes".
  static std::string document(const std::string& tarball, const std::string& dist_more,
                              const std::string& name = "x") {
    return R"({"name": ")" + name +
           R"(", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": {)" +
           R"("dist": {"tarball": ")" + tarball + "\"" + dist_more + "}}}}";
  }
  static std::string integrity() {
    return R"(, "integrity": "sha512-)" + base64_encode(hash_bytes(HashKind::sha512, "bytes")) +
           "\"";
  }
  Result<FetchedRelease> fetch(std::string_view name = "x", std::string_view wanted = "") {
    const NpmConfig config = *NpmConfig::load(machine);
    return NpmRegistry(http, config).fetch(name, wanted);
  }
  MemoryEnvironment machine;
  MemoryHttp http;
};

TEST_F(NpmRegistryTest, FetchesATarballThatMatchesItsIntegrity) {
  http.add("https://registry.example.test/x",
           document("https://registry.example.test/x/-/x-1.0.0.tgz", integrity()));
  http.add("https://registry.example.test/x/-/x-1.0.0.tgz", "bytes");
  const Result<FetchedRelease> fetched = fetch();
  ASSERT_TRUE(fetched) << fetched.error().message;
  ASSERT_EQ(fetched->artifacts.size(), 1u);
  EXPECT_EQ(fetched->artifacts[0].id, (PackageId{Ecosystem::npm, "x", "1.0.0"}));
  EXPECT_EQ(fetched->artifacts[0].file_name, "x-1.0.0.tgz");
  EXPECT_EQ(fetched->artifacts[0].bytes, "bytes");
  EXPECT_EQ(fetched->artifacts[0].integrity_checked, "sha512");
  EXPECT_EQ(http.requests[1].authorization, "Bearer t");
  EXPECT_FALSE(http.requests[1].accepts_compression);
}

TEST_F(NpmRegistryTest, ScopedNamesAreOnePathComponent) {
  http.add(
      "https://registry.example.test/@scope%2fx",
      document("https://registry.example.test/@scope/x/-/x-1.0.0.tgz", integrity(), "@scope/x"));
  http.add("https://registry.example.test/@scope/x/-/x-1.0.0.tgz", "bytes");
  const Result<FetchedRelease> fetched = fetch("@scope/x");
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_EQ(fetched->artifacts[0].file_name, "scope-x-1.0.0.tgz");
}

TEST_F(NpmRegistryTest, RefusesOtherBytesThanTheIntegrityNames) {
  http.add("https://registry.example.test/x",
           document("https://registry.example.test/x.tgz", integrity()));
  http.add("https://registry.example.test/x.tgz", "other bytes");
  EXPECT_EQ(fetch().error().kind, ErrorKind::refused);
  EXPECT_THAT(fetch().error().message, HasSubstr("x@1.0.0"));
}

TEST_F(NpmRegistryTest, AnIntegrityOfAnUnknownKindChecksNothingAndIsRefused) {
  http.add("https://registry.example.test/x",
           document("https://registry.example.test/x.tgz", R"(, "integrity": "crc32-AAAA")"));
  http.add("https://registry.example.test/x.tgz", "bytes");
  EXPECT_EQ(fetch().error().kind, ErrorKind::refused);
}

TEST_F(NpmRegistryTest, OldReleasesAreCheckedByTheirShasum) {
  http.add("https://registry.example.test/x",
           document("https://registry.example.test/x.tgz",
                    R"(, "shasum": ")" + hash_hex(HashKind::sha1, "bytes") + "\""));
  http.add("https://registry.example.test/x.tgz", "bytes");
  http.add("https://registry.example.test/x.tgz", "other bytes");
  EXPECT_EQ(fetch()->artifacts[0].integrity_checked, "sha1");
  EXPECT_EQ(fetch().error().kind, ErrorKind::refused);
}

TEST_F(NpmRegistryTest, ReleasesWithoutAnyHashSaySo) {
  http.add("https://registry.example.test/x", document("https://registry.example.test/x.tgz", ""));
  http.add("https://registry.example.test/x.tgz", "bytes");
  EXPECT_EQ(fetch()->artifacts[0].integrity_checked, "");
}

TEST_F(NpmRegistryTest, AnotherHostGetsTheTarballsRequestButNoCredentials) {
  http.add("https://registry.example.test/x",
           document("https://files.example.test/x.tgz", integrity()));
  http.add("https://files.example.test/x.tgz", "bytes");
  ASSERT_TRUE(fetch());
  EXPECT_EQ(http.requests[0].authorization, "Bearer t");
  EXPECT_EQ(http.requests[1].authorization, "");
}

TEST_F(NpmRegistryTest, AMirrorsOwnCopyIsTriedWhenItsDocumentNamesAnUnreachableHost) {
  machine.files["/home/u/.npmrc"] = "registry=https://mirror.example.test/npm/\n";
  http.add("https://mirror.example.test/npm/x",
           document("https://origin.example.test/x/-/x-1.0.0.tgz", integrity()));
  http.add("https://origin.example.test/x/-/x-1.0.0.tgz", fail(ErrorKind::network, "no route"));
  http.add("https://mirror.example.test/npm/x/-/x-1.0.0.tgz", "bytes");
  EXPECT_EQ(fetch()->artifacts[0].bytes, "bytes");
}

TEST_F(NpmRegistryTest, PlainHttpLinksAreReadByHttpsOrNotAtAll) {
  http.add("https://registry.example.test/x",
           document("http://registry.example.test:80/x.tgz", integrity()));
  http.add("https://registry.example.test/x.tgz", "bytes");
  EXPECT_TRUE(fetch());
  http.add("https://registry.example.test/y",
           document("http://files.example.test/y.tgz", integrity(), "y"));
  EXPECT_EQ(fetch("y").error().kind, ErrorKind::refused);
}

TEST_F(NpmRegistryTest, RefusesAnAnswerAboutAnotherPackage) {
  http.add("https://registry.example.test/x",
           document("https://registry.example.test/x.tgz", "", "y"));
  EXPECT_EQ(fetch().error().kind, ErrorKind::refused);
}

TEST_F(NpmRegistryTest, LinksToOtherSchemesAreNotFollowed) {
  for (const char* link : {"file:///etc/passwd", "ftp://h.example.test/x", "data:text/plain,x"}) {
    MemoryHttp fresh;
    fresh.add("https://registry.example.test/x", document(link, ""));
    const NpmConfig config = *NpmConfig::load(machine);
    EXPECT_FALSE(NpmRegistry(fresh, config).fetch("x", "")) << link;
    EXPECT_EQ(fresh.requests.size(), 1u);
  }
}

TEST_F(NpmRegistryTest, ErrorsSayWhatToDoNext) {
  EXPECT_EQ(fetch().error().kind, ErrorKind::missing);
  EXPECT_THAT(
      fetch().error().message,
      HasSubstr("npm: no package named x (or no right to see it) at https://registry.example"));
  http.add("https://registry.example.test/y", MemoryHttp::response(401));
  EXPECT_THAT(fetch("y").error().message, HasSubstr("_authToken"));
  http.add("https://registry.example.test/z", MemoryHttp::response(500));
  EXPECT_THAT(fetch("z").error().message, HasSubstr("try again later"));
  http.add("https://registry.example.test/n", fail(ErrorKind::network, "could not resolve host"));
  EXPECT_THAT(fetch("n").error().message, HasSubstr("is the network up?"));
  http.add("https://registry.example.test/m", "<html>");
  EXPECT_THAT(fetch("m").error().message, HasSubstr("npm: m: the registry's document is not"));
}

TEST_F(NpmRegistryTest, NotesThatAReleaseIsDeprecated) {
  http.add("https://registry.example.test/x", R"({"dist-tags": {"latest": "1.0.0"}, "versions": {
      "1.0.0": {"deprecated": "use y", "dist": {"tarball": "x.tgz"}}}})");
  http.add("https://registry.example.test/x.tgz", "bytes");
  EXPECT_THAT(fetch()->notes, ElementsAre("deprecated: use y"));
}

}  // namespace
}  // namespace assay
