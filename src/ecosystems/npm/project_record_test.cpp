#include "ecosystems/npm/project_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// As the registry that the clients come with serves it, shortened.
constexpr std::string_view full = R"({
  "name": "adds", "description": "Adds numbers", "readme": "# adds\nAdds numbers.",
  "repository": {"type": "git", "url": "git+https://code.example.test/adds.git"},
  "maintainers": [{"name": "ann", "email": "ann@mail.example.test"}],
  "time": {"created": "2020-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
           "1.10.0": "2022-01-01T00:00:00.000Z", "1.9.0": "2021-01-01T00:00:00.000Z"},
  "versions": {
    "1.10.0": {"name": "adds", "version": "1.10.0", "hasInstallScript": true,
      "scripts": {"postinstall": "node setup.js"}, "dependencies": {"b": "1", "a": "^2"},
      "optionalDependencies": {"a": "^3"}, "bin": "./cli.js",
      "_npmUser": {"name": "robot", "email": "r@mail.example.test", "trustedPublisher": {"id": "github"}},
      "maintainers": ["bob <bob@mail.example.test>", {"name": "ann"}],
      "dist": {"integrity": "sha512-AA==", "signatures": [{"keyid": "SHA256:k", "sig": "c2ln"}],
               "attestations": {"url": "https://npm.example.test/a", "provenance": {"predicateType": "x"}}}},
    "1.9.0": {"name": "adds", "version": "1.9.0", "deprecated": "use 1.10",
      "_npmUser": {"name": "ann"},
      "dist": {"signatures": [{"keyid": "SHA256:k", "sig": "c2ln"}]}}
  }})";

ProjectRecord record_of(std::string_view json) {
  Result<ProjectRecord> record = parse_npm_record(json);
  EXPECT_TRUE(record) << (record ? "" : record.error().message);
  return record ? *record : ProjectRecord{};
}

TEST(NpmRecord, Tells_people_times_trust_and_the_listed_manifest_of_each_release) {
  const ProjectRecord record = record_of(full);
  ASSERT_EQ(record.releases.size(), 2u);
  const ReleaseRecord& old = record.releases[0];
  const ReleaseRecord& last = record.releases[1];
  EXPECT_EQ(old.version, "1.9.0");  // By version, not by text.
  EXPECT_EQ(record.repository, "git+https://code.example.test/adds.git");
  EXPECT_EQ(format_date(*last.published), "2022-01-01");
  EXPECT_EQ(last.publisher->name, "robot");
  EXPECT_THAT(*last.maintainers,
              ElementsAre(Person{"ann", ""}, Person{"bob", "bob@mail.example.test"}));
  EXPECT_EQ(*last.trust, Trust::trusted_publisher);
  EXPECT_EQ(*old.trust, Trust::none);
  EXPECT_TRUE(*last.install_script);
  EXPECT_FALSE(*old.install_script);
  EXPECT_EQ(old.deprecated, "use 1.10");
  EXPECT_EQ(last.line, "1");
  EXPECT_THAT(last.manifest->dependencies,
              ElementsAre(std::pair<std::string, std::string>("a", "^2"),
                          std::pair<std::string, std::string>("b", "1")));
  EXPECT_THAT(last.manifest->bins,
              ElementsAre(std::pair<std::string, std::string>("adds", "./cli.js")));
  EXPECT_EQ(last.signatures.at(0).key_id, "SHA256:k");
}

TEST(NpmRecord, What_a_mirror_leaves_out_is_unknown_with_its_reason) {
  const ProjectRecord record = record_of(R"({"_id": "adds", "name": "adds",
      "dist-tags": {"latest": "1.0.0"}, "time": {"1.0.0": "2025-11-17T18:28:56.206000+00:00"},
      "versions": {"1.0.0": {"name": "adds", "version": "1.0.0", "dist": {"shasum": "00"}}}})");
  const ReleaseRecord& release = record.releases.at(0);
  EXPECT_THAT(release.published.reason(), HasSubstr("not those of publication"));
  EXPECT_THAT(release.publisher.reason(), HasSubstr("does not tell"));
  EXPECT_THAT(release.trust.reason(), HasSubstr("neither signatures nor provenance"));
  EXPECT_THAT(release.install_script.reason(), HasSubstr("no flag"));
  EXPECT_FALSE(record.maintainers);
  EXPECT_FALSE(record.downloads_a_month);
}

TEST(NpmRecord, Times_in_an_order_that_nobody_publishes_in_are_not_believed) {
  std::string times = R"("created": "2020-01-01", "modified": "2026-01-01")", versions;
  for (int i = 0; i < 8; ++i) {
    const std::string version = "1.0." + std::to_string(i);
    times += ", \"" + version + "\": \"20" + std::to_string(18 - i) + "-01-01T00:00:00Z\"";
    versions += (i == 0 ? "\"" : ", \"") + version + "\": {}";
  }
  const ProjectRecord record =
      record_of(R"({"name": "adds", "time": {)" + times + R"(}, "versions": {)" + versions + "}}");
  for (const ReleaseRecord& release : record.releases) EXPECT_FALSE(release.published);
}

TEST(NpmRecord, Fields_of_a_wrong_type_are_as_good_as_absent) {
  const ProjectRecord record = record_of(R"({"name": 5, "time": [], "maintainers": {"a": 1},
      "readme": null, "repository": 7, "versions": {"1.0.0": 3, "x": {"dist": 4, "_npmUser": [],
      "scripts": "no", "bin": [1], "maintainers": [1, null], "hasInstallScript": "yes"}}})");
  ASSERT_EQ(record.releases.size(), 2u);
  EXPECT_EQ(record.releases[0].version, "x");
  EXPECT_TRUE(record.releases[0].maintainers->empty());
  EXPECT_FALSE(record.releases[0].install_script);
  EXPECT_FALSE(parse_npm_record("[]"));
  EXPECT_FALSE(parse_npm_record("{\"versions\": "));
  EXPECT_FALSE(parse_npm_record("{}", Limits{.json_bytes = 1}));
}

TEST(NpmKeys, Are_those_with_a_name_and_readable_bytes) {
  const Result<std::vector<SigningKey>> keys = parse_npm_keys(
      R"({"keys": [{"keyid": "SHA256:a", "key": "AAAA", "expires": "2025-01-29T00:00:00.000Z"},
                   {"keyid": "SHA256:b", "key": "!"}, 3, {"key": "AAAA"}]})");
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 1u);
  EXPECT_EQ(format_date(*keys->at(0).expires), "2025-01-29");
  EXPECT_FALSE(parse_npm_keys("{}"));
}

}  // namespace
}  // namespace assay
