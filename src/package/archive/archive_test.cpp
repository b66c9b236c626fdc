#include "package/archive/archive.h"

#include <gmock/gmock.h>

#include <random>

#include "base/text.h"
#include "package/archive/archives_for_test.h"

namespace assay {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using testing_archives::bzip2;
using testing_archives::gzip;
using testing_archives::Tar;
using testing_archives::xz;
using testing_archives::Zip;
using testing_archives::zstd;

Package read(std::string_view bytes, std::string_view name, Limits limits = {},
             const FileVisitor& visit = {}) {
  Result<Package> package = read_archive(bytes, name, limits, visit);
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

std::string npm_tarball(std::string_view path, std::string_view bytes) {
  return gzip(Tar().add("package/package.json", "{}").add(path, bytes).str());
}

TEST(Archive, An_npm_tarball_loses_its_first_folder_whatever_it_is_called) {
  const Package package =
      read(gzip(Tar().add("node/package.json", "{}").add("other/a.js", "1").str()),
           "types-node-1.0.0.tgz");
  EXPECT_EQ(package.kind, ArtifactKind::npm_tarball);
  EXPECT_EQ(package.id, (PackageId{Ecosystem::npm, "", ""}));
  EXPECT_THAT(paths(package), ElementsAre("a.js", "package.json"));
}

TEST(Archive, A_file_beside_the_npm_folder_does_not_take_a_members_place) {
  const Package package = read(
      gzip(Tar().add("package.json", "{\"outside\":1}").add("package/package.json", "{}").str()),
      "x-1.0.0.tgz");
  EXPECT_EQ(package.find("package.json")->bytes, "{}");
  EXPECT_THAT(paths(package), ElementsAre("package.json", "package.json#outside"));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::duplicate, "package.json", "beside the package's folder")));
}

TEST(Archive, A_python_marker_does_not_turn_an_npm_tarball_into_an_sdist) {
  const Package package =
      read(gzip(Tar().add("package/package.json", "{}").add("package/PKG-INFO", "").str()),
           "x-1.0.0.tgz");
  EXPECT_EQ(package.kind, ArtifactKind::npm_tarball);
}

TEST(Archive, Names_and_versions_of_python_artifacts_come_from_the_file_name) {
  const std::string sdist = gzip(Tar().add("a/setup.py", "").add("a/PKG-INFO", "").str());
  EXPECT_EQ(read(sdist, "my-py-3to2-1.0rc1.tar.gz").id,
            (PackageId{Ecosystem::pypi, "my-py-3to2", "1.0rc1"}));
  const std::string zip = Zip().add("a/b.py", "").str();
  EXPECT_EQ(read(zip, "my_pkg-2.0-1-cp311-abi3-linux_x86_64.whl").id,
            (PackageId{Ecosystem::pypi, "my_pkg", "2.0"}));
  EXPECT_EQ(read(zip, "my_pkg-2.0-1-cp311-abi3-linux_x86_64.whl").kind, ArtifactKind::wheel);
  EXPECT_EQ(read(zip, "my_pkg-2.0-py3.8.egg").id, (PackageId{Ecosystem::pypi, "my_pkg", "2.0"}));
  EXPECT_EQ(read(zip, "my_pkg-2.0-py3.8.egg").kind, ArtifactKind::egg);
}

TEST(Archive, A_name_that_tells_nothing_leaves_it_to_the_contents) {
  EXPECT_EQ(read(Zip().add("w/package.json", "{}").str(), "download.zip").kind,
            ArtifactKind::npm_tarball);
  EXPECT_EQ(read(Zip().add("w/setup.py", "").str(), "download.zip").kind, ArtifactKind::sdist);
  EXPECT_EQ(read(Zip().add("w-1.dist-info/WHEEL", "").str(), "download.zip").kind,
            ArtifactKind::wheel);
  EXPECT_EQ(read(Zip().add("w/notes", "").str(), "download.zip").kind, ArtifactKind::other_archive);
}

TEST(Archive, An_sdist_keeps_its_paths_when_no_folder_holds_everything) {
  const Package package =
      read(gzip(Tar().add("setup.py", "").add("x/a.py", "").str()), "x-1.0.tar.gz");
  EXPECT_THAT(paths(package), ElementsAre("setup.py", "x/a.py"));
  const Package mac =
      read(gzip(Tar().add("._x-1.0", "\0\5\26\7").add("x-1.0/setup.py", "").str()), "x-1.0.tar.gz");
  EXPECT_THAT(paths(mac), ElementsAre("._x-1.0", "setup.py"));
  EXPECT_THAT(mac.gaps, IsEmpty());
}

TEST(Archive, Content_decides_the_format_not_the_name) {
  EXPECT_THAT(paths(read(Zip().add("x/setup.py", "").str(), "x-1.0.tar.gz")),
              ElementsAre("setup.py"));
  EXPECT_THAT(paths(read(gzip(Tar().add("x/a.py", "").str()), "x-1.0-py3-none-any.whl")),
              ElementsAre("x/a.py"));
}

TEST(Archive, Every_compression_that_pip_accepts_is_read) {
  const std::string tar = Tar().add("x/setup.py", std::string(100'000, 'x')).str();
  for (const std::string& bytes : {tar, gzip(tar), bzip2(tar), xz(tar), zstd(tar)}) {
    const Package package = read(bytes, "x-1.0.tar.xz");
    ASSERT_THAT(paths(package), ElementsAre("setup.py"));
    EXPECT_EQ(package.files[0].size_bytes, 100'000u);
    EXPECT_THAT(package.gaps, IsEmpty());
  }
}

TEST(Archive, Bytes_after_a_compressed_stream_are_told) {
  const std::string tar = Tar().add("x/setup.py", "1").str();
  for (const std::string& bytes : {gzip(tar), bzip2(tar), xz(tar), zstd(tar)}) {
    const Package package = read(bytes + "left over here", "x-1.0.tar.gz");
    EXPECT_THAT(paths(package), ElementsAre("setup.py"));
    EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::polyglot, "", "14 bytes follow the end")));
  }
}

TEST(Archive, What_came_before_a_packed_stream_breaks_is_kept) {
  std::string noise;
  for (unsigned i = 0; i < 300'000; ++i) noise += static_cast<char>(i * i * 2654435761u >> 13);
  const std::string tar = Tar().add("x/setup.py", "1").add("x/b.py", noise).str();
  for (const std::string& bytes : {gzip(tar), bzip2(tar), xz(tar), zstd(tar)}) {
    const Package package = read(bytes.substr(0, bytes.size() - 100), "x-1.0.tar.gz");
    EXPECT_THAT(paths(package), Contains("setup.py"));
    EXPECT_THAT(package.gaps, Contains(testing::Field(&Gap::kind, GapKind::truncated)));
  }
}

TEST(Archive, A_stream_that_asks_for_too_much_memory_is_not_unpacked) {
  // An xz block header with a dictionary of 4 GiB - 1; its checksum is right.
  lzma_options_lzma options;
  ASSERT_FALSE(lzma_lzma_preset(&options, 1));
  options.dict_size = LZMA_DICT_SIZE_MIN;
  lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
  std::string bytes(4096, '\0');
  std::size_t size = 0;
  ASSERT_EQ(lzma_stream_buffer_encode(
                filters, LZMA_CHECK_CRC32, nullptr, reinterpret_cast<const std::uint8_t*>("abc"), 3,
                reinterpret_cast<std::uint8_t*>(bytes.data()), &size, bytes.size()),
            LZMA_OK);
  bytes.resize(size);
  constexpr std::size_t block_at = 12;
  const std::size_t block_bytes = (static_cast<unsigned char>(bytes[block_at]) + 1u) * 4;
  const std::size_t dictionary_at = bytes.find("\x21\x01", block_at) + 2;
  bytes[dictionary_at] = 40;
  const std::uint32_t crc = lzma_crc32(
      reinterpret_cast<const std::uint8_t*>(bytes.data()) + block_at, block_bytes - 4, 0);
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[block_at + block_bytes - 4 + i] = static_cast<char>(crc >> (8 * i));
  }
  const Result<Package> package = read_archive(bytes, "x-1.0.tar.xz");
  ASSERT_FALSE(package.has_value());
  EXPECT_THAT(package.error().message, HasSubstr("asks for more than 256 MB of memory"));
}

TEST(Archive, Several_gzip_members_are_one_stream) {
  const std::string tar = Tar().add("x/setup.py", "1").add("x/b.py", "2").str();
  const Package package = read(gzip(tar.substr(0, 700)) + gzip(tar.substr(700)), "x-1.0.tar.gz");
  EXPECT_THAT(paths(package), ElementsAre("b.py", "setup.py"));
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Archive, What_is_no_archive_is_an_error_with_its_name) {
  const Result<Package> package = read_archive("not an archive", "x.tgz");
  ASSERT_FALSE(package.has_value());
  EXPECT_EQ(package.error().kind, ErrorKind::malformed);
  EXPECT_THAT(package.error().message, HasSubstr("x.tgz"));
  EXPECT_EQ(read_archive("7z\xbc\xaf\x27\x1c", "x.7z").error().kind, ErrorKind::unsupported);
}

TEST(Archive, The_archive_itself_is_bounded) {
  Limits limits;
  limits.archive_bytes = 10;
  const Result<Package> package = read_archive(npm_tarball("package/a.js", "1"), "x.tgz", limits);
  ASSERT_FALSE(package.has_value());
  EXPECT_EQ(package.error().kind, ErrorKind::limit);
}

TEST(Archive, The_same_path_twice_is_told_and_both_are_examined) {
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/a.js", "1")
                                        .add("package/a.js", "2")
                                        .add("package/a.js", "3")
                                        .str()),
                               "x.tgz");
  EXPECT_THAT(paths(package), ElementsAre("a.js", "a.js#2", "a.js#3", "package.json"));
  EXPECT_EQ(package.find("a.js#2")->bytes, "2");
  EXPECT_EQ(package.find("a.js#2")->kind, FileKind::javascript);
  EXPECT_THAT(package.gaps, Contains(gap(GapKind::duplicate, "a.js", "the same path again")));
}

TEST(Archive, The_same_file_twice_is_no_gap_even_when_the_visitor_drops_it) {
  const std::string bytes = gzip(Tar()
                                     .add("package/package.json", "{}")
                                     .add("package/a.js", "1")
                                     .add("package/a.js", "1")
                                     .str());
  const FileVisitor drop = [](File& file) {
    file.bytes = {};
    file.dropped = true;
  };
  for (const FileVisitor& visit : {FileVisitor(), drop}) {
    const Package package = read(bytes, "x.tgz", {}, visit);
    EXPECT_THAT(paths(package), ElementsAre("a.js", "package.json"));
    EXPECT_THAT(package.gaps, IsEmpty());
  }
}

TEST(Archive, Paths_that_differ_only_in_case_are_told) {
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/A.js", "1")
                                        .add("package/a.js", "2")
                                        .str()),
                               "x.tgz");
  EXPECT_THAT(paths(package), ElementsAre("A.js", "a.js", "package.json"));
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::duplicate, "a.js", "only in case from A.js")));
}

TEST(Archive, A_bomb_is_stopped_by_its_ratio) {
  Limits limits;
  limits.ratio_floor_bytes = 1_MiB;
  const std::string zeros(8_MiB, '\0');
  const Package tar = read(npm_tarball("package/zeros.bin", zeros), "x.tgz", limits);
  EXPECT_THAT(tar.gaps, Contains(testing::Field(&Gap::kind, GapKind::bomb)));
  const Package zip = read(Zip().add("x/zeros.bin", zeros).str(), "x.zip", limits);
  EXPECT_THAT(zip.gaps,
              ElementsAre(gap(GapKind::bomb, "x/zeros.bin", "more than 300 times its size")));
  EXPECT_THAT(zip.files, IsEmpty());
}

TEST(Archive, The_sum_of_all_members_is_bounded) {
  Limits limits;
  limits.unpacked_bytes = 2_MiB;
  Zip zip;
  for (int i = 0; i < 4; ++i) {
    zip.add("x/" + std::to_string(i), std::string(900_KiB, static_cast<char>('a' + i)));
  }
  const Package package = read(zip.str(), "x.zip", limits);
  EXPECT_THAT(paths(package), ElementsAre("x/0", "x/1"));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::bomb, "", "unpacks to more than 2 MB, reached at x/2")));
}

TEST(Archive, Many_small_nested_bombs_share_one_limit) {
  Limits limits;
  limits.ratio_floor_bytes = 1_MiB;
  limits.unpacked_bytes = 4_MiB;
  Tar tar;
  tar.add("package/package.json", "{}");
  const std::string bomb = gzip(std::string(900_KiB, '\0'));
  for (int i = 0; i < 20; ++i) tar.add("package/" + std::to_string(i) + ".tgz", bomb);
  const Package package = read(gzip(tar.str()), "x.tgz", limits);
  EXPECT_THAT(package.gaps,
              Contains(testing::Field(&Gap::reason, HasSubstr("unpacks to more than"))));
}

TEST(Archive, The_number_of_members_is_bounded) {
  Limits limits;
  limits.members = 3;
  Tar tar;
  for (int i = 0; i < 9; ++i) tar.add("package/" + std::to_string(i), "");
  const Package package = read(gzip(tar.str()), "x.tgz", limits);
  EXPECT_EQ(package.files.size(), 3u);
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::bomb, "", "more than 3 members")));
}

TEST(Archive, A_member_over_the_limit_is_listed_by_kind_and_told) {
  Limits limits;
  limits.member_bytes = 1_MiB;
  const Package package = read(npm_tarball("package/a.bin",
                                           "\x7f"
                                           "ELF" +
                                               std::string(3_MiB, 'x')),
                               "x.tgz", limits);
  const File* file = package.find("a.bin");
  ASSERT_NE(file, nullptr);
  EXPECT_TRUE(file->dropped);
  EXPECT_EQ(file->kind, FileKind::native);
  EXPECT_EQ(file->size_bytes, 3_MiB + 4);
  EXPECT_THAT(package.gaps, ElementsAre(gap(GapKind::too_large, "a.bin", "3 MB exceeds 1 MB")));
}

TEST(Archive, Code_over_its_limit_is_hashed_and_told_and_data_of_that_size_is_kept) {
  Limits limits;
  limits.code_bytes = 1_MiB;
  const Package package = read(gzip(Tar()
                                        .add("package/index.js", std::string(2_MiB, ' '))
                                        .add("package/data.txt", std::string(2_MiB, ' '))
                                        .str()),
                               "x.tgz", limits);
  EXPECT_TRUE(package.find("index.js")->dropped);
  EXPECT_EQ(package.find("index.js")->sha256.size(), 32u);
  EXPECT_FALSE(package.find("data.txt")->dropped);
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::too_large, "index.js", "2 MB of code exceeds 1 MB")));
}

TEST(Archive, Contents_beyond_what_may_be_kept_are_dropped_and_told_once) {
  Limits limits;
  limits.retained_bytes = 1000;
  std::size_t visited = 0;
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/a", std::string(900, 'a'))
                                        .add("package/b", std::string(900, 'b'))
                                        .add("package/c", std::string(900, 'c'))
                                        .str()),
                               "x.tgz", limits, [&](File& file) { visited += file.bytes.size(); });
  EXPECT_EQ(visited, 2702u);
  EXPECT_FALSE(package.find("a")->dropped);
  EXPECT_TRUE(package.find("b")->dropped);
  EXPECT_LT(package.find("b")->bytes.capacity(), 900u);
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::too_large, "", "2 files, the first b, were not kept")));
}

TEST(Archive, Traversal_and_absolute_names_are_told) {
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/../../evil.js", "1")
                                        .add("/package/rooted.js", "2")
                                        .str()),
                               "x.tgz");
  EXPECT_THAT(paths(package), ElementsAre("package.json", "rooted.js"));
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::unsafe_path, "package/../../evil.js", "\"..\""),
                          gap(GapKind::unsafe_path, "rooted.js", "absolute")));
}

TEST(Archive, Nested_archives_are_read_in_place) {
  const std::string wheel = Zip().add("m/__init__.py", "import os").str();
  const std::string inner = npm_tarball("package/lib/a.js", "1");
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/inner.tgz", inner)
                                        .add("package/w.whl", wheel)
                                        .add("package/d.json.gz", gzip("{}"))
                                        .str()),
                               "x.tgz");
  EXPECT_THAT(paths(package), ElementsAre("d.json.gz", "d.json.gz!/d.json", "inner.tgz",
                                          "inner.tgz!/lib/a.js", "inner.tgz!/package.json",
                                          "package.json", "w.whl", "w.whl!/m/__init__.py"));
  EXPECT_EQ(package.find("inner.tgz")->kind, FileKind::archive);
  EXPECT_TRUE(package.find("inner.tgz")->dropped);
  EXPECT_THAT(package.gaps, IsEmpty());
}

TEST(Archive, Nesting_is_bounded) {
  std::string bytes = "innermost";
  for (int i = 0; i < 5; ++i) bytes = Zip().add("a.zip", bytes).str();
  const Package package = read(bytes, "x.zip");
  EXPECT_THAT(package.gaps,
              ElementsAre(gap(GapKind::too_deep, "a.zip!/a.zip!/a.zip", "more than 3 archives")));
}

TEST(Archive, A_broken_nested_archive_is_one_gap_that_says_where_it_stands) {
  Tar links;
  for (int i = 0; i < 40; ++i) links.add("l" + std::to_string(i), "", '2', "/etc/passwd");
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/test/links.tar", links.str())
                                        .add("package/test/bad.zip", "PK\x05\x06 broken")
                                        .str()),
                               "x.tgz");
  EXPECT_THAT(
      package.gaps,
      ElementsAre(gap(GapKind::link, "test/links.tar", "nested archive in a test folder: l0"),
                  gap(GapKind::malformed, "test/bad.zip", "nested archive in a test folder")));
  EXPECT_THAT(package.gaps[0].reason, HasSubstr("and 39 more like it"));
}

TEST(Archive, A_flood_of_gaps_is_counted) {
  Tar tar;
  tar.add("package/package.json", "{}");
  for (int i = 0; i < 500; ++i) tar.add("package/l" + std::to_string(i), "", '2', "/etc/passwd");
  const Package package = read(gzip(tar.str()), "x.tgz");
  EXPECT_EQ(package.gaps.size(), 51u);
  EXPECT_THAT(package.gaps, Contains(gap(GapKind::link, "", "450 more like this")));
}

TEST(Archive, Programs_and_archives_that_pose_as_text_are_told) {
  const Package package = read(gzip(Tar()
                                        .add("package/package.json", "{}")
                                        .add("package/a.png",
                                             "\x7f"
                                             "ELF....")
                                        .add("package/b.txt", Zip().add("c.js", "1").str())
                                        .add("package/ok.so",
                                             "\x7f"
                                             "ELF....")
                                        .str()),
                               "x.tgz");
  EXPECT_THAT(paths(package),
              ElementsAre("a.png", "b.txt", "b.txt!/c.js", "ok.so", "package.json"));
  EXPECT_THAT(package.gaps,
              UnorderedElementsAre(gap(GapKind::wrong_type, "a.png", "its contents are native"),
                                   gap(GapKind::wrong_type, "b.txt", "a zip archive")));
}

// Mutations of sound archives: whatever comes out, no path may leave the package.
void expect_safe(const std::string& bytes, std::string_view name) {
  Limits limits;
  limits.unpacked_bytes = 4_MiB;
  limits.members = 500;
  const Result<Package> package = read_archive(bytes, name, limits);
  if (!package) return;
  for (const File& file : package->files) {
    EXPECT_FALSE(file.path.empty());
    EXPECT_FALSE(file.path.starts_with('/')) << file.path;
    EXPECT_FALSE(contains("/" + file.path + "/", "/../")) << file.path;
    EXPECT_EQ(file.path.find('\0'), std::string::npos);
    EXPECT_TRUE(is_valid_utf8(file.path));
    EXPECT_TRUE(!file.dropped || file.bytes.empty());
  }
  for (std::size_t i = 1; i < package->files.size(); ++i) {
    EXPECT_LT(package->files[i - 1].path, package->files[i].path);
  }
}

std::string mutated(std::string bytes, std::mt19937& random) {
  for (unsigned i = 0; i < 1 + random() % 6 && !bytes.empty(); ++i) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 5) {
      case 0: bytes[at] = static_cast<char>(random()); break;
      case 1: bytes.resize(at); break;
      case 2: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 600)); break;
      case 3: bytes.erase(at, random() % 600); break;
      default: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8)); break;
    }
  }
  return bytes;
}

TEST(Archive, Random_damage_never_crashes_and_never_gives_an_unsafe_path) {
  std::mt19937 random(20240229);
  const std::string tar = Tar()
                              .add("package/package.json", "{}")
                              .add_pax("path", "package/../../x")
                              .add("package/a", "1")
                              .add("/b", "", '2', "../c")
                              .add("package/i.zip", Zip().add("../x", "1").add("y", "2").str())
                              .str();
  const std::string packed = gzip(tar);
  const std::string zip =
      Zip().add("a/../b", "1").add("/c", std::string(3000, 'c')).add("d.tgz", packed).str();
  for (int i = 0; i < 400; ++i) {
    expect_safe(mutated(packed, random), "x-1.0.0.tgz");
    expect_safe(gzip(mutated(tar, random)), "x-1.0.0.tgz");
    expect_safe(mutated(zip, random), "x-1.0-py3-none-any.whl");
  }
}

}  // namespace
}  // namespace assay
