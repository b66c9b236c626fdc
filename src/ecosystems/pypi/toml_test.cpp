#include "ecosystems/pypi/toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;

TomlTree read(std::string_view text) {
  auto tree = TomlTree::read(text);
  EXPECT_TRUE(tree) << text << (tree ? "" : tree.error().message);
  return tree ? *tree : *TomlTree::read("");
}

std::string value_at(std::string_view text, std::string_view path) {
  const TomlTree tree = read(text);
  const TomlNode* node = tree.at(path);
  return node ? node->text : "absent";
}

TEST(Toml, ReadsKeysTablesAndArraysOfTables) {
  const TomlTree tree = read(
      "top = 1 # c\n[a.'b c'.d]\nx.y = \"v\"\n[[list]]\nn = 'one'\n[[list]]\nn = 'two'\n"
      "[list.sub]\nm = 'of two'\n");
  EXPECT_EQ(tree.at("top")->text, "1");
  const TomlNode* b = tree.find(*tree.at("a"), "b c");
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(tree.find(*tree.find(*tree.find(*b, "d"), "x"), "y")->text, "v");
  const auto elements = tree.children(*tree.at("list"));
  ASSERT_EQ(elements.size(), 2u);
  EXPECT_EQ(tree.text(*elements[0], "n"), "one");
  EXPECT_EQ(tree.text(*tree.find(*elements[1], "sub"), "m"), "of two");
}

TEST(Toml, ReadsEveryKindOfString) {
  EXPECT_EQ(value_at(R"(a = "x\t\"\u00e9\U0001F600")", "a"), "x\t\"\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(value_at(R"(a = 'C:\n')", "a"), "C:\\n");
  EXPECT_EQ(value_at("a = \"\"\"\none\\\n   two\"\"\"", "a"), "onetwo");
  EXPECT_EQ(value_at("a = '''\nit's'''", "a"), "it's");
  EXPECT_EQ(value_at("a = \"\"\"x\"\"\"\"\nb = 1", "a"), "x\"");
  EXPECT_EQ(value_at("a = ''\nb = 1", "a"), "");
}

TEST(Toml, ReadsInlineTablesAndArraysOverLines) {
  const TomlTree tree = read("a = [ # c\n  'x', # c\n  1.5,\n  {k.l = ['y'], m = 2},\n]\nb = 3\n");
  const auto elements = tree.children(*tree.at("a"));
  ASSERT_EQ(elements.size(), 3u);
  EXPECT_THAT(tree.texts(*tree.find(*elements[2], "k"), "l"), ElementsAre("y"));
  EXPECT_EQ(tree.at("b")->text, "3");
}

TEST(Toml, KnowsWhereKeysAndValuesStand) {
  constexpr std::string_view text = "x = 1\n[a]\nb = [1,\n2]\nc = 2\n";
  const TomlTree tree = read(text);
  const TomlNode* b = tree.at("a.b");
  EXPECT_EQ(text.substr(b->begin, b->end - b->begin), "b = [1,\n2]");
  EXPECT_EQ(text.substr(tree.at("a")->begin, 3), "[a]");
}

TEST(Toml, TheLastOfRepeatedKeysCounts) {
  EXPECT_EQ(value_at("a = 1\na = 2\n", "a"), "2");
  EXPECT_EQ(value_at("a = 1\n[a]\nb = 3\n", "a.b"), "3");
}

TEST(Toml, RefusesWhatIsBroken) {
  for (const std::string_view text : {"[=", "[a", "[[a]", "a", "a =", "a = \n", "= 1", "a = [1",
                                      "a = {b", "a = {b = 1", "a = 'x' 'y'", "[a] b = 1"}) {
    const auto tree = TomlTree::read(text);
    EXPECT_FALSE(tree) << text;
  }
  EXPECT_EQ(TomlTree::read("a = [1, 2, 3]", 3).error().kind, ErrorKind::limit);
}

}  // namespace
}  // namespace assay
