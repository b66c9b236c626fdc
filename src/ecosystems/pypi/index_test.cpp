#include "ecosystems/pypi/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "ecosystems/registry/memory_environment_for_test.h"
#include "ecosystems/registry/memory_http_for_test.h"
#include "ecosystems/registry/registry.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<IndexCandidate> candidates_of(std::vector<std::string> names,
                                          const std::vector<std::string>& yanked = {}) {
  std::vector<IndexCandidate> found;
  for (std::string& name : names) {
    IndexCandidate candidate;
    candidate.name = *parse_distribution_name(name, "x");
    candidate.file.is_yanked = std::ranges::find(yanked, name) != yanked.end();
    if (candidate.file.is_yanked) candidate.file.yanked_reason = "broken";
    candidate.file.file_name = std::move(name);
    found.push_back(std::move(candidate));
  }
  return found;
}

std::string chosen(const std::vector<IndexCandidate>& candidates, std::string_view wanted) {
  const Result<ReleaseChoice> choice = choose_pypi_release("x", candidates, wanted, false);
  return choice ? choice->version : choice.error().message;
}

std::vector<std::string> names(const std::vector<IndexCandidate>& candidates) {
  std::vector<std::string> found;
  for (const IndexCandidate& candidate : candidates) found.push_back(candidate.file.file_name);
  return found;
}

TEST(PypiChoice, TheNewestReleaseIsNoPreRelease) {
  const auto all =
      candidates_of({"x-1.9.tar.gz", "x-1.10.tar.gz", "x-2.0rc1.tar.gz", "x-1.2.tar.gz"});
  EXPECT_EQ(chosen(all, ""), "1.10");
  EXPECT_EQ(chosen(all, "<1.9"), "1.2");
  EXPECT_EQ(chosen(all, "==2.0rc1"), "2.0rc1");
  EXPECT_EQ(chosen(all, ">=2.0rc1"), "2.0rc1");
  EXPECT_EQ(chosen(all, ">1.10"), "2.0rc1");
  EXPECT_EQ(chosen(all, "==1.10.0"), "1.10");
  EXPECT_EQ(chosen(candidates_of({"x-1.0a1.tar.gz", "x-1.0b1.tar.gz"}), ""), "1.0b1");
}

TEST(PypiChoice, YankedReleasesNeedToBeAskedForByName) {
  const auto all = candidates_of({"x-1.0.tar.gz", "x-2.0.tar.gz"}, {"x-2.0.tar.gz"});
  EXPECT_EQ(chosen(all, ""), "1.0");
  EXPECT_EQ(chosen(all, "==2.0"), "2.0");
  EXPECT_EQ(choose_pypi_release("x", all, "==2.0", false)->yanked_reason, "broken");
  EXPECT_THAT(chosen(all, ">=2"), HasSubstr("yanked ('broken'); ask for one by name: pypi:x==2.0"));
}

TEST(PypiChoice, VersionsOlderThanThePepCanStillBeNamed) {
  const auto all = candidates_of({"x-dev-snapshot.tar.gz", "x-1.0.tar.gz"});
  EXPECT_EQ(chosen(all, "===dev-snapshot"), "dev-snapshot");
  EXPECT_EQ(chosen(all, "==dev-snapshot"), "dev-snapshot");
  EXPECT_THAT(chosen(all, "==other-snapshot"), HasSubstr("no version for"));
  EXPECT_EQ(chosen(all, ""), "1.0");
}

TEST(PypiChoice, SaysWhatThereIsInstead) {
  const auto all = candidates_of({"x-1.0.tar.gz"});
  EXPECT_THAT(chosen(all, "==3"), HasSubstr("no version for '==3'; the newest of its 1 is 1.0"));
  EXPECT_THAT(chosen(all, ">>3"), HasSubstr("no version specifier"));
  EXPECT_THAT(chosen({}, ""), HasSubstr("has no files"));
}

TEST(PypiChoice, TakesTheSdistAndOneWheel) {
  const auto all = candidates_of({"x-1.0-cp311-cp311-win_amd64.whl", "x-1.0.zip", "x-1.0.tar.gz",
                                  "x-1.0-cp311-cp311-manylinux2014_x86_64.whl", "x-1.0-py3.8.egg",
                                  "x-1.0-cp312-cp312-manylinux2014_x86_64.whl", "x-0.9.tar.gz"});
  const Result<ReleaseChoice> choice = choose_pypi_release("x", all, "", false);
  EXPECT_THAT(names(choice->selected),
              ElementsAre("x-1.0.tar.gz", "x-1.0-cp312-cp312-manylinux2014_x86_64.whl"));
  EXPECT_THAT(names(choice->others),
              ElementsAre("x-1.0-cp311-cp311-manylinux2014_x86_64.whl",
                          "x-1.0-cp311-cp311-win_amd64.whl", "x-1.0-py3.8.egg", "x-1.0.zip"));
  EXPECT_EQ(choose_pypi_release("x", all, "", true)->selected.size(), 6u);
}

TEST(PypiChoice, SpellingsOfOneVersionAreOneRelease) {
  const auto all = candidates_of({"x-1.0-py3-none-any.whl", "x-1.0.0.tar.gz"});
  EXPECT_EQ(choose_pypi_release("x", all, "", false)->selected.size(), 2u);
}

TEST(PypiChoice, OnlyAnEggIsBetterThanNothing) {
  const auto all = candidates_of({"x-1.0-py2.7.egg", "x-1.0-py3.8.egg"});
  EXPECT_THAT(names(choose_pypi_release("x", all, "", false)->selected),
              ElementsAre("x-1.0-py2.7.egg"));
}

class PypiIndexTest : public testing::Test {
 protected:
  PypiIndexTest() {
    machine.variable_values["PIP_INDEX_URL"] = "https://u:p@index.example.test/simple";
  }
  static std::string file(const std::string& name, const std::string& content,
                          const std::string& more = "") {
    return R"({"filename": ")" + name + R"(", "url": "https://files.example.test/)" + name +
           R"(", "hashes": {"sha256": ")" + hash_hex(HashKind::sha256, content) + "\"}" + more +
           "}";
  }
  void add_page(const std::string& files) {
    http.add("https://index.example.test/simple/some-name/", R"({"files": [)" + files + "]}");
  }
  Result<FetchedRelease> fetch(const std::string& wanted = "") {
    ConfiguredRegistry registry(http, machine, options);
    return registry.fetch({Ecosystem::pypi, "Some.Name", wanted});
  }
  const std::string sdist = "some_name-1.0.tar.gz";
  const std::string wheel = "some_name-1.0-py3-none-any.whl";
  MemoryEnvironment machine;
  MemoryHttp http;
  FetchOptions options;
};

TEST_F(PypiIndexTest, FetchesSdistAndWheelAndNamesTheRest) {
  const std::string other = "some_name-1.0-cp39-cp39-win32.whl";
  add_page(file(sdist, "s") + "," + file(wheel, "w") + "," + file(other, "o"));
  http.add("https://files.example.test/" + sdist, "s");
  http.add("https://files.example.test/" + wheel, "w");
  const Result<FetchedRelease> fetched = fetch();
  ASSERT_TRUE(fetched) << fetched.error().message;
  ASSERT_EQ(fetched->artifacts.size(), 2u);
  EXPECT_EQ(fetched->artifacts[0].file_name, sdist);
  EXPECT_EQ(fetched->artifacts[0].bytes, "s");
  EXPECT_EQ(fetched->artifacts[0].integrity_checked, "sha256");
  EXPECT_EQ(fetched->artifacts[1].file_name, wheel);
  EXPECT_EQ(fetched->artifacts[1].id, (PackageId{Ecosystem::pypi, "Some.Name", "1.0"}));
  EXPECT_THAT(fetched->others, ElementsAre(UnfetchedFile{other, "not selected", true}));
  EXPECT_EQ(http.requests[0].authorization, "Basic " + base64_encode("u:p"));
  EXPECT_EQ(http.requests[1].authorization, "");
}

TEST_F(PypiIndexTest, RefusesAFileThatIsNotThePublishedOne) {
  add_page(file(sdist, "s") + "," + file(wheel, "w"));
  http.add("https://files.example.test/" + sdist, "s");
  http.add("https://files.example.test/" + wheel, "something else");
  EXPECT_EQ(fetch().error().kind, ErrorKind::refused);
  EXPECT_THAT(fetch().error().message,
              HasSubstr(wheel + " is not the file that the index's sha256"));
}

TEST_F(PypiIndexTest, AFileThatCannotBeHadIsNamed) {
  add_page(file(sdist, "s") + "," + file(wheel, "w"));
  http.add("https://files.example.test/" + wheel, "w");
  const Result<FetchedRelease> fetched = fetch();
  ASSERT_TRUE(fetched) << fetched.error().message;
  EXPECT_EQ(fetched->artifacts.size(), 1u);
  ASSERT_EQ(fetched->others.size(), 1u);
  EXPECT_EQ(fetched->others[0].file_name, sdist);
  EXPECT_FALSE(fetched->others[0].by_choice);
}

TEST_F(PypiIndexTest, WhatIsOverTheLimitIsNotEvenAskedFor) {
  options.limits.archive_bytes = 100;
  add_page(file(sdist, "s", R"(, "size": 101)"));
  EXPECT_EQ(fetch().error().kind, ErrorKind::limit);
  EXPECT_EQ(http.requests.size(), 1u);
}

TEST_F(PypiIndexTest, TheLimitHoldsForFilesOfUnknownSizeToo) {
  options.limits.archive_bytes = 3;
  add_page(file(sdist, "long"));
  http.add("https://files.example.test/" + sdist, "long");
  EXPECT_EQ(fetch().error().kind, ErrorKind::limit);
}

TEST_F(PypiIndexTest, AllFilesAreFetchedOnRequest) {
  options.all_files = true;
  const std::string other = "some_name-1.0-cp39-cp39-win32.whl";
  add_page(file(sdist, "s") + "," + file(wheel, "w") + "," + file(other, "o"));
  for (const auto& [name, content] : {std::pair(sdist, "s"), {wheel, "w"}, {other, "o"}}) {
    http.add("https://files.example.test/" + name, std::string(content));
  }
  EXPECT_EQ(fetch()->artifacts.size(), 3u);
}

TEST_F(PypiIndexTest, AllIndexesCountTogether) {
  machine.variable_values["PIP_EXTRA_INDEX_URL"] = "https://extra.example.test/";
  add_page(file(sdist, "s"));
  http.add(
      "https://extra.example.test/some-name/",
      R"(<html><a href="some_name-9.0.tar.gz">x</a><a href="some_name-1.0.tar.gz">y</a></html>)");
  http.add("https://extra.example.test/some-name/some_name-9.0.tar.gz", "nine");
  EXPECT_EQ(fetch()->id.version, "9.0");
  EXPECT_EQ(fetch()->artifacts[0].integrity_checked, "");
}

TEST_F(PypiIndexTest, OneIndexMayNotKnowTheProjectButNoneIsAnError) {
  machine.variable_values["PIP_EXTRA_INDEX_URL"] = "https://extra.example.test/";
  EXPECT_EQ(fetch().error().kind, ErrorKind::missing);
  EXPECT_THAT(fetch().error().message,
              HasSubstr("pypi: no project named some-name at https://index."));
  http.add("https://extra.example.test/some-name/",
           R"(<html><a href="some_name-1.0.tar.gz">y</a></html>)");
  http.add("https://extra.example.test/some-name/some_name-1.0.tar.gz", "bytes");
  EXPECT_TRUE(fetch());
}

TEST_F(PypiIndexTest, AnIndexThatCannotBeReadLeavesTheAnswerOpen) {
  machine.variable_values["PIP_EXTRA_INDEX_URL"] = "https://extra.example.test/";
  add_page(file(sdist, "s"));
  http.add("https://extra.example.test/some-name/", MemoryHttp::response(500));
  EXPECT_EQ(fetch().error().kind, ErrorKind::network);
}

TEST_F(PypiIndexTest, SaysWhereCredentialsBelong) {
  http.add("https://index.example.test/simple/some-name/", MemoryHttp::response(403));
  EXPECT_THAT(fetch().error().message, HasSubstr("~/.netrc"));
}

TEST_F(PypiIndexTest, NotesThatAReleaseIsYanked) {
  add_page(file(sdist, "s", R"(, "yanked": "broken")"));
  http.add("https://files.example.test/" + sdist, "s");
  EXPECT_THAT(fetch("==1.0")->notes, ElementsAre("yanked: broken"));
  EXPECT_FALSE(fetch());
}

}  // namespace
}  // namespace assay
