#include "ecosystems/literal.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

std::string text_at(std::string_view json, std::string_view key) {
  const auto tree = LiteralTree::read(json, LiteralDialect::json);
  if (!tree) return "error: " + tree.error().message;
  const LiteralNode* node = tree->find(tree->root(), key);
  return node ? tree->text(*node) : "absent";
}

std::string gyp_text_at(std::string_view gyp, std::string_view key) {
  const auto tree = LiteralTree::read(gyp, LiteralDialect::gyp);
  if (!tree) return "error: " + tree.error().message;
  const LiteralNode* node = tree->find(tree->root(), key);
  return node ? tree->text(*node) : "absent";
}

TEST(Literal, KnowsWhereKeysAndValuesStand) {
  constexpr std::string_view json = R"({"a": [1, {"b": "x"}], "c": null})";
  const auto tree = LiteralTree::read(json, LiteralDialect::json);
  ASSERT_TRUE(tree);
  EXPECT_TRUE(tree->is_strict());
  const LiteralNode* a = tree->find(tree->root(), "a");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(tree->source(*a), R"([1, {"b": "x"}])");
  EXPECT_EQ(json.substr(a->begin_with_key(), 3), "\"a\"");
  const auto children = tree->children(*a);
  ASSERT_EQ(children.size(), 2u);
  EXPECT_EQ(children[0]->kind, LiteralKind::number);
  EXPECT_EQ(tree->text(*tree->find(*children[1], "b")), "x");
  EXPECT_EQ(tree->find(tree->root(), "c")->kind, LiteralKind::null);
}

TEST(Literal, UndoesEscapesSurrogatePairsIncluded) {
  EXPECT_EQ(text_at(R"({"a": "\u0068\t\"\\\/\ud83d\ude00"})", "a"), "h\t\"\\/\xF0\x9F\x98\x80");
  EXPECT_EQ(text_at(R"({"a": "\ud83dx"})", "a"), "\xED\xA0\xBDx") << "a lone surrogate is kept";
  EXPECT_EQ(text_at(R"({"\u0061": "found by its unescaped key"})", "a"),
            "found by its unescaped key");
}

TEST(Literal, TheLastOfEqualKeysCounts) { EXPECT_EQ(text_at(R"({"a":"1","a":"2"})", "a"), "2"); }

TEST(Literal, ToleratesWhatLenientClientsRead) {
  for (const std::string_view json :
       {"// note\n{\"a\": \"x\"}", "{\"a\": \"x\",}", "{/* */\"a\": \"x\"} tail", "{a: 'x'}",
        "{\"b\": [1 2], \"a\": \"x\"}"}) {
    EXPECT_EQ(text_at(json, "a"), "x") << json;
    EXPECT_FALSE(LiteralTree::read(json, LiteralDialect::json)->is_strict()) << json;
  }
  EXPECT_EQ(text_at("\xEF\xBB\xBF{\"a\": \"x\"}", "a"), "x");
  EXPECT_EQ(text_at("{\"a\": \"\xFF\"}", "a"), "\xFF");
}

TEST(Literal, RefusesWhatIsCutOrMismatched) {
  for (const std::string_view json : {"", "  ", "{", "{\"a\"", "{\"a\":", "{\"a\": [}", "[1}",
                                      "{\"a\": \"x\"", "{\"a\": oops}", "{1}", "\xEF\xBB\xBF"}) {
    EXPECT_FALSE(LiteralTree::read(json, LiteralDialect::json)) << json;
  }
}

TEST(Literal, IsBoundedInDepthAndCount) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_TRUE(LiteralTree::read(deep, LiteralDialect::json));
  const auto many = LiteralTree::read("[1,2,3,4]", LiteralDialect::json, 3);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().kind, ErrorKind::limit);
}

TEST(Literal, ReadsPythonLiterals) {
  EXPECT_EQ(gyp_text_at("# c\n{'a': 'x' \"y\" # c\n 'z',}", "a"), "xyz");
  EXPECT_EQ(gyp_text_at(R"({'a': '\x3c!(id)'})", "a"), "<!(id)");
  EXPECT_EQ(gyp_text_at(R"({'a': r'\n'})", "a"), "\\n");
  EXPECT_EQ(gyp_text_at("{'a': '''it's\nlong'''}", "a"), "it's\nlong");
  EXPECT_EQ(gyp_text_at(R"({u'a': u'b'})", "a"), "b");
  EXPECT_TRUE(
      LiteralTree::read("{'a': True, 'b': None, 'c': -1}", LiteralDialect::gyp)->is_strict());
}

TEST(Literal, KeepsPythonExpressionsWhole) {
  constexpr std::string_view gyp = "{'a': '<' + '!(' + ''.join(['i', 'd']) + ')', 'b': 'x'}";
  const auto tree = LiteralTree::read(gyp, LiteralDialect::gyp);
  ASSERT_TRUE(tree);
  const LiteralNode* a = tree->find(tree->root(), "a");
  EXPECT_EQ(a->kind, LiteralKind::expression);
  EXPECT_EQ(tree->source(*a), "'<' + '!(' + ''.join(['i', 'd']) + ')'");
  EXPECT_EQ(tree->text(*a), "<!(id)");
  EXPECT_EQ(gyp_text_at(gyp, "b"), "x");
  EXPECT_FALSE(tree->is_strict());
  EXPECT_TRUE(LiteralTree::read("{'a', 'b'}", LiteralDialect::gyp));
  EXPECT_TRUE(LiteralTree::read("[x for x in ().__class__]", LiteralDialect::gyp));
}

}  // namespace
}  // namespace assay
