#include <gtest/gtest.h>

#include "facts/code/javascript/tree_shape.h"

namespace assay::code {
namespace {

TEST(JavaScript, Types_leave_no_node) {
  EXPECT_EQ(
      shape("let x: number = 1, y: A | B<C>[], z!: { a: string; b?(): void }", typescript_options),
      "declaration let[declarator[x, 1], declarator[y, none], declarator[z, none]]");
  EXPECT_EQ(
      shape("function f<T extends object = {}>(this: A, a: T, b?: B, c: C = 1, ...d: D[]): asserts "
            "a is T { }",
            typescript_options),
      R"(function "f" +statement[parameters[parameter[a, none], parameter[b, none], parameter[c, 1], parameter[spread *[d], none]], block])");
  EXPECT_EQ(shape("x as const; y satisfies Z; z as unknown as A[]; <any>w; v!.u![0]!()",
                  typescript_options),
            R"(x; y; z; w; call[index[member "u"[v], 0]])");
  EXPECT_EQ(shape("const f = (a: string, b?: number): a is B => a; async (a: A): Promise<B> => b; "
                  "<T,>(x: T) => x; async <T>(x: T) => x",
                  typescript_options),
            "declaration const[declarator[f, function +arrow[parameters[parameter[a, none], "
            "parameter[b, none]], a]]]; function +arrow +async[parameters[parameter[a, none]], b]; "
            "function +arrow[parameters[parameter[x, none]], x]; function +arrow "
            "+async[parameters[parameter[x, none]], x]");
  EXPECT_EQ(shape("let f: (a: A, ...b: B[]) => (c) => void = d; let g: new () => A; let h: typeof "
                  "b.c; let i: A extends infer B extends C ? D : E; let j: `a${B}c`",
                  typescript_options),
            "declaration let[declarator[f, d]]; declaration let[declarator[g, none]]; declaration "
            "let[declarator[h, none]]; declaration let[declarator[i, none]]; declaration "
            "let[declarator[j, none]]");
  EXPECT_EQ(shape("try { } catch (e: unknown) { }", typescript_options),
            "try[block, catch[e, none, block], none, none]");
  EXPECT_EQ(
      shape("let i = (): (() => void) => () => {}; let j = ({ a }: { a: A } = {}): { b: B } => c",
            typescript_options),
      R"(declaration let[declarator[i, function +arrow[parameters, function +arrow[parameters, block]]]]; declaration let[declarator[j, function +arrow[parameters[parameter[object[pair["a", a]], object]], c]]])");
}

TEST(JavaScript, Interfaces_aliases_and_ambient_declarations_leave_no_node) {
  EXPECT_EQ(
      shape("interface A<T> extends B, C<D> { a: string; [key: string]: any; new (x: T): A } a",
            typescript_options),
      "a");
  EXPECT_EQ(shape("type A<T> = { [K in keyof T]?: T[K] } & B | null; type C =\n | 'a'\n | 'b'\na",
                  typescript_options),
            "a");
  EXPECT_EQ(
      shape("declare const a: A; declare function b(c: C): void; declare class D<\nE extends F,\n> "
            "extends G { h: I } declare module 'j' { } declare global { } declare enum K { L } a",
            typescript_options),
      "a");
  EXPECT_EQ(shape("export type A = B; export interface C {} export declare const d: D; export type "
                  "{ E } from 'f'; export type * from 'g'; export as namespace H; a",
                  typescript_options),
            "a");
  EXPECT_EQ(
      shape("function f(a: A): void; function f(a: B): void; function f(a) {} abstract class C { "
            "abstract d(): void; abstract e: E; f(): void; f() {} [key: string]: any }",
            typescript_options),
      R"(function "f" +statement[parameters[parameter[a, none]], block]; class "C" +statement[block[function "f"[parameters, block]]])");
  EXPECT_EQ(
      shape("type = 1; interface; declare; namespace; module.exports = a; abstract = 2; type\nA = "
            "1; declare\nb",
            typescript_options),
      R"(assign =[type, 1]; interface; declare; namespace; assign =[member "exports"[module], a]; assign =[abstract, 2]; type; assign =[A, 1]; declare; b)");
}

TEST(JavaScript, Type_arguments_are_told_from_comparisons) {
  EXPECT_EQ(
      shape("f<T>(x); new A<B, C<D>>(); f<T>`a`; a?.b<T>(c); f<T>?.(x); f<T>; f<typeof x>(y); "
            "f<(a: A) => B>(c); f<new () => A>(b)",
            typescript_options),
      R"(call[f, x]; new[A]; call +tagged[f, "a"]; call[member "b" +optional[a], c]; call +optional[f, x]; f; call[f, y]; call[f, c]; call[f, b])");
  EXPECT_EQ(shape("a < b; a < b > c; a < b && c > d; if (a < b || c >= d) e; a < b >> c; i < n; a "
                  "< b ? c : d",
                  typescript_options),
            "<[a, b]; >[<[a, b], c]; and[<[a, b], >[c, d]]; if[or[<[a, b], >=[c, d]], e, none]; "
            "<[a, >>[b, c]]; <[i, n]; conditional[<[a, b], c, d]");
  EXPECT_EQ(shape("f(a < b, c > d); f(a < 0 || b >= 0)", typescript_options),
            "call[f, <[a, b], >[c, d]]; call[f, or[<[a, 0], >=[b, 0]]]");
  EXPECT_EQ(
      shape("let x: A<B<C>>= []; x = a >>> b >> c; x >>= 1", typescript_options),
      "declaration let[declarator[x, array list]]; assign =[x, >>[>>>[a, b], c]]; assign >>[x, 1]");
}

TEST(JavaScript, What_would_run_is_no_type_argument) {
  EXPECT_EQ(
      shape("a < `${f()}` > (1); a < (f()) > (1); a < [f()] > (1)", typescript_options),
      ">[<[a, template_string[call[f]]], 1]; >[<[a, call[f]], 1]; >[<[a, array list[call[f]]], 1]");
  EXPECT_EQ(
      shape("a < { valueOf() { f() } } > (1); a < new F > (1); a < new (F) > (1)",
            typescript_options),
      R"(>[<[a, object[function "valueOf"[parameters, block[call[f]]]]], 1]; >[<[a, new[F]], 1]; >[<[a, new[F]], 1])");
  EXPECT_EQ(
      shape("a < b?.(c) > (1); a < f`x` > (1); a < (b = c) > (1)", typescript_options),
      R"(>[<[a, call +optional[b, c]], 1]; >[<[a, call +tagged[f, "x"]], 1]; >[<[a, assign =[b, c]], 1])");
  EXPECT_EQ(shape("declare in f(); declare instanceof g()", typescript_options),
            "in[declare, call[f]]; instanceof[declare, call[g]]");
}

TEST(JavaScript, An_arrow_between_question_mark_and_colon_has_a_type_only_after_parameters) {
  EXPECT_EQ(shape("a ? (b) : c => d; a ? (b) : c", typescript_options),
            "conditional[a, b, function +arrow[parameters[parameter[c, none]], d]]; conditional[a, "
            "b, c]");
  EXPECT_EQ(shape("a ? (b: B): C => d : e; a ? (): B => c : d", typescript_options),
            "conditional[a, function +arrow[parameters[parameter[b, none]], d], e]; conditional[a, "
            "function +arrow[parameters, c], d]");
  EXPECT_EQ(shape("switch (a) { case (b): c => d }", typescript_options),
            "switch[a, case[b, function +arrow[parameters[parameter[c, none]], d]]]");
}

TEST(JavaScript, Enums_become_objects_and_namespaces_blocks) {
  EXPECT_EQ(
      shape("enum A { B, C = 5, D, E = 'x', 'f' = 1 << 2, G }", typescript_options),
      R"(declaration const[declarator[A, object[pair["B", 0], pair["C", 5], pair["D", 6], pair["E", "x"], pair["f", <<[1, 2]], pair["G", none]]]])");
  EXPECT_EQ(
      shape("const enum A { B } export enum C {}", typescript_options),
      R"(declaration const[declarator[A, object[pair["B", 0]]]]; export[declaration const[declarator[C, object]]])");
  EXPECT_EQ(shape("namespace A.B { export const c = 1 } module D { }", typescript_options),
            "block[export[declaration const[declarator[c, 1]]]]; block");
}

TEST(JavaScript, Parameter_properties_are_assigned) {
  EXPECT_EQ(
      shape("class A { constructor(private a: B, public readonly c = 1, d?: D) { super() } }",
            typescript_options),
      R"(class "A" +statement[block[function "constructor"[parameters[parameter[a, none], parameter[c, 1], parameter[d, none]], block[assign =[member "a"[this], a], assign =[member "c"[this], c], call[super]]]]])");
}

TEST(JavaScript, Class_members_have_modifiers) {
  EXPECT_EQ(
      shape("class A<T> extends B<T> implements C, D<E> { private static readonly a: B = 1; "
            "protected async *c<T>(d: T): E {} declare f: G; h?: I; j!: K; override get l(): M { "
            "return n } }",
            typescript_options),
      R"(class "A" +statement[block[assign = +static[a, 1], function "c" +async +generator[parameters[parameter[d, none]], block], assign =[h, none], assign =[j, none], function "l" +getter[parameters, block[return[n]]]], B])");
  EXPECT_EQ(
      shape(
          "class A { type = 1; declare = 2; readonly; public() {} private; readonly readonly = 3 }",
          typescript_options),
      R"(class "A" +statement[block[assign =[type, 1], assign =[declare, 2], assign =[readonly, none], function "public"[parameters, block], assign =[private, none], assign =[readonly, 3]]])");
  EXPECT_EQ(
      shape("@A({ b: 1 }) class C { @D() e: F; constructor(@G(h) private i: J) {} }",
            typescript_options),
      R"(class "C" +statement[block[decorator[call[D]], assign =[e, none], function "constructor"[parameters[parameter[i, none, decorator[call[G, h]]]], block[assign =[member "i"[this], i]]]], decorator[call[A, object[pair["b", 1]]]]])");
}

TEST(JavaScript, Type_only_imports_leave_no_node) {
  EXPECT_EQ(shape("import type A from 'a'; import type { B } from 'b'; import type * as C from "
                  "'c'; import { type D, e, type F as G } from 'h'",
                  typescript_options),
            R"(import from "h"[import_name "e"[e]])");
  EXPECT_EQ(
      shape("import type from 'a'; import type, { b } from 'c'; import { type } from 'd'; import { "
            "type as e } from 'f'; import { type as } from 'g'; import { type as as h } from 'i'",
            typescript_options),
      R"(import from "a"[import_name "default"[type]]; import from "c"[import_name "default"[type], import_name "b"[b]]; import from "d"[import_name "type"[type]]; import from "f"[import_name "type"[e]]; import from "g"; import from "i")");
  EXPECT_EQ(
      shape("import a = require('b'); import c = D.E; export import f = G.H; import type I = "
            "require('j'); export = k",
            typescript_options),
      R"(declaration const[declarator[a, call[require, "b"]]]; declaration const[declarator[c, member "E"[D]]]; export[declaration const[declarator[f, member "H"[G]]]]; export "default"[k])");
}

TEST(JavaScript, Elements_hold_their_tag_attribute_values_and_children) {
  EXPECT_EQ(
      shape("<div/>; <></>; <a.b.c/>; <this.d/>; <e-f:g-h/>"),
      R"(jsx[div]; jsx[none]; jsx[member "c"[member "b"[a]]]; jsx[member "d"[this]]; jsx[e-f:g-h])");
  EXPECT_EQ(shape(R"(<a b="c" d-e='f' g:h={i} {...j} k l=<m/> n/>)"),
            R"(jsx[a, "c", "f", i, spread *[j], jsx[m]])");
  EXPECT_EQ(shape(R"(<a>text's "{b}" &amp; <c>{d ? <e/> : null}</c> // text {...f} {/* g */}</a>)"),
            "jsx[a, b, jsx[c, conditional[d, jsx[e], literal null]], spread *[f]]");
  EXPECT_EQ(shape(R"(<a b="x\n"/>; <a b=">"/>; <a>{'}'}</a>; <a>}</a>)"),
            R"(jsx[a, "x\n"]; jsx[a, ">"]; jsx[a, "}"]; jsx[a])");
  EXPECT_EQ(shape("x = <a/>; f(<b/>, <c/>); d && <e/>; () => <f/>; (<g/>) / 2; return <h/>"),
            "assign =[x, jsx[a]]; call[f, jsx[b], jsx[c]]; and[d, jsx[e]]; function "
            "+arrow[parameters, jsx[f]]; /[jsx[g], 2]; return[jsx[h]]");
  EXPECT_EQ(
      shape("<a b={() => { return <c>{d}</c> }}>{e.map(f => <g h={f}>{f}</g>)}</a>"),
      R"(jsx[a, function +arrow[parameters, block[return[jsx[c, d]]]], call[member "map"[e], function +arrow[parameters[parameter[f, none]], jsx[g, f, f]]]])");
  EXPECT_EQ(shape("a < b; c <d> e"), "<[a, b]; >[<[c, d], e]");
}

TEST(JavaScript, Generic_arrows_and_elements_live_together) {
  EXPECT_EQ(
      shape("const a = <T,>(x: T) => <b>{x}</b>; const c = <T extends D>(x: T) => x; const e = "
            "<const T,>(x) => x",
            tsx_options),
      "declaration const[declarator[a, function +arrow[parameters[parameter[x, none]], jsx[b, "
      "x]]]]; declaration const[declarator[c, function +arrow[parameters[parameter[x, none]], "
      "x]]]; declaration const[declarator[e, function +arrow[parameters[parameter[x, none]], x]]]");
  EXPECT_EQ(shape("<A<string> b={c}/>; <A<B>>x</A>; f<T>(<a/>); <T extends={1}>y</T>", tsx_options),
            "jsx[A, c]; jsx[A]; call[f, jsx[a]]; jsx[T, 1]");
}

TEST(JavaScript, Flow_is_read_when_the_file_says_so) {
  EXPECT_EQ(shape("// @flow\nimport typeof A from 'a'; import { type B, typeof C, d } from 'd'; "
                  "opaque type E: F = G; type H = {| +a: ?B, -b?: * |}; declare export function "
                  "f(x: A): B; declare module.exports: C; (x: any)"),
            R"(import from "d"[import_name "d"[d]]; x)");
  EXPECT_EQ(
      shape("// @flow\nconst f = <T>(x: T): Promise<T> => x; function g(x: ?A): boolean %checks { "
            "return x } class B<+T> { +c: T; d: E = 1 } async <T>(x: T): U => x; function h(x): "
            "%checks { }"),
      R"(declaration const[declarator[f, function +arrow[parameters[parameter[x, none]], x]]]; function "g" +statement[parameters[parameter[x, none]], block[return[x]]]; class "B" +statement[block[assign =[c, none], assign =[d, 1]]]; function +arrow +async[parameters[parameter[x, none]], x]; function "h" +statement[parameters[parameter[x, none]], block])");
  EXPECT_EQ(
      shape("// @flow\nf<T>(x); a ? (b) : c => d; a < { valueOf: () => { f() } } > (1)"),
      R"(>[<[f, T], x]; conditional[a, b, function +arrow[parameters[parameter[c, none]], d]]; >[<[a, object[pair["valueOf", function +arrow[parameters, block[call[f]]]]]], 1])");
}

TEST(JavaScript, Plain_JavaScript_has_no_type_arguments) {
  EXPECT_EQ(shape("f<T>(x); a < b > (c); var a\n!function () {}()"),
            ">[<[f, T], x]; >[<[a, b], c]; declaration var[declarator[a, none]]; unary "
            "not[call[function[parameters, block]]]");
}

TEST(JavaScript, Comments_of_scripts_are_code_in_modules) {
  EXPECT_EQ(shape("a<!--b\nimport c from 'd'"),
            R"(<[a, unary not[update -- +prefix[b]]]; import from "d"[import_name "default"[c]])");
  EXPECT_EQ(shape("import c from 'd'\na<!--b"),
            R"(import from "d"[import_name "default"[c]]; <[a, unary not[update -- +prefix[b]]])");
}

}  // namespace
}  // namespace assay::code
