#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/code/python/python_testing.h"

namespace assay::code {
namespace {

using testing::IsEmpty;

TEST(PythonStatements, assignments) {
  EXPECT_EQ(shape("a = b, *c = d"), "assign.=(a, assign.=(array.tuple(b, spread.*(c)), d))");
  EXPECT_EQ(shape("a += b, c"), "assign.+(a, array.tuple(b, c))");
  EXPECT_EQ(shape("a //= 1; b >>= 2; c **= 3; d @= 4"),
            "assign.//(a, 1)\nassign.>>(b, 2)\nassign.**(c, 3)\nassign.@(d, 4)");
}

TEST(PythonStatements, annotations_leave_no_node) {
  EXPECT_EQ(shape("x: int = 1\ny: list[str]\nself.z: 'T' = 2"),
            "assign.=(x, 1)\nassign.=(member:z(self), 2)");
}

TEST(PythonStatements, an_annotation_that_calls_something_runs_before_its_statement) {
  EXPECT_EQ(shape("x: eval('a') = 1"), "call(eval, 'a')\nassign.=(x, 1)");
  EXPECT_EQ(shape("class A:\n  y: f()\n  z: int = 1"), "class:A(block(call(f), assign.=(z, 1)))");
  EXPECT_EQ(shape("def g(a: int, b: f(1) = 2, *c: h()) -> k(3): pass"),
            "call(f, 1)\ncall(h)\ncall(k, 3)\n"
            "function:g(parameters(parameter(a, _), parameter(b, 2), "
            "parameter(spread.*(c), _)), block)");
}

TEST(PythonStatements, imports) {
  EXPECT_EQ(shape("import a.b as c, d"), "import.module:a.b(c)\nimport.module:d");
  EXPECT_EQ(shape("from ..a.b import (c as d, e,)"),
            "import.from:..a.b(import_name:c(d), import_name:e(e))");
  EXPECT_EQ(shape("from . import *"), "import.from:.(import_name:*)");
  EXPECT_EQ(shape("from ...x import y"), "import.from:...x(import_name:y(y))");
  EXPECT_EQ(shape("__import__('os').system(x)"), "call(member:system(call(__import__, 'os')), x)");
}

TEST(PythonStatements, functions) {
  EXPECT_EQ(shape("def f(a, /, b=1, *, c, d=2, **e): return a"),
            "function:f(parameters(parameter(a, _), parameter(b, 1), parameter(c, _), "
            "parameter(d, 2), parameter(spread.**(e), _)), block(return(a)))");
  EXPECT_EQ(shape("@a.b(1)\n@c\nasync def f(): await x"),
            "function:f!async(parameters, block(await(x)), decorator(call(member:b(a), 1)), "
            "decorator(c))");
  EXPECT_EQ(shape("def f(a, (b, c)): yield"),
            "function:f!generator(parameters(parameter(a, _), "
            "parameter(array.tuple(b, c), _)), block(yield(_)))");
  EXPECT_EQ(shape("def f[T: int, *U](x: T): pass"),
            "function:f(parameters(parameter(x, _)), block)");
  EXPECT_EQ(shape("lambda a, *b, c=1: (yield)"),
            "function!generator(parameters(parameter(a, _), parameter(spread.*(b), _), "
            "parameter(c, 1)), yield(_))");
}

TEST(PythonStatements, a_yield_belongs_to_the_innermost_function) {
  EXPECT_EQ(shape("def f():\n  def g(): yield 1\n  return g"),
            "function:f(parameters, block(function:g!generator(parameters, block(yield(1))), "
            "return(g)))");
}

TEST(PythonStatements, definitions_bind_their_names) {
  const Tree tree = parse_python("def f(): pass\nclass A:\n  def m(self): pass\nlambda: 0");
  std::vector<std::pair<std::string_view, std::uint16_t>> seen;
  for (const Node& node : tree.nodes) {
    if (node.kind == Kind::function || node.kind == Kind::class_) {
      seen.emplace_back(node.text, node.flags);
    }
  }
  using testing::ElementsAre;
  using testing::Pair;
  EXPECT_THAT(seen, ElementsAre(Pair("f", flag_statement), Pair("m", flag_statement | flag_method),
                                Pair("A", flag_statement), Pair("", flag_expression_body)));
}

TEST(PythonStatements, classes) {
  EXPECT_EQ(shape("@d\nclass A[T](B, *C, metaclass=M):\n  'doc'\n  x = 1\n  def f(self): pass"),
            "class:A(block('doc', assign.=(x, 1), function:f!method(parameters(parameter(self, "
            "_)), block)), B, spread.*(C), keyword:metaclass(M), decorator(d))");
}

TEST(PythonStatements, branches_and_loops) {
  EXPECT_EQ(shape("if a: b\nelif c: d\nelse: e"), "if(a, block(b), if(c, block(d), block(e)))");
  EXPECT_EQ(shape("while a:\n  break\n  continue\nelse: b"),
            "while(a, block(break, continue), block(b))");
  EXPECT_EQ(shape("for a, *b in c, d: e"),
            "for_each.of(array.tuple(a, spread.*(b)), array.tuple(c, d), block(e), _)");
  EXPECT_EQ(shape("async for a.b[0] in c: pass\nelse: d"),
            "for_each.of!async(index(member:b(a), 0), c, block, block(d))");
}

TEST(PythonStatements, try_in_every_form) {
  EXPECT_EQ(shape("try: a\nexcept (B, C) as d: e\nexcept: f\nelse: g\nfinally: h"),
            "try(block(a), catch(d, array.tuple(B, C), block(e)), catch(_, _, block(f)), "
            "block(h), block(g))");
  EXPECT_EQ(shape("try: a\nexcept* B: c"), "try(block(a), catch(_, B, block(c)), _, _)");
  EXPECT_EQ(shape("try: a\nexcept B, e: c"), "try(block(a), catch(e, B, block(c)), _, _)");
  EXPECT_EQ(shape("try: a\nexcept B, C: d"),
            "try(block(a), catch(_, array.tuple(B, C), block(d)), _, _)");
}

TEST(PythonStatements, with_items_with_and_without_brackets) {
  EXPECT_EQ(shape("with a as b, c: d"), "with(with_item(a, b), with_item(c, _), block(d))");
  EXPECT_EQ(shape("with (a as b, c,): d"), shape("with a as b, c: d"));
  EXPECT_EQ(shape("with (a, b) as c: d"), "with(with_item(array.tuple(a, b), c), block(d))");
  EXPECT_EQ(shape("with (a or b).c() as (d, e): f"),
            "with(with_item(call(member:c(logical.or(a, b))), array.tuple(d, e)), block(f))");
  EXPECT_EQ(shape("async with a: b"), "with!async(with_item(a, _), block(b))");
  EXPECT_THAT(skip_reasons("with (a or b).c() as (d, e): f"), IsEmpty());
}

TEST(PythonStatements, match_reads_patterns_as_expressions) {
  EXPECT_EQ(shape("match a, b:\n  case [1, *c] | P(x=d) as e if f: g\n  case _: h"),
            "switch(array.tuple(a, b), case(assign.=(e, binary.|(array.list(1, spread.*(c)), "
            "call(P, keyword:x(d)))), if(f, block(g), _)), case(_, h))");
  EXPECT_EQ(shape("match (a):\n  case {'k': 1, **r}: pass\nb"),
            "switch(a, case(object(pair('k', 1), spread.**(r))))\nb");
  EXPECT_EQ(shape("match -a:\n  case 1:\n    b\n    c"), "switch(unary.-(a), case(1, b, c))");
  EXPECT_EQ(shape("match ...:\n  case x.y: pass"), "switch(ellipsis, case(member:y(x)))");
}

TEST(PythonStatements, soft_keywords_are_names_elsewhere) {
  EXPECT_EQ(shape("match = case = type"), "assign.=(match, assign.=(case, type))");
  EXPECT_EQ(shape("match(a)"), "call(match, a)");
  EXPECT_EQ(shape("match[a]: int"), "index(match, a)");
  EXPECT_EQ(shape("match.group(1)"), "call(member:group(match), 1)");
  EXPECT_EQ(shape("match not in a"), "compare.not in(match, a)");
  EXPECT_EQ(shape("type(a).b = c"), "assign.=(member:b(call(type, a)), c)");
  EXPECT_EQ(shape("print(a), exec, match - 1"),
            "array.tuple(call(print, a), exec, binary.-(match, 1))");
  EXPECT_EQ(shape("type X[T] = list[T]"), "assign.=(X, index(list, T))");
}

TEST(PythonStatements, simple_statements) {
  EXPECT_EQ(shape("pass"), "");
  EXPECT_EQ(shape("del a, b[0], (c, d)"), "delete(a, index(b, 0), array.tuple(c, d))");
  EXPECT_EQ(shape("assert a, b"), "assert(a, b)");
  EXPECT_EQ(shape("assert a"), "assert(a, _)");
  EXPECT_EQ(shape("def f():\n  global a, b\n  nonlocal c"),
            "function:f(parameters, block(scope_names.global(a, b), scope_names.nonlocal(c)))");
  EXPECT_EQ(shape("return\nraise"), "return(_)\nthrow(_)");
  EXPECT_EQ(shape("raise A from b"), "throw(A)");
  EXPECT_EQ(shape("raise A from b()"), "call(b)\nthrow(A)");
}

TEST(PythonStatements, python_2_statements_become_calls) {
  EXPECT_EQ(shape("print 'a' % b, c,"), "call(print, binary.%('a', b), c)");
  EXPECT_EQ(shape("print >>f, a"), "call(print, a, keyword:file(f))");
  EXPECT_EQ(shape("print not a"), "call(print, unary.not(a))");
  EXPECT_EQ(shape("exec code in a, b"), "call(exec, code, a, b)");
  EXPECT_EQ(shape("exec 'a'"), "call(exec, 'a')");
  EXPECT_EQ(shape("exec(code) in a, b"), "call(exec, code, a, b)");
  EXPECT_EQ(shape("raise E, 'x', tb"), "throw(call(E, 'x'))");
  EXPECT_EQ(shape("raise E(1), None, tb"), "throw(call(E, 1))");
}

TEST(PythonStatements, semicolons_form_feeds_and_line_ends_of_every_kind) {
  EXPECT_EQ(shape("a; b;\nif c: d; e\n\f\nf\r\ng\rh # x\ri"),
            "a\nb\nif(c, block(d, e), _)\nf\ng\nh\ni");
}

TEST(PythonStatements, indentation_by_tabs_and_blanks) {
  EXPECT_EQ(shape("if a:\n\tb\n        c\nd"), "if(a, block(b, c), _)\nd");
  EXPECT_EQ(shape("if a:\n\n  # c\n b\n\n\n# d\n c\n"), "if(a, block(b, c), _)");
  EXPECT_EQ(shape("if a:\n  \\\n b\n  c"), "if(a, block(b, c), _)");
}

TEST(PythonStatements, ranges_cover_what_they_name) {
  const std::string_view source = "@d\ndef f(a):\n  return g( a )\n\nx = 1\n";
  const Tree tree = parse_python(source);
  const auto text = [&](NodeId id) {
    return source.substr(tree[id].begin, tree[id].end - tree[id].begin);
  };
  const NodeId function = tree.child(tree.root, 0);
  EXPECT_EQ(text(function), "@d\ndef f(a):\n  return g( a )");
  EXPECT_EQ(text(tree.child(function, 0)), "a");
  EXPECT_EQ(text(tree.child(tree.child(tree.child(function, 1), 0), 0)), "g( a )");
  EXPECT_EQ(text(tree.child(tree.root, 1)), "x = 1");
}

}  // namespace
}  // namespace assay::code
