#include "ecosystems/registry/client_environment.h"

#include <gtest/gtest.h>

#include "ecosystems/registry/client_default.h"
#include "ecosystems/registry/memory_environment_for_test.h"
#include "ecosystems/registry/netrc.h"
#include "ecosystems/registry/run_program.h"

namespace assay {
namespace {

TEST(ClientEnvironment, RelativeFoldersOfPathChooseNoProgram) {
  MemoryEnvironment machine;
  machine.variable_values["PATH"] = "node_modules/.bin::/opt/bin:/usr/bin";
  machine.files["node_modules/.bin/npm"] = "";
  machine.files["/usr/bin/npm"] = "";
  EXPECT_EQ(machine.find_program("npm"), "/usr/bin/npm");
  EXPECT_EQ(machine.find_program("pip"), "");
}

TEST(ClientEnvironment, FollowsTheXdgFolders) {
  MemoryEnvironment machine;
  EXPECT_EQ(machine.xdg_cache_home(), "/home/u/.cache");
  machine.variable_values["XDG_CACHE_HOME"] = "/cache";
  machine.variable_values["XDG_CONFIG_HOME"] = "relative";
  EXPECT_EQ(machine.xdg_cache_home(), "/cache");
  EXPECT_EQ(machine.own_cache("answers"), "/cache/assay/answers");
  EXPECT_EQ(machine.xdg_config_home(), "/home/u/.config");
}

class AskClient : public testing::Test {
 protected:
  AskClient() { machine.install("/usr/bin/npm", "https://registry.example.test/\n"); }
  Result<std::string> ask() { return ask_client(machine, {"topic", "/usr/bin/npm", {"config"}}); }
  MemoryEnvironment machine;
};

TEST_F(AskClient, AsksOnceAndRemembers) {
  EXPECT_EQ(*ask(), "https://registry.example.test/");
  EXPECT_EQ(*ask(), "https://registry.example.test/");
  EXPECT_EQ(machine.commands.size(), 1u);
  EXPECT_EQ(machine.commands[0], (std::vector<std::string>{"/usr/bin/npm", "config"}));
}

TEST_F(AskClient, AsksAgainWhenTheClientChanged) {
  EXPECT_TRUE(ask());
  machine.times["/usr/bin/npm"] = 2;
  machine.answers["/usr/bin/npm"] = "https://other.example.test/";
  EXPECT_EQ(*ask(), "https://other.example.test/");
}

TEST_F(AskClient, ADamagedMemoryIsAskedAfresh) {
  machine.files["/home/u/.cache/assay/client-defaults/topic"] = "/usr/bin/npm\n1\nnonsense\n";
  EXPECT_EQ(*ask(), "https://registry.example.test/");
}

TEST_F(AskClient, AnswersThatAreNoUrlAreNotBelieved) {
  machine.answers["/usr/bin/npm"] = "undefined\n";
  EXPECT_FALSE(ask());
}

TEST_F(AskClient, PasswordsAreNotKeptOnDisk) {
  machine.answers["/usr/bin/npm"] = "https://u:p@registry.example.test/";
  EXPECT_TRUE(ask());
  EXPECT_EQ(machine.files.count("/home/u/.cache/assay/client-defaults/topic"), 0u);
}

TEST(RunProgram, GivesStandardOutput) {
  EXPECT_EQ(
      *run_program({"/bin/sh", "-c", "echo out; echo err >&2; pwd"}, std::chrono::seconds(10)),
      "out\n/\n");
}

TEST(RunProgram, FailuresAndMissingProgramsAreErrors) {
  EXPECT_FALSE(run_program({"/bin/sh", "-c", "exit 3"}, std::chrono::seconds(10)));
  EXPECT_FALSE(run_program({"/nonexistent/program"}, std::chrono::seconds(10)));
  EXPECT_FALSE(run_program({"sh"}, std::chrono::seconds(10)));
  EXPECT_FALSE(run_program({}, std::chrono::seconds(10)));
}

TEST(RunProgram, StopsWhatTakesTooLongOrPrintsTooMuch) {
  EXPECT_EQ(run_program({"/bin/sh", "-c", "sleep 1000"}, std::chrono::seconds(0)).error().kind,
            ErrorKind::limit);
  EXPECT_EQ(
      run_program({"/bin/sh", "-c", "exec >&-; sleep 1000"}, std::chrono::seconds(0)).error().kind,
      ErrorKind::limit);
  EXPECT_EQ(run_program({"/bin/cat", "/dev/zero"}, std::chrono::seconds(60)).error().kind,
            ErrorKind::limit);
}

TEST(Netrc, GivesLoginsByHost) {
  const std::map<std::string, NetrcEntry> entries = parse_netrc(
      "# comment\nmachine A.example.test login u password p\nmachine a.example.test login v\n"
      "macdef init\nmachine not.example.test\n\nmachine b.example.test\n  account x\n"
      "  password \"two words\"\n  login w\ndefault login anyone password none");
  EXPECT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries.at("a.example.test"), (NetrcEntry{"u", "p"}));
  EXPECT_EQ(entries.at("b.example.test"), (NetrcEntry{"w", "two words"}));
  EXPECT_EQ(entries.at(""), (NetrcEntry{"anyone", "none"}));
}

TEST(Netrc, CutFilesAreReadAsFarAsTheyGo) {
  for (const char* text :
       {"", "machine", "machine a login", "machine a password \"x", "macdef", "#"}) {
    parse_netrc(text);
  }
  EXPECT_EQ(parse_netrc("machine a login \"\" password p").at("a"), (NetrcEntry{"", "p"}));
}

}  // namespace
}  // namespace assay
