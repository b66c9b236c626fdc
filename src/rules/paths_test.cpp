#include "rules/paths.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace assay::rules {
namespace {

TEST(Paths, Either_slash_and_any_case_name_the_same_place) {
  EXPECT_EQ(path_kind(R"(%APPDATA%\Microsoft\Windows\Start Menu\Programs\Startup\a.bat)"),
            PathKind::autostart);
  EXPECT_EQ(path_kind("%appdata%/microsoft/windows/start menu/programs/startup/a.bat"),
            PathKind::autostart);
  EXPECT_EQ(path_kind(R"(HKCU\Software\Microsoft\Windows\CurrentVersion\Run\a)"),
            PathKind::autostart);
}

TEST(Paths, Folders_named_by_variables_are_known) {
  EXPECT_EQ(normal_path(std::string(hole) + "/HOME/.bashrc"), "~/.bashrc");
  EXPECT_EQ(normal_path(std::string(hole) + "\\APPDATA\\x"), "%appdata%/x");
  EXPECT_EQ(normal_path(std::string(hole) + "/homestead"), std::string(hole) + "/homestead");
}

TEST(Paths, Stores_of_other_programs_are_known) {
  EXPECT_EQ(path_kind("%LOCALAPPDATA%/Google/Chrome/User Data/Default/Login Data"),
            PathKind::browser_logins);
  EXPECT_EQ(path_kind("~/.config/google-chrome/Default/Cookies"), PathKind::browser_profile);
  EXPECT_EQ(path_kind(R"(%APPDATA%\discord\Local Storage\leveldb)"), PathKind::messenger);
  EXPECT_EQ(path_kind(R"(%APPDATA%\Exodus\exodus.wallet)"), PathKind::wallet);
  EXPECT_EQ(path_kind("~/.ssh/id_rsa"), PathKind::credentials);
  EXPECT_EQ(path_kind("~/.ssh/known_hosts"), PathKind::ordinary);
  EXPECT_EQ(path_kind("~/.ssh/authorized_keys"), PathKind::remote_login);
  EXPECT_EQ(path_kind("src/index.js"), PathKind::ordinary);
}

TEST(Paths, Start_files_of_interpreters_persist) {
  EXPECT_TRUE(is_persistent(path_kind("/usr/lib/python3/dist-packages/x.pth")));
  EXPECT_TRUE(is_persistent(path_kind("~/.bashrc")));
  EXPECT_FALSE(is_persistent(path_kind("x.pth")));
}

TEST(Paths, A_home_or_system_folder_is_a_whole_tree_and_a_part_of_it_is_not) {
  for (const char* tree :
       {"/", "~", "~/", "/home/*", "$HOME", R"(C:\)", R"(C:\Users\)", "%USERPROFILE%"}) {
    EXPECT_TRUE(is_whole_tree(tree)) << tree;
  }
  for (const char* part : {"dist", "./", "~/.cache/sample", "/tmp/x", "", "/home/user/project"}) {
    EXPECT_FALSE(is_whole_tree(part)) << part;
  }
}

TEST(Paths, Only_paths_from_a_root_are_outside_the_package) {
  EXPECT_TRUE(is_outside_package("~/sample.txt"));
  EXPECT_TRUE(is_outside_package("/etc/sample"));
  EXPECT_FALSE(is_outside_package("lib/sample.txt"));
  EXPECT_FALSE(is_outside_package("/tmp/sample"));
}

}  // namespace
}  // namespace assay::rules
