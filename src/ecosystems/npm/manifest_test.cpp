#include "ecosystems/npm/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

NpmManifest read(std::string_view json) {
  auto manifest = read_npm_manifest(json);
  EXPECT_TRUE(manifest) << (manifest ? "" : manifest.error().message);
  return manifest ? *manifest : NpmManifest{};
}

const NpmDependency* find(const NpmManifest& manifest, std::string_view name) {
  for (const NpmDependency& dependency : manifest.dependencies) {
    if (dependency.name == name) return &dependency;
  }
  return nullptr;
}

TEST(NpmManifest, ReadsTheFieldsThatReportsShow) {
  const NpmManifest m = read(R"({
    "name": "@scope/tool", "version": "1.2.3", "description": "d", "license": {"type": "MIT"},
    "homepage": "https://example.test", "author": {"name": "A", "email": "a@example.test"},
    "repository": {"type": "git", "url": "git+https://example.test/r.git"},
    "type": "module", "keywords": ["a", 1, "b"], "private": true, "gypfile": false})");
  EXPECT_EQ(m.name, "@scope/tool");
  EXPECT_EQ(m.license, "MIT");
  EXPECT_EQ(m.author, "A <a@example.test>");
  EXPECT_EQ(m.repository, "git+https://example.test/r.git");
  EXPECT_FALSE(m.repository_is_malformed);
  EXPECT_THAT(m.keywords, ElementsAre("a", "b"));
  EXPECT_TRUE(m.is_private);
  EXPECT_TRUE(m.gypfile_is_false);
  EXPECT_THAT(m.oddities, IsEmpty());
}

TEST(NpmManifest, ShowsTheLineOfAScript) {
  constexpr std::string_view json = "{\n \"scripts\": {\n  \"postinstall\": \"node a.js\"\n }\n}";
  const NpmManifest m = read(json);
  ASSERT_EQ(m.scripts.size(), 1u);
  EXPECT_EQ(m.scripts[0].name, "postinstall");
  EXPECT_EQ(m.scripts[0].command, "node a.js");
  const TextRange where = m.scripts[0].where;
  EXPECT_EQ(json.substr(where.begin, where.end - where.begin), R"("postinstall": "node a.js")");
}

TEST(NpmManifest, FindsEveryEntryPointOnce) {
  const NpmManifest m = read(R"({"main": "./lib/index.js", "module": "lib/index.mjs",
    "browser": {"./lib/a.js": "./lib/a-browser.js", "fs": false, "x": "y"},
    "exports": {".": {"import": "./lib/index.mjs", "require": ["./lib/index.cjs", null]},
                "./*": "./lib/*.js", "./hidden": {"node": {"development": "./dev.js"}}},
    "imports": {"#dep": {"node": "native-package", "default": "./polyfill.js"}}})");
  EXPECT_THAT(m.entry_points, ElementsAre("lib/index.js", "lib/index.mjs", "lib/a-browser.js",
                                          "lib/index.cjs", "lib/*.js", "dev.js", "polyfill.js"));
  EXPECT_EQ(m.entry_points_where.size(), m.entry_points.size());
}

TEST(NpmManifest, ReportsEntryPointsOutsideThePackage) {
  const NpmManifest m = read(R"({"main": "../../evil.js", "bin": {"x": "../y"}})");
  EXPECT_THAT(m.entry_points, IsEmpty());
  EXPECT_THAT(m.bins, IsEmpty());
  EXPECT_THAT(m.oddities, Contains(HasSubstr("leaves the package")));
}

TEST(NpmManifest, NamesTheCommandOfAScopedPackageWithoutItsScope) {
  EXPECT_EQ(read(R"({"name": "@a/tool", "bin": "./cli.js"})").bins[0].name, "tool");
  EXPECT_EQ(read(R"({"name": "@a/tool", "bin": "./cli.js"})").bins[0].path, "cli.js");
  EXPECT_EQ(read(R"({"bin": {"npm": "x.js"}})").bins[0].name, "npm");
  EXPECT_EQ(read(R"({"directories": {"bin": "./bin"}})").bins[0].path, "bin");
}

TEST(NpmManifest, TellsAMalformedRepositoryFromNone) {
  EXPECT_FALSE(read(R"({})").repository_is_malformed);
  EXPECT_FALSE(read(R"({"repository": "user/project"})").repository_is_malformed);
  EXPECT_TRUE(read(R"({"repository": {}})").repository_is_malformed);
  EXPECT_TRUE(read(R"({"repository": 7})").repository_is_malformed);
  EXPECT_TRUE(read(R"({"repository": {"url": null}})").repository_is_malformed);
}

TEST(NpmManifest, ReadsEveryGroupOfDependencies) {
  const NpmManifest m = read(R"({
    "dependencies": {"a": "^1.0.0", "b": 3}, "devDependencies": {"c": "latest"},
    "optionalDependencies": {"d": "github:u/r#x"}, "peerDependencies": {"e": "*"},
    "bundledDependencies": true, "overrides": {"f": {".": "1.0.0", "g": "npm:h@1"}}})");
  EXPECT_EQ(find(m, "a")->kind, NpmSpecKind::range);
  EXPECT_EQ(find(m, "b"), nullptr);
  EXPECT_EQ(find(m, "c")->kind, NpmSpecKind::tag);
  EXPECT_EQ(find(m, "d")->kind, NpmSpecKind::git);
  EXPECT_EQ(find(m, "f")->spec, "1.0.0");
  EXPECT_EQ(find(m, "f>g")->kind, NpmSpecKind::alias);
  EXPECT_EQ(m.dependencies.size(), 7u) << "a is also bundled";
  EXPECT_THAT(m.oddities, Contains(HasSubstr("dependencies.b")));
}

TEST(NpmManifest, OneBadFieldDoesNotHideTheOthers) {
  const NpmManifest m = read(R"({"name": 1, "scripts": {"install": ["x"], "postinstall": "y"},
    "dependencies": [], "bin": 3, "main": {}, "scripts2": null, "exports": null})");
  ASSERT_EQ(m.scripts.size(), 1u);
  EXPECT_EQ(m.scripts[0].command, "y");
  EXPECT_EQ(m.oddities.size(), 5u);
}

TEST(NpmManifest, SaysWhenAKeyIsThereTwiceAndTakesTheLast) {
  const NpmManifest m = read(R"({"scripts": {"install": "a", "install": "b"}})");
  ASSERT_EQ(m.scripts.size(), 1u);
  EXPECT_EQ(m.scripts[0].command, "b");
  EXPECT_THAT(m.oddities, ElementsAre("duplicate key `scripts.install`"));
}

TEST(NpmManifest, RefusesWhatIsNoObject) {
  for (const std::string_view json : {"", "[]", "\"x\"", "{", "not json"}) {
    EXPECT_FALSE(read_npm_manifest(json)) << json;
  }
  Limits small;
  small.json_bytes = 3;
  EXPECT_EQ(read_npm_manifest("{   }", small).error().kind, ErrorKind::limit);
}

struct SpecCase {
  std::string_view spec;
  NpmSpecKind kind;
};

TEST(NpmSpec, IsClassifiedAsNpmDoes) {
  constexpr SpecCase cases[] = {
      {"", NpmSpecKind::range},
      {"*", NpmSpecKind::range},
      {"^1.2.3 || >=2", NpmSpecKind::range},
      {"latest", NpmSpecKind::tag},
      {"npm:other@^1", NpmSpecKind::alias},
      {"workspace:*", NpmSpecKind::workspace},
      {"file:../x", NpmSpecKind::file},
      {"./x", NpmSpecKind::file},
      {"x.tgz", NpmSpecKind::file},
      {"user/repo", NpmSpecKind::git},
      {"user/repo#semver:^1", NpmSpecKind::git},
      {"git+ssh://git@example.test/r.git", NpmSpecKind::git},
      {"git@example.test:u/r.git", NpmSpecKind::git},
      {"https://github.com/u/r", NpmSpecKind::git},
      {"https://user:pass@github.com/u/r.git#main", NpmSpecKind::git},
      {"https://github.com/u/r/archive/main.tar.gz", NpmSpecKind::remote_tarball},
      {"http://192.0.2.1/p.tgz", NpmSpecKind::remote_tarball},
      {"HTTP://example.test/p", NpmSpecKind::remote_tarball},
      {"git://example.test/r", NpmSpecKind::git},
      {"a b", NpmSpecKind::unknown},
  };
  for (const SpecCase& c : cases) EXPECT_EQ(classify_npm_spec(c.spec), c.kind) << c.spec;
}

}  // namespace
}  // namespace assay
