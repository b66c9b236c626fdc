#include <gtest/gtest.h>

#include <algorithm>

#include "facts/code/javascript/tree_shape.h"

namespace assay::code {
namespace {

TEST(JavaScript, Functions_after_an_error_are_not_lost) {
  EXPECT_EQ(
      broken_shape("function f() { if (x) { g(; } function h() { i() }"),
      R"(function "f" +statement[parameters, block[if[x, block[call[g, error]], none], function "h" +statement[parameters, block[call[i]]]]])");
  EXPECT_EQ(
      broken_shape("function f( { } function h() { i() }"),
      R"(function "f" +statement[parameters[parameter[object, none]], none]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(broken_shape("f(a, b\nfunction h() { i() }"),
            R"(call[f, a, b]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(
      broken_shape("x = [1, 2; function h() { i() }"),
      R"(assign =[x, array list[1, 2]]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(
      broken_shape("x = { a: 1, b: 2; function h() { i() }"),
      R"(assign =[x, object[pair["a", 1], pair["b", 2]]]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(
      broken_shape("x = { a: 1\nfunction h() { i() }"),
      R"(assign =[x, object[pair["a", 1]]]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(
      broken_shape("class A { m() { f( } } function h() { i() }"),
      R"(class "A" +statement[block[function "m"[parameters, block[call[f, error]]]]]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(broken_shape("if (a { b } function h() { i() }"),
            R"(if[a, block[b], none]; function "h" +statement[parameters, block[call[i]]])");
  EXPECT_EQ(
      broken_shape("var x = ; let y = * z; function h() { i() }"),
      R"(declaration var[declarator[x, error]]; declaration let[declarator[y, error]]; z; function "h" +statement[parameters, block[call[i]]])");
}

TEST(JavaScript, Stray_brackets_are_skipped) {
  EXPECT_EQ(broken_shape("a } b ) c ] d"), "a; error; b; error; c; error; d");
}

TEST(JavaScript, A_truncated_file_gives_all_there_is) {
  EXPECT_EQ(
      broken_shape("function f(a) { if (b) { c(d, [e, { g: `h${i"),
      R"(function "f" +statement[parameters[parameter[a, none]], block[if[b, block[call[c, d, array list[e, object[pair["g", template_string["h", i]]]]]], none]]])");
  EXPECT_EQ(broken_shape("class A { m() { return x"),
            R"(class "A" +statement[block[function "m"[parameters, block[return[x]]]]])");
  EXPECT_EQ(broken_shape("a ? b"), "conditional[a, b, none]");
  EXPECT_EQ(broken_shape("import { a"), R"(import from[import_name "a"[a]])");
  EXPECT_EQ(broken_shape("`a${b} c"), R"(template_string["a", b, " c"])");
}

TEST(JavaScript, Half_written_parts_leave_error_nodes) {
  EXPECT_EQ(broken_shape("a + ; b"), "+[a, error]; b");
  EXPECT_EQ(broken_shape("f(,); f(a,,b); new"), "call[f, error]; call[f, a, error, b]; new[error]");
  EXPECT_EQ(broken_shape("({ a: }); ({ a b })"),
            R"(object[pair["a", error]]; object; a; b; error; error)");
  EXPECT_EQ(broken_shape("a.; a?.; a["), "member[a]; member +optional[a]; index[a, error]");
  EXPECT_EQ(broken_shape("switch (x) { f(); case 1: g() }"),
            "switch[x, error[call[f]], case[1, call[g]]]");
  EXPECT_EQ(broken_shape("try { a } b"), "try[block[a], none, none]; b");
  EXPECT_EQ(broken_shape("<a><b></a>"), "jsx[a, jsx[b]]");
}

TEST(JavaScript, Unterminated_literals_end_with_their_line) {
  EXPECT_EQ(broken_shape("a = 'b\nc()"), R"(assign =[a, "b"]; call[c])");
  EXPECT_EQ(broken_shape("a = /b\nc()"), "assign =[a, error]; b; call[c]");
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::size_t count(const Tree& tree, Kind kind) {
  return static_cast<std::size_t>(
      std::ranges::count_if(tree.nodes, [&](const Node& node) { return node.kind == kind; }));
}

// The text of the first node of a kind, with its bytes intact.
std::string text_of(std::string_view source, Kind kind) {
  const Tree tree = parse_javascript(source);
  const auto found = std::ranges::find(tree.nodes, kind, &Node::kind);
  return found == tree.nodes.end() ? "(none)" : std::string(found->text);
}

TEST(JavaScript, What_nests_too_deeply_is_skipped_whatever_it_is) {
  for (const std::string_view open :
       {"(",       "[",          "{",    "`${",         "a?",
        "!",       "x=>",        "<a>",  "function(){", "new ",
        "a=>{",    "class{m(){", "f(",   "a[",          "if(a)",
        "for(;;)", "a:",         "({a:", "x=(a,",       "async x=>",
        "@(",      "<a b={",     "-(",   "try{",        "switch(a){case 1:",
        "typeof ", "import(",    "(a=",  "[a=",         "a**(",
        "a?.[",    "while(a)",   "do "}) {
    const std::string source = repeated(open, 20'000);
    for (const JavaScriptOptions& options :
         {JavaScriptOptions{}, typescript_options, tsx_options}) {
      const Tree tree = parse_javascript(source, options);
      EXPECT_FALSE(tree.skipped.empty()) << open;
      EXPECT_LT(tree.nodes.size(), source.size()) << open;
    }
  }
}

TEST(JavaScript, Code_after_what_nests_too_deeply_is_read) {
  for (const auto& [open, close] :
       {std::pair("(", ")"), std::pair("[", "]"), std::pair("{", "}"), std::pair("f(", ")"),
        std::pair("!(", ")"), std::pair("x=>{", "}")}) {
    const std::string source = repeated(open, 3000) + "1" + repeated(close, 3000) + "; last()";
    const std::string found = broken_shape(source);
    EXPECT_TRUE(found.ends_with("call[last]")) << open;
  }
  EXPECT_TRUE(broken_shape(repeated("`${", 3000) + "1" + repeated("}`", 3000) + "; last()")
                  .ends_with("call[last]"));
  EXPECT_TRUE(broken_shape(repeated("<a>", 3000) + "{1}" + repeated("</a>", 3000) + "; last()")
                  .ends_with("call[last]"));
}

TEST(JavaScript, Long_chains_are_not_deep) {
  const int length = 100'000;
  const auto read = [&](std::string_view first, std::string_view link) {
    const std::string source = std::string(first) + repeated(link, length);
    const Tree tree = parse_javascript(source);
    EXPECT_TRUE(tree.skipped.empty()) << link;
    return tree;
  };
  EXPECT_EQ(read("a", "+a").nodes.size(), length + 4);
  EXPECT_EQ(count(read("a", "+b-c"), Kind::binary), 2 * length);
  EXPECT_EQ(count(read("a", "<b"), Kind::compare), length);
  EXPECT_EQ(count(read("a", ".b()"), Kind::call), length);
  EXPECT_EQ(count(read("a", "[0]"), Kind::index), length);
  EXPECT_EQ(count(read("a", "`b`"), Kind::call), length);
  EXPECT_EQ(count(read("a", "**b"), Kind::binary), length);
  EXPECT_EQ(count(read("a", "=b"), Kind::assign), length);
  EXPECT_EQ(count(read("a", "?b:c"), Kind::conditional), length);
  EXPECT_EQ(count(read("if(a);", "else if(b);"), Kind::if_), length + 1);
  EXPECT_EQ(count(read("a", ",b"), Kind::sequence), 1);
}

TEST(JavaScript, Guesses_at_types_cost_no_more_than_the_file) {
  // Each `<` might begin type arguments that only the end of the file refutes.
  for (const std::string_view text :
       {"a<", "a<b,", "f<(a:", "x?(a?:", "(a):{", "async<", "a<new ("}) {
    const std::string source = repeated(text, 50'000);
    EXPECT_GT(parse_javascript(source, typescript_options).nodes.size(), 1) << text;
  }
  EXPECT_GT(parse_javascript(repeated("x=/[ ", 100'000)).nodes.size(), 1);
}

TEST(JavaScript, The_node_limit_ends_the_tree_but_keeps_what_was_read) {
  ParseLimits limits;
  limits.max_nodes = 1000;
  const std::string source = "(function () { first(); " + repeated("f(1);", 10'000) + " })()";
  const Tree tree = parse_javascript(source, {}, limits);
  EXPECT_TRUE(tree.stopped_early);
  EXPECT_LT(tree.nodes.size(), 1100);
  ASSERT_FALSE(tree.skipped.empty());
  EXPECT_EQ(tree.skipped.back().reason, "too many nodes");
  EXPECT_EQ(tree.skipped.back().end, source.size());
  EXPECT_TRUE(shape(tree).starts_with("function[parameters, block[call[first], call[f, 1]"))
      << shape(tree);
}

TEST(JavaScript, Any_bytes_give_a_tree) {
  for (const std::string_view text :
       {std::string_view(""), std::string_view("\0\0", 2), std::string_view("\xff\xfe\xfd"),
        std::string_view("\xe2\x80"), std::string_view("\xef\xbb\xbf"), std::string_view("#!"),
        std::string_view("\\"), std::string_view("\\u{"), std::string_view("'\\"),
        std::string_view("`\\"), std::string_view("/\\"), std::string_view("/*"),
        std::string_view("<!--")}) {
    const Tree tree = parse_javascript(text);
    EXPECT_EQ(tree[tree.root].kind, Kind::module);
    EXPECT_EQ(tree[tree.root].end, text.size());
  }
}

TEST(JavaScript, Text_without_escapes_is_a_view_of_the_source) {
  const std::string source = "a.b('c', `d`, /e/, 1); f: g => 'h'";
  const Tree tree = parse_javascript(source);
  EXPECT_TRUE(tree.arena.empty());
  for (const Node& node : tree.nodes) {
    if (node.text.empty() || node.text == "this") continue;
    EXPECT_GE(node.text.data(), source.data());
    EXPECT_LE(node.text.data() + node.text.size(), source.data() + source.size());
  }
}

TEST(JavaScript, Lone_surrogates_become_three_bytes_and_pairs_four) {
  EXPECT_EQ(text_of(R"('\ud83d')", Kind::string), "\xed\xa0\xbd");
  EXPECT_EQ(text_of(R"('\ude00\ud83d')", Kind::string), "\xed\xb8\x80\xed\xa0\xbd");
  EXPECT_EQ(text_of(R"('\ud83dx\ude00')", Kind::string), "\xed\xa0\xbdx\xed\xb8\x80");
  EXPECT_EQ(text_of(R"('\ud83d\ude00')", Kind::string), "\xf0\x9f\x98\x80");
  EXPECT_EQ(text_of(R"('\u{d83d}\u{de00}')", Kind::string), "\xf0\x9f\x98\x80");
  EXPECT_EQ(text_of(R"('\u{10ffff}\u{110000}')", Kind::string), "\xf4\x8f\xbf\xbfu{110000}");
}

TEST(JavaScript, Line_ends_in_literals_are_what_the_language_makes_of_them) {
  EXPECT_EQ(text_of("'a\\\r\nb'", Kind::string), "ab");
  EXPECT_EQ(text_of("'a\\\xe2\x80\xa8"
                    "b'",
                    Kind::string),
            "ab");
  EXPECT_EQ(text_of("'a\xe2\x80\xa8"
                    "b'",
                    Kind::string),
            "a\xe2\x80\xa8"
            "b");
  EXPECT_EQ(text_of("`a\r\nb\rc`", Kind::string), "a\nb\nc");
  EXPECT_EQ(text_of("'\\n\\t\\0\\x00'", Kind::string), std::string("\n\t\0\0", 4));
  EXPECT_EQ(text_of(R"('\377\400\8')", Kind::string), "\xc3\xbf 08");
}

TEST(JavaScript, Every_kind_of_line_end_ends_comments_and_statements) {
  for (const std::string_view end : {"\n", "\r", "\r\n", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    EXPECT_EQ(shape("// a" + std::string(end) + "b" + std::string(end) + "c"), "b; c");
    EXPECT_EQ(shape("a /*" + std::string(end) + "*/ ++b"), "a; update ++ +prefix[b]");
  }
}

TEST(JavaScript, Unicode_blanks_separate_and_other_letters_do_not) {
  EXPECT_EQ(shape("\xef\xbb\xbfvar\xc2\xa0"
                  "a\xe3\x80\x80=\xef\xbb\xbf"
                  "1"),
            "declaration var[declarator[a, 1]]");
  EXPECT_EQ(shape("\xe5\x8f\x98\xe9\x87\x8f = caf\xc3\xa9"),
            "assign =[\xe5\x8f\x98\xe9\x87\x8f, caf\xc3\xa9]");
}

TEST(JavaScript, A_comment_that_a_module_would_run_is_reported) {
  const Tree script = parse_javascript("a <!-- b\n--> c\nd");
  EXPECT_EQ(shape(script), "a; d");
  ASSERT_EQ(script.skipped.size(), 1);
  EXPECT_EQ(script.skipped[0].begin, 2);
  EXPECT_EQ(script.skipped[0].end, 8);
  EXPECT_EQ(shape("a <!--b", {.module = true}), "<[a, unary not[update -- +prefix[b]]]");
}

TEST(JavaScript, Nodes_cover_their_source) {
  const std::string source = "if (a) { b(c, 'd'); }";
  const Tree tree = parse_javascript(source);
  const auto text = [&](Kind kind) {
    const auto found = std::ranges::find(tree.nodes, kind, &Node::kind);
    return std::string_view(source).substr(found->begin, found->end - found->begin);
  };
  EXPECT_EQ(text(Kind::if_), source);
  EXPECT_EQ(text(Kind::block), "{ b(c, 'd'); }");
  EXPECT_EQ(text(Kind::call), "b(c, 'd')");
  EXPECT_EQ(text(Kind::string), "'d'");
}

}  // namespace
}  // namespace assay::code
