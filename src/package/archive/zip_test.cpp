#include "package/archive/zip.h"

#include <gmock/gmock.h>

#include "package/archive/archive.h"
#include "package/archive/archives_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_archives::gzip;
using testing_archives::Tar;
using testing_archives::Zip;
using testing_archives::ZipMember;

constexpr std::string_view wheel_name = "x-1.0-py3-none-any.whl";

Package read(std::string_view bytes, std::string_view name = wheel_name) {
  Result<Package> package = read_archive(bytes, name);
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

std::string from_hex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return out;
}

TEST(Zip, Stored_and_deflated_members_are_read) {
  ZipMember stored{.name = "x/b.py", .bytes = "stored", .deflated = false, .local_name = {}};
  const Package package = read(Zip().add("x/a.py", std::string(5000, 'a')).add(stored).str());
  EXPECT_THAT(paths(package), ElementsAre("x/a.py", "x/b.py"));
  EXPECT_EQ(package.find("x/a.py")->bytes, std::string(5000, 'a'));
  EXPECT_EQ(package.find("x/b.py")->bytes, "stored");
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Zip, Sizes_that_follow_the_contents_are_no_gap) {
  ZipMember member{
      .name = "x/a.py", .bytes = "import os", .local_name = {}, .has_descriptor = true};
  const Package package = read(Zip().add(member).add("x/b.py", "2").str());
  EXPECT_EQ(package.find("x/a.py")->bytes, "import os");
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Zip, Methods_that_Python_reads_beyond_deflate_are_read_too) {
  const std::string expected = "import os\nimport os\n";
  for (const std::string_view digits :
       {"504b03042e0000000c00000021002d5a341a3c000000c80000000a000000612f73657475702e7079425a683931"
        "415926535956da46b900001dd180001040000022dc00200031064c4052a234f4984e9364f4984e13e2609d27e2"
        "ee48a70a120adb48d720504b01022e032e0000000c00000021002d5a341a3c000000c80000000a000000000000"
        "0000000000800100000000612f73657475702e7079504b0506000000000100010038000000640000000000",
        "504b03043f0002000e00000021002d5a341a20000000c80000000a000000612f73657475702e70790904050"
        "05d0000800000349b4a67b8523c73ed3457fc94d4a323fffffb7dc000504b01023f033f0002000e000000210"
        "02d5a341a20000000c80000000a0000000000000000000000800100000000612f73657475702e7079504b050"
        "6000000000100010038000000480000000000"}) {
    const Package package = read(from_hex(digits));
    ASSERT_THAT(paths(package), ElementsAre("a/setup.py"));
    EXPECT_EQ(package.files[0].bytes.substr(0, expected.size()), expected);
    EXPECT_EQ(package.files[0].bytes.size(), 200u);
    EXPECT_THAT(package.gaps, IsEmpty());
  }
}

TEST(Zip, Sizes_and_offsets_in_zip64_fields_are_read) {
  const Package package = read(from_hex(
      "504b03042d000000000000002100f56e863cffffffffffffffff06001400782f612e70790100100009000000"
      "000000000900000000000000696d706f7274206f73504b010214032d000000000000002100f56e863cffffff"
      "ffffffffff06001c000000000000000000a481ffffffff782f612e7079010018000900000000000000090000"
      "00000000000000000000000000504b06062c000000000000002d002d00000000000000000001000000000000"
      "00010000000000000050000000000000004100000000000000504b0607000000009100000000000000010000"
      "00504b050600000000ffffffffffffffffffffffff0000"));
  ASSERT_THAT(paths(package), ElementsAre("x/a.py"));
  EXPECT_EQ(package.files[0].bytes, "import os");
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Zip, Encrypted_members_are_told_and_the_rest_read) {
  ZipMember locked{.name = "x/locked.py", .bytes = "?", .flags = 1, .local_name = {}};
  const Package package = read(Zip().add(locked).add("x/b.py", "2").str());
  EXPECT_EQ(package.find("x/b.py")->bytes, "2");
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::encrypted, "x/locked.py", "encrypted")));
}

TEST(Zip, A_local_header_with_another_name_is_examined_under_both) {
  ZipMember two_faced{.name = "x/readme.txt", .bytes = "import os", .local_name = "setup.py"};
  const Package package = read(Zip().add(two_faced).str());
  EXPECT_THAT(paths(package), ElementsAre("setup.py", "x/readme.txt"));
  EXPECT_EQ(package.find("setup.py")->bytes, "import os");
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::polyglot, "x/readme.txt", "calls it \"setup.py\"")));
}

TEST(Zip, Members_that_the_directory_leaves_out_are_found) {
  ZipMember hidden{
      .name = "x/hidden.py", .bytes = "import os", .local_name = {}, .is_listed = false};
  const Package package = read(Zip().add("x/a.py", "1").add(hidden).add("x/b.py", "2").str());
  EXPECT_THAT(paths(package), ElementsAre("x/a.py", "x/b.py", "x/hidden.py"));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::polyglot, "", "belong to none; examined as members")));
}

TEST(Zip, A_count_that_does_not_match_the_directory_is_told) {
  const Package package = read(Zip().add("x/a.py", "1").promise_entries(7).str());
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::polyglot, "", "promises 7 members, its directory lists 1")));
}

TEST(Zip, Bytes_before_and_after_the_archive_are_told) {
  const std::string zip = Zip().add("x/a.py", "1").str();
  const Package before = read("#!/usr/bin/env python3\n" + zip);
  EXPECT_THAT(paths(before), ElementsAre("x/a.py"));
  EXPECT_THAT(before.gaps,
              ElementsAre(gap(GapKind::polyglot, "", "23 bytes before the first member")));
  const Package after = read(zip + "left over");
  EXPECT_THAT(paths(after), ElementsAre("x/a.py"));
  EXPECT_THAT(after.gaps, ElementsAre(gap(GapKind::polyglot, "", "9 bytes follow the end")));
}

TEST(Zip, Without_its_directory_the_local_headers_are_read) {
  ZipMember streamed{
      .name = "x/b.py", .bytes = "import os", .local_name = {}, .has_descriptor = true};
  const Package package =
      read(Zip().add("x/a.py", "1").add(streamed).add("x/c.py", "3").str_without_directory());
  EXPECT_THAT(paths(package), ElementsAre("x/a.py", "x/b.py", "x/c.py"));
  EXPECT_EQ(package.find("x/b.py")->bytes, "import os");
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::truncated, "", "no central directory")));
}

TEST(Zip, A_size_that_lies_is_told_and_the_contents_kept) {
  ZipMember liar{.name = "x/a.py", .bytes = "import os", .local_name = {}, .claimed_size = 3};
  const Package small = read(Zip().add(liar).str());
  EXPECT_EQ(small.find("x/a.py")->bytes, "import os");
  EXPECT_THAT(small.gaps,
              ElementsAre(gap(GapKind::malformed, "x/a.py", "9 bytes instead of the 3")));
  liar.claimed_size = 4'000'000'000;
  const Package large = read(Zip().add(liar).str());
  EXPECT_THAT(large.gaps, testing::Not(IsEmpty()));
}

TEST(Zip, Members_that_share_bytes_are_told) {
  const std::string once = Zip().add("x/a.py", std::string(900, 'a')).str();
  // The same central entry twice: the directory grows by one entry of 46 + 6 bytes.
  const std::size_t directory_at = once.find("PK\x01\x02");
  const std::string entry = once.substr(directory_at, 46 + 6);
  std::string twice = once;
  twice.insert(directory_at, entry);
  const std::size_t end_at = twice.size() - 22;
  twice[end_at + 8] = 2;
  twice[end_at + 10] = 2;
  twice[end_at + 12] = static_cast<char>(2 * entry.size());
  EXPECT_THAT(read(twice).gaps, testing::Contains(gap(GapKind::bomb, "", "share the same bytes")));
}

TEST(Zip, Of_very_many_members_that_share_bytes_only_the_first_are_examined) {
  const std::string once = Zip().add("x/a.py", std::string(900, 'a')).str();
  constexpr int times = 200;
  const std::size_t directory_at = once.find("PK\x01\x02");
  const std::string entry = once.substr(directory_at, 46 + 6);
  std::string many = once.substr(0, directory_at);
  for (int i = 0; i < times; ++i) {
    many += entry.substr(0, 46) + "x/" + std::to_string(1000 + i);
    many[many.size() - 6 - 46 + 28] = 6;
  }
  const std::size_t directory_bytes = many.size() - directory_at;
  std::string end = once.substr(once.size() - 22);
  end[8] = end[10] = static_cast<char>(times);
  end[12] = static_cast<char>(directory_bytes & 0xFF);
  end[13] = static_cast<char>(directory_bytes >> 8);
  const Package package = read(many + end);
  EXPECT_LE(package.files.size(), 64u);
  EXPECT_THAT(package.gaps,
              testing::Contains(gap(GapKind::bomb, "", "392 of them were not examined")));
}

TEST(Zip, Symbolic_links_are_gaps) {
  ZipMember link{.name = "x/link",
                 .bytes = "../../etc/passwd",
                 .deflated = false,
                 .local_name = {},
                 .unix_mode = 0120777};
  const Package package = read(Zip().add(link).add("x/b.py", "2").str());
  EXPECT_THAT(paths(package), ElementsAre("x/b.py"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::link, "x/link", "leads out of the package")));
}

TEST(Zip, An_archive_of_another_kind_that_pip_would_take_for_a_zip_is_examined_as_both) {
  const std::string zip = Zip().add("evil/setup.py", "import os").str();
  const Package package = read(gzip(Tar().add("x-1.0/setup.py", "1").str()) + zip, "x-1.0.tar.gz");
  EXPECT_THAT(paths(package), ElementsAre("#zip/setup.py", "setup.py"));
  EXPECT_THAT(package.gaps,
              testing::Contains(gap(GapKind::polyglot, "", "also reads as a zip archive")));
  EXPECT_THAT(package.gaps,
              testing::Contains(gap(GapKind::polyglot, "", "follow the end of the gzip stream")));
}

TEST(Zip, An_empty_archive_is_a_package_without_files) {
  EXPECT_THAT(paths(read(Zip().str())), IsEmpty());
}

}  // namespace
}  // namespace assay
