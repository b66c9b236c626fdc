#include "ecosystems/pypi/simple_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/pypi/file_name.h"
#include "ecosystems/pypi/html_links.h"

namespace assay {
namespace {

using testing::IsEmpty;

const std::string sha256(64, 'a');

Url page() { return *parse_url("https://index.example.test/simple/x/"); }

TEST(ProjectPage, ReadsTheJsonForm) {
  const Result<ProjectPage> read =
      parse_project_page(R"({"meta": {"api-version": "1.1"}, "name": "x",
    "versions": ["1.0"], "files": [
      {"filename": "x-1.0.tar.gz", "url": "../../files/x-1.0.tar.gz", "size": 12,
       "upload-time": "2021-01-02T03:04:05Z", "hashes": {"md5": "x", "sha256": ")" +
                             sha256 + R"("}},
      {"filename": "x-1.0-py3-none-any.whl", "url": "https://files.example.test/w", "yanked": "broken",
       "hashes": {}},
      {"filename": "x-0.9.tar.gz", "url": "x-0.9.tar.gz", "yanked": false}]})",
                         page());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->files.size(), 3u);
  EXPECT_EQ(read->files[0],
            (IndexFile{"x-1.0.tar.gz", "https://index.example.test/files/x-1.0.tar.gz",
                       HashKind::sha256, sha256, 12, "2021-01-02T03:04:05Z", false, ""}));
  EXPECT_TRUE(read->files[1].is_yanked);
  EXPECT_EQ(read->files[1].yanked_reason, "broken");
  EXPECT_EQ(read->files[1].hash_kind, std::nullopt);
  EXPECT_FALSE(read->files[2].is_yanked);
}

TEST(ProjectPage, ReadsTheHtmlForm) {
  const Result<ProjectPage> read = parse_project_page(
      "\n<!DOCTYPE html><html><head><base href='/files/'></head><body><!-- <a "
      "href=\"no.zip\">no</a> -->\n"
      "<A class=x HREF=\"x-1.0.tar.gz#sha256=" +
          sha256 +
          "\" data-requires-python=\"&gt;=3.6\" >x-1.0.tar.gz</A><br/>"
          "<a href=x-1.1-py3-none-any.whl data-yanked=\"a &amp; b\">text that lies</a>"
          "<a data-yanked href='https://files.example.test/x%2D1.2.zip?k=v&amp;l'>1.2</a>"
          "<a>no link</a><a href=''>none</a><abbr href=\"a.zip\">",
      page());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->files.size(), 3u);
  EXPECT_EQ(read->files[0].url, "https://index.example.test/files/x-1.0.tar.gz");
  EXPECT_EQ(read->files[0].hash, sha256);
  EXPECT_EQ(read->files[1].file_name, "x-1.1-py3-none-any.whl");
  EXPECT_EQ(read->files[1].yanked_reason, "a & b");
  EXPECT_EQ(read->files[2].file_name, "x-1.2.zip");
  EXPECT_EQ(read->files[2].url, "https://files.example.test/x%2D1.2.zip?k=v&l");
  EXPECT_TRUE(read->files[2].is_yanked);
  EXPECT_EQ(read->left_out, 2u);
}

TEST(ProjectPage, TakesTheStrongestHash) {
  const std::string sha512(128, 'b');
  const Result<ProjectPage> read = parse_project_page(
      R"({"files": [{"filename": "a", "url": "a#md5=0123456789abcdef0123456789abcdef", "hashes":
        {"sha512": ")" +
          sha512 + R"(", "sha256": ")" + sha256 + R"(", "blake2b": "00"}}]})",
      page());
  EXPECT_EQ(read->files[0].hash_kind, HashKind::sha512);
  EXPECT_EQ(read->files[0].hash, sha512);
}

TEST(ProjectPage, NamesThatArePathsAndLinksThatLeaveHttpsAreLeftOut) {
  const Result<ProjectPage> read = parse_project_page(
      R"({"files": [{"filename": "../x-1.0.tar.gz", "url": "x"}, {"filename": "x", "url": "http://h/x"},
        {"filename": "x", "url": "file:///etc/passwd"}, {"filename": "x"}, {"url": "/.."}, 5, null,
        {"filename": "", "url": "a/"}, {"filename": 5, "url": []}]})",
      page());
  ASSERT_TRUE(read);
  EXPECT_THAT(read->files, IsEmpty());
  EXPECT_EQ(read->left_out, 9u);
}

TEST(ProjectPage, RefusesWhatIsNeitherJsonNorHtml) {
  for (const char* text : {"", "{", "{}", "{\"files\": 1}", "Not found", "<xml/>", "\xFF\xFE"}) {
    EXPECT_FALSE(parse_project_page(text, page())) << text;
  }
  Limits limits;
  limits.json_bytes = 3;
  EXPECT_EQ(parse_project_page("<html>", page(), limits).error().kind, ErrorKind::limit);
}

TEST(HtmlLinks, AreFoundInBrokenPages) {
  EXPECT_EQ(find_html_links("<a href=\"x").anchors.size(), 1u);
  EXPECT_EQ(find_html_links("<a href=x/y>").anchors[0].at("href"), "x/y");
  EXPECT_EQ(find_html_links("<a = href = 'x' HREF='y' href='z'>").anchors[0].at("href"), "x");
  EXPECT_THAT(find_html_links("<a").anchors, testing::SizeIs(1));
  EXPECT_THAT(find_html_links("<!-- <a href=x>").anchors, IsEmpty());
  EXPECT_THAT(find_html_links("<<<>< a href=x>").anchors, IsEmpty());
}

TEST(HtmlLinks, DecodesCharacterReferences) {
  EXPECT_EQ(decode_character_references("&lt;&#62;&#x41;&quot;&amp;amp;"), "<>A\"&amp;");
  EXPECT_EQ(decode_character_references("&;&x;&#;&#x110000;&#0;&amp"),
            "&;&x;&#;&#x110000;&#0;&amp");
}

TEST(DistributionName, ReadsWheelsSdistsAndEggs) {
  EXPECT_EQ(
      parse_distribution_name("Some_Name-1.0-2-cp310-abi3-manylinux_2_17_x86_64.whl", "some-name"),
      (DistributionName{DistributionKind::wheel, "1.0", "cp310", "abi3", "manylinux_2_17_x86_64"}));
  EXPECT_EQ(parse_distribution_name("some.name-1.0.post1.tar.gz", "some-name")->version,
            "1.0.post1");
  EXPECT_EQ(parse_distribution_name("some-name-1.0-rc1.zip", "some-name")->version, "1.0-rc1");
  EXPECT_EQ(parse_distribution_name("some_name-1.0-py2.7.egg", "some-name"),
            (DistributionName{DistributionKind::egg, "1.0", "py2.7", "", ""}));
}

TEST(DistributionName, OtherFilesHaveNone) {
  for (const char* name :
       {"x-1.0.exe", "x-1.0.tar.gz.asc", "y-1.0.tar.gz", "x-.tar.gz", "x.tar.gz", "x-1.0.whl",
        "x-1.0-py3-none.whl", "y-1.0-py3-none-any.whl", ".zip", ".whl"}) {
    EXPECT_EQ(parse_distribution_name(name, "x"), std::nullopt) << name;
  }
}

TEST(DistributionName, PureWheelsRankFirstAndThenTheNewestManylinux) {
  const auto rank = [](std::string_view tags) {
    return wheel_rank(*parse_distribution_name("x-1-" + std::string(tags) + ".whl", "x"));
  };
  const std::vector<std::string_view> best_first = {
      "py2.py3-none-any",
      "py2-none-any",
      "cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64",
      "cp313-cp313t-manylinux_2_17_x86_64",
      "cp312-cp312-manylinux_2_28_x86_64",
      "cp39-abi3-manylinux2014_x86_64",
      "cp313-cp313-win_amd64"};
  for (std::size_t i = 1; i < best_first.size(); ++i) {
    EXPECT_GT(rank(best_first[i - 1]), rank(best_first[i])) << best_first[i];
  }
}

}  // namespace
}  // namespace assay
