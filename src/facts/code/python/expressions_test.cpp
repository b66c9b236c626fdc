#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/code/python/python_testing.h"

namespace assay::code {
namespace {

using testing::IsEmpty;

TEST(PythonExpressions, a_chain_of_one_operator_is_one_node) {
  EXPECT_EQ(shape("a + b + c"), "binary.+(a, b, c)");
  EXPECT_EQ(shape("a or b or c and d and e"), "logical.or(a, b, logical.and(c, d, e))");
  EXPECT_EQ(shape("a + b - c - d + e"), "binary.+(binary.-(binary.+(a, b), c, d), e)");
}

TEST(PythonExpressions, operators_bind_as_in_python) {
  EXPECT_EQ(shape("a | b ^ c & d << e + f * g"),
            "binary.|(a, binary.^(b, binary.&(c, binary.<<(d, binary.+(e, binary.*(f, g))))))");
  EXPECT_EQ(shape("-a ** -b ** c"), "unary.-(binary.**(a, unary.-(binary.**(b, c))))");
  EXPECT_EQ(shape("not a == b and not -c"),
            "logical.and(unary.not(compare.==(a, b)), unary.not(unary.-(c)))");
  EXPECT_EQ(shape("(a + b) * c @ d // e % f"),
            "binary.%(binary.//(binary.@(binary.*(binary.+(a, b), c), d), e), f)");
  EXPECT_EQ(shape("~a.b[0]"), "unary.~(index(member:b(a), 0))");
}

TEST(PythonExpressions, a_chained_comparison_shares_its_middle) {
  const Tree tree = parse_python("a < b is not c not in d");
  EXPECT_EQ(shape(tree),
            "logical.and(compare.<(a, b), compare.is not(b, c), compare.not in(c, d))");
  const NodeId chain = tree.child(tree.root, 0);
  EXPECT_EQ(tree.child(tree.child(chain, 0), 1), tree.child(tree.child(chain, 1), 0));
}

TEST(PythonExpressions, old_and_new_inequality_are_the_same) {
  EXPECT_EQ(shape("a <> b"), shape("a != b"));
}

TEST(PythonExpressions, conditionals_nest_to_the_right) {
  EXPECT_EQ(shape("a if b else c if d else e"), "conditional(b, a, conditional(d, c, e))");
  EXPECT_EQ(shape("lambda: a if b else lambda x: c"),
            "function(parameters, conditional(b, a, function(parameters(parameter(x, _)), c)))");
}

TEST(PythonExpressions, member_call_and_subscript_chains_lean_to_the_left) {
  EXPECT_EQ(shape("a.b(c)[d].e()"), "call(member:e(index(call(member:b(a), c), d)))");
}

TEST(PythonExpressions, calls_keep_the_order_of_their_arguments) {
  EXPECT_EQ(shape("f(a, *b, c=1, **d, e=2, *g,)"),
            "call(f, a, spread.*(b), keyword:c(1), spread.**(d), keyword:e(2), spread.*(g))");
  EXPECT_EQ(shape("f(x for x in y)"), "call(f, comprehension.generator(x, clause(x, y)))");
  EXPECT_EQ(shape("f(async=1, print=2)"), "call(f, keyword:async(1), keyword:print(2))");
  EXPECT_EQ(shape("f((a)\n  # comment\n  (b))"), "call(f, call(a, b))");
}

TEST(PythonExpressions, slices_and_tuples_are_keys) {
  EXPECT_EQ(shape("a[1:2]"), "index(a, slice(1, 2, _))");
  EXPECT_EQ(shape("a[::-1]"), "index(a, slice(_, _, unary.-(1)))");
  EXPECT_EQ(shape("a[:, 1:, ...]"),
            "index(a, array.tuple(slice(_, _, _), slice(1, _, _), ellipsis))");
  EXPECT_EQ(shape("a[b,]"), "index(a, array.tuple(b))");
  EXPECT_EQ(shape("a[*b]"), "index(a, array.tuple(spread.*(b)))");
  EXPECT_EQ(shape("a[b := 1]"), "index(a, assign.=(b, 1))");
}

TEST(PythonExpressions, brackets_make_tuples_lists_sets_and_dicts) {
  EXPECT_EQ(shape("()"), "array.tuple");
  EXPECT_EQ(shape("(a)"), "a");
  EXPECT_EQ(shape("(a,)"), "array.tuple(a)");
  EXPECT_EQ(shape("a, *b"), "array.tuple(a, spread.*(b))");
  EXPECT_EQ(shape("[a, b,]"), "array.list(a, b)");
  EXPECT_EQ(shape("{}"), "object");
  EXPECT_EQ(shape("{a, *b}"), "array.set(a, spread.*(b))");
  EXPECT_EQ(shape("{'a': 1, b: 2, **c}"), "object(pair('a', 1), pair(b, 2), spread.**(c))");
  EXPECT_EQ(shape("{**a}"), "object(spread.**(a))");
}

TEST(PythonExpressions, comprehensions_of_every_kind) {
  EXPECT_EQ(shape("[a for b in c if d if e for f, in g]"),
            "comprehension.list(a, clause(b, c, d, e), clause(array.tuple(f), g))");
  EXPECT_EQ(shape("{a for b in c}"), "comprehension.set(a, clause(b, c))");
  EXPECT_EQ(shape("{a: b for a, b in c}"),
            "comprehension.dict(pair(a, b), clause(array.tuple(a, b), c))");
  EXPECT_EQ(shape("(a async for a in b or c)"),
            "comprehension.generator(a, clause!async(a, logical.or(b, c)))");
  EXPECT_EQ(shape("[[x for x in y] for y in z]"),
            "comprehension.list(comprehension.list(x, clause(x, y)), clause(y, z))");
}

TEST(PythonExpressions, a_comprehension_of_python_2_may_run_over_a_bare_tuple) {
  EXPECT_EQ(shape("[x for x in 1, 2 if x]"),
            "comprehension.list(x, clause(x, array.tuple(1, 2), x))");
}

TEST(PythonExpressions, await_yield_and_walrus) {
  EXPECT_EQ(shape("await a.b() ** c"), "binary.**(await(call(member:b(a))), c)");
  EXPECT_EQ(shape("x = yield a, b"), "assign.=(x, yield(array.tuple(a, b)))");
  EXPECT_EQ(shape("f((yield))"), "call(f, yield(_))");
  EXPECT_EQ(shape("yield from a"), "yield!delegate(a)");
  EXPECT_EQ(shape("if (a := b()) > 1: c"), "if(compare.>(assign.=(a, call(b)), 1), block(c), _)");
}

TEST(PythonExpressions, await_and_async_were_names_once) {
  EXPECT_EQ(shape("async = await + 1"), "assign.=(async, binary.+(await, 1))");
}

TEST(PythonExpressions, backticks_are_repr) {
  EXPECT_EQ(shape("`a, b` + `c`"), "binary.+(call(repr, array.tuple(a, b)), call(repr, c))");
}

TEST(PythonExpressions, numbers_stay_as_written) {
  EXPECT_EQ(shape("f(10L, 0777, 0xFFl, 0o7, 0b1, 1_000.5e-3J, .5, 1., 1e5)"),
            "call(f, 10L, 0777, 0xFFl, 0o7, 0b1, 1_000.5e-3J, .5, 1., 1e5)");
  EXPECT_EQ(shape("1if 0or x else 0x1for y"),
            "conditional(logical.or(0, x), 1, logical.or(0x1f, y))");
  EXPECT_EQ(shape("1..real, 1 .real"), "array.tuple(member:real(1.), member:real(1))");
}

TEST(PythonExpressions, identifiers_in_other_letters_name_the_same_thing) {
  EXPECT_EQ(shape("𝘦𝘷𝘢𝘭(ｘ.𝔞(ﬁ=1))"), "call(eval, call(member:a(x), keyword:fi(1)))");
  EXPECT_EQ(shape("from ｏｓ import 𝓈ystem"), "import.from:os(import_name:system(system))");
  EXPECT_EQ(shape("ñandú = данные"), "assign.=(ñandú, данные)");
}

TEST(PythonExpressions, lines_go_on_inside_brackets_and_after_backslashes) {
  EXPECT_EQ(shape("x = (a # one\n\n  + b\n)\ny = c + \\\r\n  d"),
            "assign.=(x, binary.+(a, b))\nassign.=(y, binary.+(c, d))");
  EXPECT_THAT(skip_reasons("x = [\n1,\n\n# c\n2]\n"), IsEmpty());
}

}  // namespace
}  // namespace assay::code
