// Damage, hostile input and limits.
#include "facts/code/python/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/code/python/python_testing.h"

namespace assay::code {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Lt;

constexpr std::size_t many = 100'000;

TEST(PythonRecovery, what_follows_an_open_bracket_is_parsed) {
  EXPECT_EQ(shape("x = f(a,\ndef g():\n  return 1"),
            "assign.=(x, call(f, a))\nfunction:g(parameters, block(return(1)))");
  EXPECT_EQ(shape("x = [1, {2: (3\nimport os\nos.system(a)"),
            "assign.=(x, array.list(1, object(pair(2, 3))))\nimport.module:os\n"
            "call(member:system(os), a)");
  EXPECT_EQ(shape("class A:\n  def f(self):\n    x = g(1,\n  def h(self): pass\ny"),
            "class:A(block(function:f!method(parameters(parameter(self, _)), "
            "block(assign.=(x, call(g, 1)))), "
            "function:h!method(parameters(parameter(self, _)), block)))\ny");
  EXPECT_EQ(shape("a = (b\nif c:\n  d"), "assign.=(a, b)\nif(c, block(d), _)");
}

TEST(PythonRecovery, an_expression_may_go_on_with_a_keyword_at_the_start_of_a_line) {
  EXPECT_EQ(shape("x = [a\nfor a in b\nif c]"),
            "assign.=(x, comprehension.list(a, clause(a, b, c)))");
  EXPECT_EQ(shape("x = (a\nif b\nelse c)"), "assign.=(x, conditional(b, a, c))");
  EXPECT_EQ(shape("f(lambda:\n0 if a else\nb)"),
            "call(f, function(parameters, conditional(a, 0, b)))");
  EXPECT_EQ(shape("x = {a\nif {1: 2}[b] else\nc: d}"),
            "assign.=(x, object(pair(conditional(index(object(pair(1, 2)), b), a, c), d)))");
}

TEST(PythonRecovery, brackets_of_the_wrong_kind_and_stray_ones) {
  EXPECT_EQ(shape("f(a]\ng()"), "call(f, a)\ncall(g)");
  EXPECT_EQ(shape(")\nf()\n]}"), "call(f)");
  EXPECT_THAT(skip_reasons("f(a]"), Contains(HasSubstr("another kind")));
}

TEST(PythonRecovery, missing_commas_colons_and_operands) {
  EXPECT_EQ(shape("f(a b, c)"), "call(f, a, b, c)");
  EXPECT_EQ(shape("if a\n  b()\nc"), "if(a, block(call(b)), _)\nc");
  EXPECT_EQ(shape("x = \ny()"), "assign.=(x, error)\ncall(y)");
  EXPECT_EQ(shape("if x = f(1):\n  y"), "if(x, block(call(f, 1), y), _)");
}

TEST(PythonRecovery, what_does_not_fit_in_a_bracket_is_kept) {
  EXPECT_EQ(shape("from a import (b\nos.system(c)"),
            "error(call(member:system(os), c))\nimport.from:a(import_name:b(b))");
  EXPECT_EQ(shape("def f(a b(1)): pass"),
            "error(call(b, 1))\nfunction:f(parameters(parameter(a, _)), block)");
  EXPECT_EQ(shape("x = [a for b in c d(e)]"),
            "assign.=(x, comprehension.list(a, clause(b, c), error(call(d, e))))");
}

TEST(PythonRecovery, words_in_a_row_are_read_one_by_one) {
  EXPECT_EQ(shape("here is some text eval(x)"), "compare.is(here, some)\ntext\ncall(eval, x)");
}

TEST(PythonRecovery, wrong_indentation) {
  EXPECT_EQ(shape("a\n    b\nc"), "a\nb\nc");
  EXPECT_EQ(shape("if a:\n        b\n    c\nd"), "if(a, block(b, c), _)\nd");
  EXPECT_EQ(shape("def f():\nx()\n"), "function:f(parameters, block)\ncall(x)");
  EXPECT_THAT(skip_reasons("a\n    b\nc"), Contains("unexpected indentation"));
}

TEST(PythonRecovery, clauses_without_their_statement_are_kept) {
  EXPECT_EQ(shape("else:\n  f()\nexcept A as b: c"),
            "error(block(call(f)))\nerror(A, b, block(c))");
}

TEST(PythonRecovery, bytes_that_no_token_starts_with_are_skipped) {
  EXPECT_EQ(shape(std::string_view("a\0b = 1 $\n?f()", 14)), "a\nassign.=(b, 1)\ncall(f)");
}

TEST(PythonRecovery, strings_without_an_end) {
  EXPECT_EQ(shape("x = 'abc\ny()"), "assign.=(x, 'abc')\ncall(y)");
  EXPECT_EQ(shape("x = '''abc\ny()"), "assign.=(x, 'abc\ny()')");
  EXPECT_THAT(skip_reasons("x = '''abc"), Contains("string without an end"));
}

TEST(PythonRecovery, every_prefix_of_a_file_gives_a_tree) {
  const std::string source =
      "@d\nclass A(B, c=1):\n  def f(self, *a: x()) -> y:\n    with (a as b, c): f'{x!r:>{w}}'\n"
      "    match q:\n      case [1, *r] if z: pass\n    return [i async for i in {1: 2, **k} if "
      "j]\n"
      "try: raise E, 'm'\nexcept* F: print >>g, `h`\n";
  EXPECT_THAT(skip_reasons(source), IsEmpty());
  for (std::size_t size = 0; size < source.size(); ++size) {
    const Tree tree = parse_python(std::string_view(source).substr(0, size));
    ASSERT_NE(tree.root, no_node) << size;
  }
}

TEST(PythonEncoding, a_declared_encoding_that_is_not_read_is_a_gap) {
  EXPECT_THAT(skip_reasons("# -*- coding: utf-8 -*-\na"), IsEmpty());
  EXPECT_THAT(skip_reasons("#!x\n# vim: set fileencoding=Latin-1 :\na"), IsEmpty());
  EXPECT_THAT(skip_reasons("# coding: utf-7\na"), Contains(HasSubstr("encoding")));
  EXPECT_THAT(skip_reasons("\n# coding=rot13\na"), Contains(HasSubstr("encoding")));
  EXPECT_THAT(skip_reasons("# coding: raw_unicode_escape"), Contains(HasSubstr("encoding")));
  EXPECT_THAT(skip_reasons("a\n# coding: utf-7\n"), IsEmpty());
  EXPECT_THAT(skip_reasons("\xFF\xFE"
                           "a"),
              Contains("UTF-16 text"));
}

TEST(PythonEncoding, a_double_byte_encoding_is_read_unless_it_hides_syntax) {
  EXPECT_THAT(skip_reasons("# coding: gbk\nx = '\xD6\xD0'"), IsEmpty());
  EXPECT_THAT(skip_reasons("# coding: gbk\nx = '\xD6\\' + eval('y')"),
              Contains(HasSubstr("encoding")));
}

TEST(PythonEncoding, a_byte_order_mark_is_no_part_of_the_file) {
  EXPECT_EQ(shape("\xEF\xBB\xBFimport a"), "import.module:a");
  EXPECT_THAT(skip_reasons("\xEF\xBB\xBFimport a"), IsEmpty());
}

TEST(PythonLimits, long_chains_stay_flat) {
  const Tree sum = parse_python("x = 'a'" + repeated("+'b'", many));
  EXPECT_EQ(sum.nodes.size(), many + 6);
  EXPECT_EQ(height_of(sum), 3u);
  EXPECT_EQ(height_of(parse_python("a" + repeated(" and b or c", many))), 3u);
  EXPECT_EQ(count_of(parse_python("a" + repeated(".b()", many)), Kind::call), many);
  EXPECT_EQ(count_of(parse_python("if a: b\n" + repeated("elif c: d\n", many)), Kind::if_),
            many + 1);
}

TEST(PythonLimits, deep_nesting_is_skipped_and_reported) {
  for (const char* piece : {"(",
                            "[",
                            "{",
                            "f(",
                            "a[",
                            "lambda:",
                            "lambda x=",
                            "not ",
                            "- not ",
                            "-",
                            "2**",
                            "await ",
                            "`",
                            "[x for x in ",
                            "[x for [",
                            "a if ",
                            "a if b else ",
                            "a=",
                            "x:=(",
                            "{a:",
                            "f'{",
                            "f\"{f'{",
                            "f'{a:{b:",
                            "if x: ",
                            "match (",
                            "with (",
                            "def f(a=",
                            "yield ",
                            "*",
                            "case "}) {
    const Tree tree = parse_python(repeated(piece, many) + "x");
    EXPECT_THAT(tree.skipped.size(), testing::AllOf(testing::Gt(0u), Lt(65u))) << piece;
    EXPECT_LT(height_of(tree), 5000u) << piece;
  }
}

TEST(PythonLimits, what_follows_a_deep_bracket_is_parsed) {
  const std::string deep = repeated("(", 5000) + "x" + repeated(")", 5000);
  EXPECT_EQ(shape("f(" + deep + ", y)\ng()"), "call(f, error, y)\ncall(g)");
  EXPECT_EQ(shape(repeated("- not ", 5000) + "x\ng()").substr(0, 6), "unary.");
}

TEST(PythonLimits, the_operand_of_many_signs_is_kept) {
  EXPECT_EQ(count_of(parse_python(repeated("not ", many) + "eval(x)"), Kind::call), 1u);
  EXPECT_EQ(count_of(parse_python(repeated("-", many) + "eval(x)"), Kind::call), 1u);
}

TEST(PythonLimits, deep_indentation_is_skipped_to_its_end) {
  std::string source;
  for (std::size_t i = 0; i < 3000; ++i) source += std::string(i, ' ') + "if x:\n";
  source += std::string(3000, ' ') + "f'{a}'\nafter()";
  const Tree tree = parse_python(source);
  EXPECT_THAT(tree.skipped.size(), testing::AllOf(testing::Gt(0u), Lt(4u)));
  const auto statements = tree.children(tree.root);
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(shape(tree, statements[1]), "call(after)");
}

TEST(PythonLimits, ladders_and_repeated_fragments_end) {
  for (const char* piece : {"if x:\n",
                            "try:\n",
                            "else:\n",
                            "@a\n",
                            "match (\n",
                            "with (\n",
                            "(\ndef f():\n",
                            "f(a,\nif x:\n",
                            "match [x]:\n",
                            ";",
                            ":",
                            "=",
                            ",",
                            ".",
                            "!",
                            "\\\n",
                            "\"",
                            "'''",
                            "import a,",
                            "from a import (",
                            "print >>",
                            "exec a in ",
                            "type X[",
                            "raise a,",
                            "global ",
                            "a[::",
                            "case x:",
                            "f'{a}' "}) {
    EXPECT_NE(parse_python(repeated(piece, 20'000)).root, no_node) << piece;
  }
}

TEST(PythonLimits, a_file_with_too_many_nodes_is_cut_and_says_so) {
  const std::string source = repeated("f(a, b)\n", 1000);
  const Tree tree = parse_python(source, {.max_nodes = 100});
  EXPECT_TRUE(tree.stopped_early);
  EXPECT_THAT(tree.nodes.size(), Lt(120u));
  ASSERT_FALSE(tree.skipped.empty());
  EXPECT_EQ(tree.skipped.back().end, source.size());
  EXPECT_EQ(shape(tree, tree.child(tree.root, 0)), "call(f, a, b)");
}

TEST(PythonLimits, an_empty_file_is_an_empty_module) {
  EXPECT_EQ(shape(""), "");
  EXPECT_EQ(shape("\n\n  # only a comment"), "");
  EXPECT_THAT(skip_reasons("  \n\t"), IsEmpty());
}

}  // namespace
}  // namespace assay::code
