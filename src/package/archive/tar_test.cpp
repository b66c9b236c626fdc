#include "package/archive/tar.h"

#include <gmock/gmock.h>

#include "package/archive/archive.h"
#include "package/archive/archives_for_test.h"

namespace assay {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_archives::gzip;
using testing_archives::Tar;

Package read(std::string_view bytes, std::string_view name = "x-1.0.tar.gz", Limits limits = {}) {
  Result<Package> package = read_archive(bytes, name, limits);
  EXPECT_TRUE(package.has_value()) << package.error().message;
  return package ? std::move(*package) : Package();
}

std::vector<std::string> paths(const Package& package) {
  std::vector<std::string> out;
  for (const File& file : package.files) out.push_back(file.path);
  return out;
}

testing::Matcher<const Gap&> gap(GapKind kind, std::string path, std::string reason) {
  return testing::AllOf(testing::Field(&Gap::kind, kind), testing::Field(&Gap::path, path),
                        testing::Field(&Gap::reason, HasSubstr(reason)));
}

TEST(Tar, Members_come_with_their_bytes_sorted_and_without_the_common_folder) {
  const Package package = read(gzip(Tar()
                                        .add("x-1.0/", "", '5')
                                        .add("x-1.0/setup.py", "import os\n")
                                        .add("x-1.0/a.txt", std::string(1000, 'a'))
                                        .str()));
  EXPECT_THAT(paths(package), ElementsAre("a.txt", "setup.py"));
  EXPECT_EQ(package.find("setup.py")->bytes, "import os\n");
  EXPECT_EQ(package.find("a.txt")->size_bytes, 1000u);
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Tar, A_missing_end_mark_and_a_cut_last_block_are_no_gap) {
  std::string bytes = Tar().add("x/setup.py", "import os\n").str_without_end_mark();
  EXPECT_THAT(read(gzip(bytes)).gaps, IsEmpty());
  bytes.resize(512 + 10);
  EXPECT_THAT(read(gzip(bytes)).gaps, IsEmpty());
}

TEST(Tar, Links_devices_and_fifos_are_gaps_that_say_where_they_lead) {
  const Package package = read(gzip(Tar()
                                        .add("x/setup.py", "1")
                                        .add("x/in", "", '2', "setup.py")
                                        .add("x/out", "", '2', "../../etc/passwd")
                                        .add("x/hard", "", '1', "x/setup.py")
                                        .add("x/null", "", '3')
                                        .add("x/fifo", "", '6')
                                        .str()));
  EXPECT_THAT(paths(package), ElementsAre("setup.py"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::link, "fifo", "a device or fifo"),
                                        gap(GapKind::link, "hard", "examined under its own path"),
                                        gap(GapKind::link, "in",
                                            "symbolic link to setup.py, not followed; that file"),
                                        gap(GapKind::link, "null", "a device or fifo"),
                                        gap(GapKind::link, "out", "leads out of the package")));
}

TEST(Tar, Long_names_of_pax_and_GNU_are_read_byte_for_byte) {
  const std::string long_name = "x/" + std::string(180, 'n') + "/e\xcc\x81.py";
  const Package pax = read(gzip(Tar().add_pax("path", long_name).add("short", "pax").str()));
  EXPECT_THAT(paths(pax), ElementsAre(long_name.substr(2)));
  const Package gnu =
      read(gzip(Tar().add("././@LongLink", long_name + '\0', 'L').add("short", "gnu").str()));
  EXPECT_THAT(paths(gnu), ElementsAre(long_name.substr(2)));
  EXPECT_THAT(gnu.gaps, IsEmpty());
}

TEST(Tar, A_global_pax_header_as_git_writes_it_is_no_gap) {
  const Package package =
      read(gzip(Tar().add_pax("comment", "0123456789abcdef", 'g').add("x/setup.py", "1").str()));
  EXPECT_THAT(paths(package), ElementsAre("setup.py"));
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Tar, A_global_header_that_renames_members_is_told) {
  const Package package =
      read(gzip(Tar().add_pax("path", "evil", 'g').add("x/setup.py", "1").str()));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::malformed, "PaxHeaders/x", "renames")));
}

TEST(Tar, Members_after_the_end_mark_are_examined_and_told) {
  const Package package =
      read(gzip(Tar().add("x/setup.py", "1").add_end_mark().add("x/hidden.py", "2").str()));
  EXPECT_THAT(paths(package), ElementsAre("hidden.py", "setup.py"));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::polyglot, "hidden.py", "end-of-archive mark")));
}

TEST(Tar, A_single_zero_block_is_an_end_mark_too) {
  const Package package = read(gzip(
      Tar().add("x/setup.py", "1").add_raw(std::string(512, '\0')).add("x/hidden.py", "2").str()));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::polyglot, "hidden.py", "end-of-archive mark")));
}

TEST(Tar, Anything_else_after_the_end_is_told) {
  const Package package = read(gzip(Tar().add("x/setup.py", "1").str() + "left over"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::polyglot, "", "after its end")));
}

TEST(Tar, A_broken_header_does_not_hide_what_follows) {
  const Package package = read(
      gzip(Tar().add("x/setup.py", "1").add_raw(std::string(512, 'Z')).add("x/b.py", "2").str()));
  EXPECT_THAT(paths(package), ElementsAre("b.py", "setup.py"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::malformed, "", "between members")));
}

TEST(Tar, Something_before_the_first_header_does_not_hide_the_archive) {
  const Package package = read(
      gzip(std::string(512, 'Z') + Tar().add("package/package.json", "{}").str()), "x-1.0.0.tgz");
  EXPECT_THAT(paths(package), ElementsAre("package.json"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::polyglot, "", "before its first member")));
}

TEST(Tar, What_was_read_of_a_truncated_archive_is_kept) {
  const std::string whole = Tar().add("x/setup.py", "1").add("x/b.py", std::string(600, 'b')).str();
  const Package package = read(gzip(whole.substr(0, 512 + 512 + 512 + 100)));
  EXPECT_THAT(paths(package), ElementsAre("b.py", "setup.py"));
  EXPECT_EQ(package.find("b.py")->bytes, std::string(100, 'b'));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::truncated, "b.py", "ends after 100 of its 600 bytes")));
}

TEST(Tar, A_gzip_stream_that_ends_early_is_told_and_its_start_kept) {
  std::string noise;
  for (unsigned i = 0; i < 4000; ++i) noise += static_cast<char>(i * i * 2654435761u >> 13);
  const std::string packed = gzip(Tar().add("x/setup.py", "1").add("x/b.py", noise).str());
  const Package package = read(packed.substr(0, packed.size() / 2));
  EXPECT_THAT(paths(package), ElementsAre("b.py", "setup.py"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::truncated, "b.py", "the archive ends after")));
}

TEST(Tar, A_size_beyond_all_files_is_no_number) {
  const std::string_view huge = "\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv;
  const Package package = read(gzip(
      Tar().add("x/setup.py", "1").add_header("x/huge", 0, '0', {}, huge).add("x/b", "2").str()));
  EXPECT_THAT(paths(package), ElementsAre("b", "huge", "setup.py"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::malformed, "huge", "its size is no number")));
}

TEST(Tar, A_size_larger_than_the_archive_allocates_nothing_and_is_told) {
  const Package package = read(gzip(
      Tar().add("x/setup.py", "1").add_header("x/big.py", 400'000'000).add_contents("abc").str()));
  EXPECT_EQ(package.find("big.py")->bytes.substr(0, 3), "abc");
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::truncated, "big.py", "of its 400000000 bytes")));
}

TEST(Tar, Sparse_and_unknown_members_are_examined_as_stored_and_told) {
  const Package package = read(gzip(
      Tar().add("x/setup.py", "1").add("x/sparse", "abc", 'S').add("x/odd", "def", 'Z').str()));
  EXPECT_EQ(package.find("odd")->bytes, "def");
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::malformed, "odd", "unknown type 'Z'"),
                                        gap(GapKind::unsupported, "sparse", "sparse")));
}

TEST(Tar, Members_smuggled_into_the_contents_of_a_link_are_examined) {
  const std::string smuggled = Tar().add("x/evil.py", "2").str_without_end_mark();
  const Package package = read(gzip(Tar()
                                        .add("x/setup.py", "1")
                                        .add_header("x/l", smuggled.size(), '2', "setup.py")
                                        .add_raw(smuggled)
                                        .str()));
  EXPECT_THAT(paths(package), ElementsAre("evil.py", "setup.py"));
  EXPECT_THAT(package.gaps, testing::Contains(gap(GapKind::malformed, "l", "bytes of contents")));
}

TEST(Tar, A_prefix_that_only_some_readers_use_is_told) {
  std::string bytes = Tar().add("x/setup.py", "1").str();
  bytes.replace(257, 8, "ustar  \0"sv);
  bytes.replace(345, 4, "evil");
  unsigned sum = 8 * ' ';
  for (std::size_t i = 0; i < 512; ++i) {
    if (i < 148 || i >= 156) sum += static_cast<unsigned char>(bytes[i]);
  }
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  bytes.replace(148, 6, digits);
  const Package package = read(gzip(bytes));
  EXPECT_THAT(paths(package), ElementsAre("setup.py"));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::polyglot, "setup.py", "put \"evil/\" before")));
}

TEST(Tar, A_stream_that_is_no_tar_archive_although_its_name_says_so_is_told) {
  const Package package = read(gzip("import os\n"), "x-1.0.tar.gz");
  EXPECT_THAT(paths(package), ElementsAre("x-1.0.tar"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::malformed, "", "no tar archive")));
}

TEST(Tar, Broken_pax_records_are_told) {
  const Package package =
      read(gzip(Tar().add("PaxHeaders/x", "999 path=evil\n", 'x').add("x/setup.py", "1").str()));
  EXPECT_THAT(paths(package), ElementsAre("setup.py"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::malformed, "", "broken pax records")));
}

}  // namespace
}  // namespace assay
