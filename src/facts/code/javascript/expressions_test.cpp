#include <gtest/gtest.h>

#include "facts/code/javascript/tree_shape.h"

namespace assay::code {
namespace {

TEST(JavaScript, Operators_bind_as_the_language_says) {
  EXPECT_EQ(shape("a + b * c - d"), "-[+[a, *[b, c]], d]");
  EXPECT_EQ(shape("a ?? b"), "??[a, b]");
  EXPECT_EQ(shape("a || b && c | d ^ e & f == g < h << i + j % k"),
            "or[a, and[b, |[c, ^[d, &[e, ==[f, <[g, <<[h, +[i, %[j, k]]]]]]]]]]");
  EXPECT_EQ(shape("a ** b ** c"), "**[a, **[b, c]]");
  EXPECT_EQ(shape("-a ** 2"), "**[unary -[a], 2]");
  EXPECT_EQ(shape("a = b += c"), "assign =[a, assign +[b, c]]");
  EXPECT_EQ(shape("a, b"), "sequence[a, b]");
  EXPECT_EQ(
      shape("!a, ~b, typeof c, void d, delete e.f"),
      R"(sequence[unary not[a], unary ~[b], unary typeof[c], unary void[d], delete[member "f"[e]]])");
  EXPECT_EQ(shape("x = y ? z : w, v"), "sequence[assign =[x, conditional[y, z, w]], v]");
  EXPECT_EQ(shape("a in b; c instanceof d"), "in[a, b]; instanceof[c, d]");
}

TEST(JavaScript, A_chain_of_one_operator_is_one_node) {
  EXPECT_EQ(shape("a + b + c + d"), "+[a, b, c, d]");
  EXPECT_EQ(shape("a && b && c"), "and[a, b, c]");
  EXPECT_EQ(shape("a < b < c"), "<[<[a, b], c]");
  EXPECT_EQ(shape("a - b - c - (d - e)"), "-[a, b, c, -[d, e]]");
  EXPECT_EQ(shape("(a + b) + c"), "+[+[a, b], c]");
}

TEST(JavaScript, Assignments_and_conditionals_lean_to_the_right) {
  EXPECT_EQ(shape("a = b = c = 1"), "assign =[a, assign =[b, assign =[c, 1]]]");
  EXPECT_EQ(shape("a ? b : c ? d : e"), "conditional[a, b, conditional[c, d, e]]");
  EXPECT_EQ(shape("a ? b = 1 : c = 2"), "conditional[a, assign =[b, 1], assign =[c, 2]]");
  EXPECT_EQ(
      shape("a ||= b; c &&= d; e ?\?= f; g >>>= h; i **= j"),
      "assign or[a, b]; assign and[c, d]; assign ??[e, f]; assign >>>[g, h]; assign **[i, j]");
}

TEST(JavaScript, Updates_stop_at_a_line_end) {
  EXPECT_EQ(shape("++a; b--"), "update ++ +prefix[a]; update --[b]");
  EXPECT_EQ(shape("a\n++b"), "a; update ++ +prefix[b]");
  EXPECT_EQ(shape("a = b\n--c"), "assign =[a, b]; update -- +prefix[c]");
}

TEST(JavaScript, Members_calls_and_new_chain) {
  EXPECT_EQ(shape("a.b[c](d).e"), R"(member "e"[call[index[member "b"[a], c], d]])");
  EXPECT_EQ(shape("a?.b?.[c]?.(d).e"),
            R"(member "e"[call +optional[index +optional[member "b" +optional[a], c], d]])");
  EXPECT_EQ(shape("a?.5:b"), "conditional[a, .5, b]");
  EXPECT_EQ(shape("new a; new a.b(c).d; new (f())(); new new a()()"),
            R"(new[a]; member "d"[new[member "b"[a], c]]; new[call[f]]; new[new[a]])");
  EXPECT_EQ(shape("new.target; import.meta.url"),
            R"(member "target"[new]; member "url"[member "meta"[import]])");
  EXPECT_EQ(shape("x.class.if; y.#z; #z in y"),
            R"(member "if"[member "class"[x]]; member "#z"[y]; in[#z, y])");
  EXPECT_EQ(shape("f(...a, b)"), "call[f, spread *[a], b]");
  EXPECT_EQ(shape("a`b``c${d}`"), R"(call +tagged[call +tagged[a, "b"], template_string["c", d]])");
}

TEST(JavaScript, A_slash_divides_after_operands_and_starts_a_regex_elsewhere) {
  EXPECT_EQ(shape("a / b / c"), "/[a, b, c]");
  EXPECT_EQ(shape(R"(x = /[/]\//g.test(y) / 2)"),
            R"(assign =[x, /[call[member "test"[regex "[/]\/"], y], 2]])");
  EXPECT_EQ(shape(R"((a) / 2; b[0] / 2; c++ / 2; "d" / 2)"),
            R"(/[a, 2]; /[index[b, 0], 2]; /[update ++[c], 2]; /["d", 2])");
  EXPECT_EQ(shape("if (x) /re/.test(y)"), R"(if[x, call[member "test"[regex "re"], y], none])");
  EXPECT_EQ(shape("return /a/; typeof /b/; x ? /c/ : /d/"),
            R"(return[regex "a"]; unary typeof[regex "b"]; conditional[x, regex "c", regex "d"])");
  EXPECT_EQ(shape("{} /re/.test(x)"), R"(block; call[member "test"[regex "re"], x])");
  EXPECT_EQ(shape("a = {} / 2"), "assign =[a, /[object, 2]]");
  EXPECT_EQ(
      shape("x => { }\n/re/.test(y)"),
      R"(function +arrow[parameters[parameter[x, none]], block]; call[member "test"[regex "re"], y])");
  EXPECT_EQ(shape("/=a/.b; [/c/, /d/]"),
            R"(member "b"[regex "=a"]; array list[regex "c", regex "d"])");
}

TEST(JavaScript, Template_literals_hold_their_parts_in_order) {
  EXPECT_EQ(shape("`a`"), R"("a")");
  EXPECT_EQ(shape("`a${b}c${d}`"), R"(template_string["a", b, "c", d])");
  EXPECT_EQ(shape("`a${`b${`c`}`}`"), R"(template_string["a", template_string["b", "c"]])");
  EXPECT_EQ(shape("`${a}${b}`"), "template_string[a, b]");
  EXPECT_EQ(shape("`a$b{c}`"), R"("a$b{c}")");
}

TEST(JavaScript, Strings_mean_what_the_program_sees) {
  EXPECT_EQ(shape(R"('\x41\u0042\u{43}\103\'\"\q')"), R"("ABCC'"q")");
  EXPECT_EQ(shape(R"("\ud83d\ude00 \u{1F600}")"), R"("😀 😀")");
  EXPECT_EQ(shape("'a\\\nb'"), R"("ab")");
  EXPECT_EQ(shape(R"(`\u0061${b}\x63`)"), R"(template_string["a", b, "c"])");
}

TEST(JavaScript, Names_may_be_escaped_and_may_look_like_keywords) {
  EXPECT_EQ(shape(R"(\u0061bc; a.\u0062; v\u0061r = 1)"),
            R"(abc; member "b"[a]; assign =[var, 1])");
  EXPECT_EQ(
      shape("var yield = 1, await = 2, static = 3, interface = 4, package = 5, of = 6, async = 7"),
      "declaration var[declarator[yield, 1], declarator[await, 2], declarator[static, 3], "
      "declarator[interface, 4], declarator[package, 5], declarator[of, 6], declarator[async, 7]]");
  EXPECT_EQ(
      shape("let let = 1; const package = require('p')"),
      R"(declaration let[declarator[let, 1]]; declaration const[declarator[package, call[require, "p"]]])");
  EXPECT_EQ(shape("arguments; undefined; eval"), "arguments; undefined; eval");
  EXPECT_EQ(shape("{ let }; let[0] = 1; let\na"),
            "block[let]; declaration let[declarator[array list[0], 1]]; declaration "
            "let[declarator[a, none]]");
}

TEST(JavaScript, Numbers_are_kept_as_written) {
  EXPECT_EQ(shape("0x1F; 0b11; 0o17; 017; 1_000; 10n; .5; 5.; 1e5; 1.e-5"),
            "0x1F; 0b11; 0o17; 017; 1_000; 10n; .5; 5.; 1e5; 1.e-5");
  EXPECT_EQ(
      shape("1..toString(); 1.5.toFixed(); 017.toString()"),
      R"(call[member "toString"[1.]]; call[member "toFixed"[1.5]]; call[member "toString"[017]])");
}

TEST(JavaScript, Objects_have_pairs_methods_and_spreads) {
  EXPECT_EQ(
      shape("({ a, b: 1, 'c': 2, 3: d, 0x10: e, [f]: g, ...h })"),
      R"(object[pair["a", a], pair["b", 1], pair["c", 2], pair["3", d], pair["16", e], pair[f, g], spread *[h]])");
  EXPECT_EQ(
      shape(
          "({ m() {}, get a() {}, set a(v) {}, async b() {}, *c() {}, async *d() {}, [e]() {} })"),
      R"(object[function "m"[parameters, block], function "a" +getter[parameters, block], function "a" +setter[parameters[parameter[v, none]], block], function "b" +async[parameters, block], function "c" +generator[parameters, block], function "d" +async +generator[parameters, block], pair[e, function[parameters, block]]])");
  EXPECT_EQ(
      shape("({ get: 1, set, async, static: 2, get() {}, if: 3 })"),
      R"(object[pair["get", 1], pair["set", set], pair["async", async], pair["static", 2], function "get"[parameters, block], pair["if", 3]])");
  EXPECT_EQ(shape("[a, , ...b, ]"), "array list[a, none, spread *[b]]");
}

TEST(JavaScript, Patterns_are_read_as_what_they_look_like) {
  EXPECT_EQ(shape("[a, b = 1, ...c] = d"),
            "assign =[array list[a, assign =[b, 1], spread *[c]], d]");
  EXPECT_EQ(shape("({ a, b: c = 1, ...d } = e)"),
            R"(assign =[object[pair["a", a], pair["b", assign =[c, 1]], spread *[d]], e])");
  EXPECT_EQ(
      shape("({ a = 1 }) => a"),
      R"(function +arrow[parameters[parameter[object[pair["a", assign =[a, 1]]], none]], a])");
  EXPECT_EQ(
      shape("const { a, b: [c], d = 1 } = e"),
      R"(declaration const[declarator[object[pair["a", a], pair["b", array list[c]], pair["d", assign =[d, 1]]], e]])");
}

TEST(JavaScript, Arrow_functions_take_any_parameters) {
  EXPECT_EQ(shape("x => x; () => {}; (a, b = 1, ...c) => a"),
            "function +arrow[parameters[parameter[x, none]], x]; function +arrow[parameters, "
            "block]; function +arrow[parameters[parameter[a, none], parameter[b, 1], "
            "parameter[spread *[c], none]], a]");
  EXPECT_EQ(
      shape("({ a }, [b]) => ({ c })"),
      R"(function +arrow[parameters[parameter[object[pair["a", a]], none], parameter[array list[b], none]], object[pair["c", c]]])");
  EXPECT_EQ(shape("async x => x; async (y) => await y; async () => {}"),
            "function +arrow +async[parameters[parameter[x, none]], x]; function +arrow "
            "+async[parameters[parameter[y, none]], await[y]]; function +arrow +async[parameters, "
            "block]");
  EXPECT_EQ(shape("async(x); async; async\nfunction f() {}"),
            R"(call[async, x]; async; async; function "f" +statement[parameters, block])");
  EXPECT_EQ(shape("a => b => c"),
            "function +arrow[parameters[parameter[a, none]], function "
            "+arrow[parameters[parameter[b, none]], c]]");
  EXPECT_EQ(shape("x => {}\n(y)"), "function +arrow[parameters[parameter[x, none]], block]; y");
  EXPECT_EQ(shape("(a, b)"), "sequence[a, b]");
}

}  // namespace
}  // namespace assay::code
