#include <gtest/gtest.h>

#include "facts/code/javascript/tree_shape.h"

namespace assay::code {
namespace {

TEST(JavaScript, Functions_say_what_they_are) {
  EXPECT_EQ(
      shape("function f(a, [b], { c } = {}, ...d) { return a }"),
      R"(function "f" +statement[parameters[parameter[a, none], parameter[array list[b], none], parameter[object[pair["c", c]], object], parameter[spread *[d], none]], block[return[a]]])");
  EXPECT_EQ(
      shape("async function f() {} function* g() {} async function* h() {}"),
      R"(function "f" +async +statement[parameters, block]; function "g" +generator +statement[parameters, block]; function "h" +async +generator +statement[parameters, block])");
  EXPECT_EQ(
      shape("x = function () {}, async function g() {}"),
      R"(sequence[assign =[x, function[parameters, block]], function "g" +async[parameters, block]])");
  EXPECT_EQ(shape(R"(function f() { "use strict" })"),
            R"(function "f" +statement[parameters, block["use strict"]])");
}

TEST(JavaScript, Generators_yield_and_async_functions_await) {
  EXPECT_EQ(
      shape("function* f() { yield; yield a; yield* b; x = yield; [yield, yield c]; yield\nd; "
            "yield /e/ }"),
      R"(function "f" +generator +statement[parameters, block[yield[none], yield[a], yield +delegate[b], assign =[x, yield[none]], array list[yield[none], yield[c]], yield[none], d, yield[regex "e"]]])");
  EXPECT_EQ(
      shape("async function f() { await a; await (b); await /c/; for await (d of e) g }"),
      R"(function "f" +async +statement[parameters, block[await[a], await[b], await[regex "c"], for_each of +async[d, e, g, none]]])");
  EXPECT_EQ(
      shape("await x; await (y); for await (const a of b) c"),
      "await[x]; await[y]; for_each of +async[declaration const[declarator[a, none]], b, c, none]");
  EXPECT_EQ(shape("function f() { await(x); await + 1 }"),
            R"(function "f" +statement[parameters, block[call[await, x], +[await, 1]]])");
  EXPECT_EQ(shape("yield; yield + 1"), "yield; +[yield, 1]");
}

TEST(JavaScript, Classes_hold_methods_fields_and_static_blocks) {
  EXPECT_EQ(
      shape("class A extends B.C { constructor() { super() } static m() {} get a() {} set a(v) {} "
            "async *n() {} }"),
      R"(class "A" +statement[block[function "constructor"[parameters, block[call[super]]], function "m" +static[parameters, block], function "a" +getter[parameters, block], function "a" +setter[parameters[parameter[v, none]], block], function "n" +async +generator[parameters, block]], member "C"[B]])");
  EXPECT_EQ(
      shape("class A { a = 1; b; 'c' = 2; 3 = d; #e = 4; static f = 5; static { g } }"),
      R"(class "A" +statement[block[assign =[a, 1], assign =[b, none], assign =[c, 2], assign =[3, d], assign =[#e, 4], assign = +static[f, 5], block +static[g]]])");
  EXPECT_EQ(
      shape("class A { static() {} get; set = 1; async\nb() {} static async = 2; static static = 3 "
            "}"),
      R"(class "A" +statement[block[function "static"[parameters, block], assign =[get, none], assign =[set, 1], assign =[async, none], function "b"[parameters, block], assign = +static[async, 2], assign = +static[static, 3]]])");
  EXPECT_EQ(
      shape("class A { [a] = 1; [b]() {}; 'c'() {}; 4() {} ; #d() {} }"),
      R"(class "A" +statement[block[assign =[index[this, a], 1], b, function[parameters, block], function "c"[parameters, block], function "4"[parameters, block], function "#d"[parameters, block]]])");
  EXPECT_EQ(shape("x = class {}; y = class extends (a, b) {}"),
            "assign =[x, class[block]]; assign =[y, class[block, sequence[a, b]]]");
  EXPECT_EQ(
      shape("class A { a = 1\nb\n*c() {} }"),
      R"(class "A" +statement[block[assign =[a, 1], assign =[b, none], function "c" +generator[parameters, block]]])");
}

TEST(JavaScript, Decorators_stay_with_what_they_decorate) {
  EXPECT_EQ(
      shape("@a @b.c(d) class A { @e f() {} @g h = 1; m(@i j) {} }"),
      R"(class "A" +statement[block[function "f"[parameters, block, decorator[e]], decorator[g], assign =[h, 1], function "m"[parameters[parameter[j, none, decorator[i]]], block]], decorator[a], decorator[call[member "c"[b], d]]])");
  EXPECT_EQ(
      shape("@a export class A {} export @b class B {} export default @c class C {}"),
      R"(export[class "A" +statement[block, decorator[a]]]; export[class "B" +statement[block, decorator[b]]]; export "default"[class "C" +statement[block, decorator[c]]])");
}

TEST(JavaScript, Declarations_have_declarators) {
  EXPECT_EQ(shape("var a, b = 1; let c; const d = 2"),
            "declaration var[declarator[a, none], declarator[b, 1]]; declaration let[declarator[c, "
            "none]]; declaration const[declarator[d, 2]]");
  EXPECT_EQ(shape("let\na = 1"), "declaration let[declarator[a, 1]]");
  EXPECT_EQ(
      shape("using a = b; await using c = d; using; using(e); using.f"),
      R"(declaration const[declarator[a, b]]; declaration const[declarator[c, d]]; using; call[using, e]; member "f"[using])");
}

TEST(JavaScript, Statements_end_where_semicolons_are_inserted) {
  EXPECT_EQ(shape("return\na"), "return[none]; a");
  EXPECT_EQ(shape("throw\na"), "throw[none]; a");
  EXPECT_EQ(shape("a\n(b)"), "call[a, b]");
  EXPECT_EQ(shape("a\nb"), "a; b");
  EXPECT_EQ(shape("function f() { return }"),
            R"(function "f" +statement[parameters, block[return[none]]])");
  EXPECT_EQ(shape("do a; while (b) c"), "do_while[a, b]; c");
  EXPECT_EQ(shape("continue\na; break\nb"), "continue; a; break; b");
}

TEST(JavaScript, Branches_and_loops) {
  EXPECT_EQ(shape("if (a) b; else if (c) d; else e"), "if[a, b, if[c, d, e]]");
  EXPECT_EQ(shape("for (let i = 0, n = a; i < n; i++) b; for (;;);"),
            "for[declaration let[declarator[i, 0], declarator[n, a]], <[i, n], update ++[i], b]; "
            "for[none, none, none, none]");
  EXPECT_EQ(
      shape("for (var a in b) c; for (const [a] of b) c; for (a.b of c); for (var a = 1 in b);"),
      R"(for_each in[declaration var[declarator[a, none]], b, c, none]; for_each of[declaration const[declarator[array list[a], none]], b, c, none]; for_each of[member "b"[a], c, none, none]; for_each in[declaration var[declarator[a, 1]], b, none, none])");
  EXPECT_EQ(
      shape("for (var i = (a in b); ;); for (async of a); for (let in a); for (let of of b);"),
      "for[declaration var[declarator[i, in[a, b]]], none, none, none]; for_each of[async, a, "
      "none, none]; for_each in[let, a, none, none]; for_each of[declaration let[declarator[of, "
      "none]], b, none, none]");
  EXPECT_EQ(shape("while (a) b; do { c } while (d)"), "while[a, b, none]; do_while[block[c], d]");
  EXPECT_EQ(shape("switch (a) { case 1: b; c; case 2: default: d }"),
            "switch[a, case[1, b, c], case[2], case[none, d]]");
  EXPECT_EQ(shape("a: for (;;) { continue a; break a }"),
            R"(labelled "a"[for[none, none, none, block[continue "a", break "a"]]])");
  EXPECT_EQ(shape("try { a } catch (b) { c } finally { d } try { } catch { } try { } finally { }"),
            "try[block[a], catch[b, none, block[c]], block[d], none]; try[block, catch[none, none, "
            "block], none, none]; try[block, block, none]");
  EXPECT_EQ(shape("with (a) b; debugger; ;"), "with[with_item[a, none], b]; debugger");
}

TEST(JavaScript, Imports_name_what_they_bring) {
  EXPECT_EQ(
      shape("import 'a'; import b from 'c'; import * as d from 'e'; import f, { g, h as i, default "
            "as j, 'k l' as m } from 'n'"),
      R"(import from "a"; import from "c"[import_name "default"[b]]; import from "e"[import_name "*"[d]]; import from "n"[import_name "default"[f], import_name "g"[g], import_name "h"[i], import_name "default"[j], import_name "k l"[m]])");
  EXPECT_EQ(
      shape("import a, * as b from 'c'; import d from './e.json' with { type: 'json' }; import f "
            "from './g' assert { type: 'json' }"),
      R"(import from "c"[import_name "default"[a], import_name "*"[b]]; import from "./e.json"[import_name "default"[d]]; import from "./g"[import_name "default"[f]])");
  EXPECT_EQ(
      shape("import('a'); import('b', { with: {} }).then(c)"),
      R"(import_call["a"]; call[member "then"[import_call["b", object[pair["with", object]]]], c])");
  EXPECT_EQ(shape("import defer * as a from 'b'; import source c from 'd'"),
            R"(import from "b"[import_name "*"[a]]; import from "d"[import_name "default"[c]])");
}

TEST(JavaScript, Exports_name_what_they_give) {
  EXPECT_EQ(
      shape("export const a = 1; export function b() {} export class C {}"),
      R"(export[declaration const[declarator[a, 1]]]; export[function "b" +statement[parameters, block]]; export[class "C" +statement[block]])");
  EXPECT_EQ(
      shape("export default function () {} export default class D {} export default a + b; export "
            "default async () => c"),
      R"(export "default"[function +statement[parameters, block]]; export "default"[class "D" +statement[block]]; export "default"[+[a, b]]; export "default"[function +arrow +async[parameters, c]])");
  EXPECT_EQ(
      shape("export { a, b as c, d as default, e as 'f g' }; export { h } from 'i'; export * from "
            "'j'; export * as k from 'l'"),
      R"(export names[import_name "a"[a], import_name "b"[c], import_name "d"[default], import_name "e"[f g]]; export from "i"[import_name "h"[h]]; export from "j"[import_name "*"]; export from "l"[import_name "*"[k]])");
}

TEST(JavaScript, Hashbangs_comments_and_blanks_are_no_code) {
  EXPECT_EQ(shape("#!/usr/bin/env node\na"), "a");
  EXPECT_EQ(shape("a // b\n/* c\n */ d"), "a; d");
}

}  // namespace
}  // namespace assay::code
