#include "package/archive/member_path.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

using namespace std::string_view_literals;

CheckedPath check(std::string_view raw) { return check_member_path(raw, {}); }

TEST(MemberPath, Honest_names_stay_as_they_are) {
  EXPECT_EQ(check("package/lib/a.js").path, "package/lib/a.js");
  EXPECT_EQ(check("package/lib/a.js").problem, "");
  EXPECT_EQ(check("./a//b/./c").path, "a/b/c");
  EXPECT_EQ(check("caf\xc3\xa9/..rc").path, "caf\xc3\xa9/..rc");
}

TEST(MemberPath, A_name_that_climbs_out_is_refused) {
  for (const std::string_view raw : {"../x", "a/../../x", "a/..", "..\\x", "a\\..\\..\\x"}) {
    EXPECT_TRUE(check(raw).refused) << raw;
  }
}

TEST(MemberPath, Roots_and_drives_are_taken_off_and_told) {
  for (const std::string_view raw :
       {"/etc/x", "//etc/x", "C:/etc/x", "C:\\etc\\x", "/C:/etc/x", "\\etc\\x"}) {
    const CheckedPath checked = check(raw);
    EXPECT_FALSE(checked.refused) << raw;
    EXPECT_EQ(checked.path, "etc/x") << raw;
    EXPECT_NE(checked.problem, "") << raw;
  }
}

TEST(MemberPath, Backslashes_separate) { EXPECT_EQ(check("a\\b\\c.js").path, "a/b/c.js"); }

TEST(MemberPath, A_name_ends_at_NUL_and_that_is_told) {
  const CheckedPath checked = check("setup.py\0.txt"sv);
  EXPECT_EQ(checked.path, "setup.py");
  EXPECT_EQ(checked.problem, "the name holds a NUL byte");
}

TEST(MemberPath, Names_beyond_the_limits_are_refused) {
  EXPECT_TRUE(check(std::string(5000, 'a')).refused);
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "a/";
  EXPECT_TRUE(check(deep + "x").refused);
  EXPECT_TRUE(check("").refused);
  EXPECT_TRUE(check("./").refused);
}

TEST(MemberPath, Invalid_UTF8_is_kept_escaped) {
  const CheckedPath checked = check("a/caf\xe9.py");
  EXPECT_EQ(checked.path, "a/caf\\xe9.py");
  EXPECT_EQ(checked.problem, "");
}

TEST(MemberPath, Links_resolve_within_the_package_only) {
  EXPECT_EQ(resolve_link("docs/README.md", "../README.md"), "README.md");
  EXPECT_EQ(resolve_link("a/b/c", "./d/../e"), "a/b/e");
  EXPECT_EQ(resolve_link("a", "../../etc/passwd"), "");
  EXPECT_EQ(resolve_link("a", "/etc/passwd"), "");
}

TEST(MemberPath, Test_folders_are_known) {
  EXPECT_TRUE(is_in_test_folder("lib/Tests/bad.zip"));
  EXPECT_FALSE(is_in_test_folder("lib/test"));
  EXPECT_FALSE(is_in_test_folder("latest/bad.zip"));
}

}  // namespace
}  // namespace assay
