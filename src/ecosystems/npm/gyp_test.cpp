#include "ecosystems/npm/gyp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

GypFile read(std::string_view text) {
  auto file = read_gyp(text);
  EXPECT_TRUE(file) << (file ? "" : file.error().message);
  return file ? *file : GypFile{};
}

std::vector<std::string> commands_of(std::string_view text, GypCommandKind kind) {
  std::vector<std::string> commands;
  for (const GypCommand& command : read(text).commands) {
    if (command.kind == kind) commands.push_back(command.command);
  }
  return commands;
}

TEST(Gyp, FindsExpansionsOfEveryPhase) {
  constexpr std::string_view text =
      "{'targets': [{'target_name': 'a', # c\n'sources': ['<!(node a.js)'],\n"
      "'x': ['<!@(node -p \"1\")', '>!(late)', '^!@(latest)', '<(plain)', '<|(list)']}]}";
  EXPECT_THAT(commands_of(text, GypCommandKind::expansion),
              ElementsAre("node a.js", "node -p \"1\"", "late", "latest"));
  const GypCommand first = read(text).commands.front();
  EXPECT_EQ(text.substr(first.where.begin, first.where.end - first.where.begin), "'<!(node a.js)'");
}

TEST(Gyp, SeesThroughEscapesConcatenationAndLists) {
  EXPECT_THAT(commands_of(R"({'a': '\x3c\x21(id)'})", GypCommandKind::expansion),
              ElementsAre("id"));
  EXPECT_THAT(commands_of(R"({'a': '<' '!(id)'})", GypCommandKind::expansion), ElementsAre("id"));
  EXPECT_THAT(commands_of(R"({'a': '<!(["node", "a b.js"])'})", GypCommandKind::expansion),
              ElementsAre("node 'a b.js'"));
  EXPECT_THAT(commands_of(R"({'a': '<!(echo $(id) `x`)'})", GypCommandKind::expansion),
              ElementsAre("echo $(id) `x`"));
  EXPECT_THAT(commands_of(R"({'a': '<!(never closed'})", GypCommandKind::expansion),
              ElementsAre("never closed"));
}

TEST(Gyp, PutsInTheFilesOwnVariables) {
  EXPECT_THAT(commands_of("{'variables': {'tool%': 'node <(dir)/x.js', 'dir': 'scripts'},"
                          " 'a': '<!(<(tool) <(unknown))'}",
                          GypCommandKind::expansion),
              ElementsAre("node scripts/x.js " + std::string(hole)));
  EXPECT_THAT(
      commands_of("{'variables': {'a': '<(a)<(a)'}, 'b': '<!(<(a))'}", GypCommandKind::expansion),
      testing::SizeIs(1))
      << "a variable that holds itself ends";
}

TEST(Gyp, FindsWhatTheBuildRuns) {
  constexpr std::string_view text =
      "{'targets': [{'actions': [{'action_name': 'n', 'action': ['sh', '-c', 'do it']}],"
      " 'libraries': ['$(shell pkg-config x)', '`id`'], 'rules': [{'action': ['python', "
      "'g.py']}]}]}";
  EXPECT_THAT(commands_of(text, GypCommandKind::action),
              ElementsAre("sh -c 'do it'", "python g.py"));
  EXPECT_THAT(commands_of(text, GypCommandKind::make_shell), ElementsAre("pkg-config x", "id"));
}

TEST(Gyp, NamesPythonThatIsNoLiteral) {
  EXPECT_THAT(commands_of("{'a': ().__class__.__base__, 'b': 1}", GypCommandKind::expression),
              ElementsAre("().__class__.__base__"));
  EXPECT_THAT(commands_of("{'conditions': [['OS==\"win\"', {}], ['x.__class__', {}]]}",
                          GypCommandKind::expression),
              ElementsAre("x.__class__"));
  EXPECT_THAT(commands_of("{'a': '<!pymod_do_main(evil --x)'}", GypCommandKind::module),
              ElementsAre("evil --x"));
}

TEST(Gyp, TellsWhetherAnythingIsCompiled) {
  EXPECT_TRUE(read("{'targets': [{'sources': ['a.cc']}]}").has_native_sources);
  EXPECT_FALSE(read("{'targets': [{'sources': ['a.js']}]}").has_native_sources);
  EXPECT_FALSE(read("{'targets': [{'sources!': ['a.cc']}]}").has_native_sources);
  EXPECT_TRUE(read("{'targets': [{'sources': ['<!@(ls *.cc)']}]}").sources_are_computed);
  EXPECT_FALSE(read("{'targets': [{'target_name': 'x', 'type': 'none'}]}").has_native_sources);
}

TEST(Gyp, ListsTheFilesThatAreReadWithIt) {
  EXPECT_THAT(
      read("{'includes': ['common.gypi'], 'dependencies': ['deps/z.gyp:z', ':here']}").includes,
      ElementsAre("common.gypi", "deps/z.gyp"));
}

TEST(Gyp, IsBounded) {
  std::string nested;
  for (int i = 0; i < 50'000; ++i) nested += "<!(";
  EXPECT_LE(read("{'a': '" + nested + "'}").commands.size(), 10'000u);
  std::string many = "[";
  for (int i = 0; i < 20'000; ++i) many += "'<!(a)',";
  EXPECT_EQ(read(many + "]").commands.size(), 10'000u);
  EXPECT_TRUE(read(many + "]").is_cut);
  EXPECT_FALSE(read_gyp(""));
  EXPECT_FALSE(read_gyp("{'a': ["));
}

}  // namespace
}  // namespace assay
