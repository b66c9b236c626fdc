#include "facts/outside/repository_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/repository/local_repository_for_test.h"
#include "ecosystems/repository/memory_repositories_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* url = "https://code.example.test/ann/widget";
constexpr const char* manifest =
    R"({"name": "widget", "version": "1.0.1", "repository": "https://code.example.test/ann/widget"})";
const Time now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 15);

// A package of npm, its record, and the repositories that it is compared with.
struct Scene {
  Package package;
  Facts facts;
  MemoryRepositories repositories;
  ProjectRecord record;

  explicit Scene(const std::string& bundle) : package(package_from_bundle(bundle)) {
    package.id = {Ecosystem::npm, "widget", "1.0.1"};
    facts = collect_facts(package);
    for (const char* version : {"0.9.0", "1.0.0", "1.0.1"}) {
      ReleaseRecord release;
      release.version = version;
      record.releases.push_back(release);
    }
    record.ecosystem = Ecosystem::npm;
    record.name = "widget";
  }

  ReleaseRecord& release() { return record.releases.back(); }

  const Known<RepositoryFacts>& look(Repositories& at) {
    facts.metadata = read_metadata(record, "1.0.1", now);
    const Facts* const artifacts[] = {&facts};
    RepositorySource(at).collect({package.id, now, artifacts}, facts);
    return facts.repository;
  }
  const Known<RepositoryFacts>& look() { return look(repositories); }
};

std::string bundle_with(const std::string& more) {
  return std::string("==> package.json\n") + manifest + "\n" + more;
}

TEST(RepositorySource, Compares_with_the_tag_of_the_version) {
  Scene scene(bundle_with("==> index.js\none\n==> evil.js\ntwo\n"));
  scene.repositories.add(url, "v1.0.0", {{"package.json", manifest}});
  const std::string commit = scene.repositories.add(
      url, "v1.0.1",
      {{"package.json", manifest}, {"index.js", "one\n"}, {"SECURITY.md", "Mail us"}});
  scene.repositories.add(url, "v1.1.0", {{"package.json", manifest}});
  const RepositoryFacts& facts = *scene.look();
  EXPECT_EQ(facts.state, RepositoryState::compared);
  EXPECT_EQ(facts.from, CommitFrom::tag);
  EXPECT_EQ(facts.commit, commit);
  EXPECT_EQ(facts.name, NameMatch::agrees);
  EXPECT_EQ(facts.missing_count, 1u);
  EXPECT_EQ(facts.missing.at(0).path, "evil.js");
  EXPECT_EQ(facts.earlier, 2u);
  EXPECT_EQ(facts.earlier_tagged, 1u);
  EXPECT_TRUE(facts.has_security_policy);
}

TEST(RepositorySource, Prefers_the_commit_that_the_registry_names) {
  Scene scene(bundle_with(""));
  const std::string commit = scene.repositories.add(url, "", {{"package.json", manifest}});
  scene.repositories.add(url, "v1.0.1", {{"package.json", manifest}});
  scene.release().git_head = commit;
  EXPECT_EQ(scene.look()->commit, commit);
  EXPECT_EQ(scene.look()->from, CommitFrom::registry);
  EXPECT_FALSE(scene.look()->has_lost_commit);
}

TEST(RepositorySource, A_commit_that_was_never_pushed_is_told_and_the_tag_taken) {
  Scene scene(bundle_with(""));
  scene.repositories.add(url, "v1.0.1", {{"package.json", manifest}});
  scene.release().git_head = std::string(40, 'd');
  EXPECT_TRUE(scene.look()->has_lost_commit);
  EXPECT_EQ(scene.look()->from, CommitFrom::tag);
  scene.release().git_head = "not an id";
  EXPECT_FALSE(scene.look()->has_lost_commit);
}

TEST(RepositorySource, Without_a_tag_the_newest_commit_counts_when_its_manifest_has_the_version) {
  Scene scene(bundle_with("==> index.js\none\n"));
  scene.repositories.add(url, "", {{"package.json", manifest}, {"index.js", "one\n"}});
  EXPECT_EQ(scene.look()->from, CommitFrom::manifest);
  EXPECT_EQ(scene.look()->same, 1u);
}

TEST(RepositorySource, Without_any_mark_only_the_name_is_looked_at) {
  Scene scene(bundle_with("==> index.js\none\n"));
  scene.repositories.add(url, "v0.9.0",
                         {{"package.json", R"({"name": "widget", "version": "0.9.0"})"}});
  const RepositoryFacts& facts = *scene.look();
  EXPECT_EQ(facts.state, RepositoryState::unmatched);
  EXPECT_EQ(facts.name, NameMatch::agrees);
  EXPECT_EQ(facts.missing_count, 0u);
  EXPECT_THAT(facts.reason, HasSubstr("neither a tag nor the newest commit"));
}

TEST(RepositorySource, Files_of_another_project_are_not_compared) {
  Scene scene(bundle_with("==> index.js\none\n"));
  scene.repositories.add(url, "v1.0.1", {{"package.json", R"({"name": "known"})"}});
  const RepositoryFacts& facts = *scene.look();
  EXPECT_EQ(facts.name, NameMatch::differs);
  EXPECT_THAT(facts.names, ElementsAre("known"));
  EXPECT_EQ(facts.missing_count, 0u);
}

TEST(RepositorySource, Tells_apart_no_repository_none_that_is_one_and_one_that_is_not_there) {
  EXPECT_EQ(Scene("==> package.json\n{\"name\": \"widget\"}\n").look()->state,
            RepositoryState::undeclared);
  EXPECT_EQ(Scene("==> package.json\n{\"repository\": \"file:///etc\"}\n").look()->state,
            RepositoryState::unusable);
  EXPECT_EQ(Scene(bundle_with("")).look()->state, RepositoryState::absent);
  Scene empty(bundle_with(""));
  empty.repositories.refs_by_url[url] = {};
  EXPECT_EQ(empty.look()->state, RepositoryState::empty);
}

TEST(RepositorySource, What_cannot_be_asked_is_unknown_with_the_reason) {
  Scene scene(bundle_with(""));
  for (const ErrorKind kind : {ErrorKind::network, ErrorKind::limit, ErrorKind::environment,
                               ErrorKind::malformed, ErrorKind::refused}) {
    scene.repositories.error = Error{kind, "no answer"};
    EXPECT_FALSE(scene.look());
    EXPECT_EQ(scene.look().reason(), "no answer");
  }
}

TEST(RepositorySource, Contents_that_cannot_be_had_leave_names_and_changes_open) {
  Scene scene(bundle_with("==> index.js\none\n"));
  scene.repositories.add(url, "v1.0.1", {{"package.json", manifest}, {"index.js", "two\n"}});
  scene.repositories.contents_error = Error{ErrorKind::network, "no answer"};
  const RepositoryFacts& facts = *scene.look();
  EXPECT_EQ(facts.state, RepositoryState::compared);
  EXPECT_EQ(facts.name, NameMatch::untold);
  EXPECT_EQ(facts.changed_count, 0u);
  EXPECT_EQ(facts.uncompared, 1u);
  EXPECT_EQ(facts.reason, "no answer");
}

TEST(RepositorySource, The_release_s_own_repository_wins_over_the_project_s) {
  Scene scene("==> package.json\n{\"name\": \"widget\", \"repository\": \"ann/manifest\"}\n");
  scene.record.repository = "ann/project";
  scene.look();
  EXPECT_EQ(declared_repository(scene.facts).text, "ann/manifest");
  scene.release().repository = "ann/release";
  scene.release().repository_folder = "./packages/w/";
  scene.look();
  EXPECT_EQ(declared_repository(scene.facts).text, "ann/release");
}

TEST(RepositorySource, Of_python_the_label_or_the_forge_tells_the_repository) {
  const auto declared = [](const std::string& lines) {
    Package package = package_from_bundle(
        "==> PKG-INFO\nMetadata-Version: 2.1\nName: widget\nVersion: 1.0\n" + lines);
    package.kind = ArtifactKind::sdist;
    const Facts facts = collect_facts(package);
    return declared_repository(facts).text;
  };
  EXPECT_EQ(declared("Project-URL: Docs, https://docs.example.test/a/b\n"
                     "Project-URL: Source Code, https://code.example.test/ann/widget\n"),
            "https://code.example.test/ann/widget");
  EXPECT_EQ(declared("Project-URL: Homepage, https://github.com/ann/widget\n"),
            "https://github.com/ann/widget");
  EXPECT_EQ(declared("Home-page: https://github.com/ann/widget\n"),
            "https://github.com/ann/widget");
  EXPECT_EQ(declared("Home-page: https://widget.example.test/docs/intro\n"), "");
}

TEST(RepositorySource, Reads_a_real_repository_of_many_packages) {
  if (!LocalRepository::is_possible()) GTEST_SKIP() << "git is not installed";
  LocalRepository repository;
  repository.write("package.json", R"({"private": true})");
  repository.write("packages/w/package.json", manifest);
  repository.write("packages/w/index.js", "one\n");
  repository.write("packages/w/lib/a.js", "two\n");
  repository.commit("widget@1.0.1");
  Scene scene(bundle_with("==> index.js\none\n==> lib/a.js\ntwo\nmore\n==> lib/b.js\nthree\n"));
  LocalRepositories git(repository);
  const RepositoryFacts& facts = *scene.look(git);
  EXPECT_EQ(facts.tag, "widget@1.0.1");
  EXPECT_EQ(facts.folder, "packages/w");
  EXPECT_EQ(facts.same, 1u);
  EXPECT_EQ(facts.missing.at(0).path, "lib/b.js");
  EXPECT_EQ(facts.changed.at(0).first_new_line, "more");
}

}  // namespace
}  // namespace assay
