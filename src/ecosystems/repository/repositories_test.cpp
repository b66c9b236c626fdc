#include "ecosystems/repository/repositories.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::Pair;

const std::string a(40, 'a'), b(40, 'b');
using namespace std::string_literals;

TEST(BlobId, Is_what_git_hash_object_says) {
  EXPECT_EQ(blob_id(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  EXPECT_EQ(blob_id("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
  EXPECT_EQ(blob_id("", 64), "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
}

TEST(ObjectId, Has_40_or_64_hex_digits) {
  EXPECT_TRUE(is_object_id(a));
  EXPECT_TRUE(is_object_id(std::string(64, '0')));
  for (const std::string& text :
       {""s, std::string(39, 'a'), std::string(40, 'A'), "--upload-pack=" + std::string(26, 'a')}) {
    EXPECT_FALSE(is_object_id(text)) << text;
  }
}

TEST(Refs, Are_tags_and_head_and_an_annotated_tag_is_its_commit) {
  const RepositoryRefs refs =
      parse_refs(a + "\tHEAD\n" + a + "\trefs/tags/v1\n" + b + "\trefs/tags/v1^{}\n" + a +
                 "\trefs/heads/main\n" + b + "\trefs/tags/x/y\n")
          .value();
  EXPECT_EQ(refs.head, a);
  EXPECT_THAT(refs.tags, ElementsAre(RepositoryTag{"v1", b}, RepositoryTag{"x/y", b}));
  EXPECT_EQ(parse_refs("").value(), RepositoryRefs{});
  EXPECT_FALSE(parse_refs("short\tHEAD\n"));
  EXPECT_FALSE(parse_refs(a + "\n"));
}

TEST(Tree, Is_files_links_and_submodules_by_path) {
  const std::vector<TreeFile> files =
      parse_tree("100644 blob " + a + "\tz\n.js\0"s + "120000 blob " + b + "\tlink\0"s +
                 "160000 commit " + b + "\tvendor/x\0"s)
          .value();
  EXPECT_THAT(files, ElementsAre(TreeFile{"link", b, TreeKind::link},
                                 TreeFile{"vendor/x", b, TreeKind::submodule},
                                 TreeFile{"z\n.js", a, TreeKind::file}));
  EXPECT_FALSE(parse_tree("100644 blob " + a + "\0"s));
  EXPECT_FALSE(parse_tree("garbage"));
}

TEST(Contents, Are_taken_by_their_size_and_what_is_missing_is_left_out) {
  EXPECT_THAT(parse_contents(a + " blob 3\na\nb\n" + b + " missing\n").value(),
              ElementsAre(Pair(a, "a\nb")));
  EXPECT_FALSE(parse_contents(a + " blob 300\nab\n"));
  EXPECT_FALSE(parse_contents(a + " blob -1\nab\n"));
  EXPECT_FALSE(parse_contents("x"));
}

TEST(History, Counts_commits_merges_and_authors) {
  const RepositoryHistory history =
      parse_history("200\t" + a + " " + b +
                    "\tann@mail.example.test\n100\t\tAnn@mail.example.test\n" + "150\t" + a +
                    "\tbob@mail.example.test\n")
          .value();
  EXPECT_EQ(history.commits, 3u);
  EXPECT_EQ(history.merges, 1u);
  EXPECT_EQ(history.authors, 2u);
  EXPECT_EQ(history.first, Time(std::chrono::seconds(100)));
  EXPECT_EQ(history.last, Time(std::chrono::seconds(200)));
  EXPECT_EQ(parse_history("").value(), RepositoryHistory{});
  EXPECT_FALSE(parse_history("soon\t\tann\n"));
}

}  // namespace
}  // namespace assay
