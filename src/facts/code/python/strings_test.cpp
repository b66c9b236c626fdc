#include <gtest/gtest.h>

#include "facts/code/python/python_testing.h"

namespace assay::code {
namespace {

std::string value_of(std::string_view source) {
  const Tree tree = parse_python(source);
  return std::string(tree[tree.child(tree.root, 0)].text);
}

TEST(PythonStrings, a_string_without_escapes_is_a_view_into_the_source) {
  const std::string source = "x('plain', r'\\d', '''a\nb''')";
  const Tree tree = parse_python(source);
  for (const Node& node : tree.nodes) {
    if (node.kind != Kind::string) continue;
    EXPECT_GE(node.text.data(), source.data());
    EXPECT_LE(node.text.data() + node.text.size(), source.data() + source.size());
  }
  EXPECT_TRUE(tree.arena.empty());
}

TEST(PythonStrings, escapes_are_decoded_to_utf8) {
  EXPECT_EQ(value_of(R"('\x41\101\u00e9\U0001F600\n\t\\\'\"\a\0')"),
            std::string("AAé😀\n\t\\'\"\a\0", 15));
  EXPECT_EQ(value_of("'a\\\nb\\\r\nc'"), "abc");
  EXPECT_EQ(value_of(R"('\xff')"), "ÿ");
  EXPECT_EQ(value_of(R"('\ud83d')"), "\xED\xA0\xBD");
}

TEST(PythonStrings, what_is_no_escape_stays_as_written) {
  EXPECT_EQ(value_of(R"('\d\N{DASH}\x4\u12\U00110000\8')"), R"(\d\N{DASH}\x4\u12\U00110000\8)");
  EXPECT_EQ(value_of(R"(r'\x41\'')"), R"(\x41\')");
  EXPECT_EQ(value_of(R"(ur'\u0041')"), R"(\u0041)");
}

TEST(PythonStrings, bytes_keep_raw_bytes) {
  EXPECT_EQ(shape("b'\\xff\\u0041\\101'"), "b'\xff\\u0041A'");
  EXPECT_EQ(shape("Rb'\\x41'"), "b'\\x41'");
  EXPECT_EQ(shape("b'a' b'b'"), "b'ab'");
}

TEST(PythonStrings, line_ends_in_a_string_are_read_as_python_reads_them) {
  EXPECT_EQ(value_of("'''a\r\nb\rc'''"), "a\nb\nc");
  EXPECT_EQ(value_of("r'''a\r\nb'''"), "a\nb");
}

TEST(PythonStrings, adjacent_literals_are_one_string) {
  EXPECT_EQ(shape("x = 'a' \"b\" '''c''' r'\\d' u'\\x65'"), "assign.=(x, 'abc\\de')");
  EXPECT_EQ(shape("f('a'\n  'b')"), "call(f, 'ab')");
}

TEST(PythonStrings, quotes_of_the_other_kind_and_doubled_ones_do_not_end_a_string) {
  EXPECT_EQ(shape(R"(f("it's", '"', """a"b""c""", ''))"), "call(f, 'it's', '\"', 'a\"b\"\"c', '')");
}

TEST(PythonFormattedStrings, text_and_fields_alternate) {
  EXPECT_EQ(shape("f'a{b}c{d.e(1)}'"), "template_string('a', b, 'c', call(member:e(d), 1))");
  EXPECT_EQ(shape("f'plain {{}}'"), "'plain {}'");
  EXPECT_EQ(shape("f''"), "''");
  EXPECT_EQ(shape("rF'{a}\\d'"), "template_string(a, '\\d')");
  EXPECT_EQ(shape("t'{a}'"), "template_string(a)");
}

TEST(PythonFormattedStrings, escapes_in_the_text_do_not_hide_fields) {
  EXPECT_EQ(shape(R"(f'\x7b{a}\{b}\N{LEFT CURLY BRACKET}\'{c}')"),
            R"(template_string('{', a, '\', b, '\N{LEFT CURLY BRACKET}'', c))");
}

TEST(PythonFormattedStrings, plain_neighbours_join_in) {
  EXPECT_EQ(shape("'a' f'b{c}d' 'e'"), "template_string('ab', c, 'de')");
  EXPECT_EQ(shape("f'{a}' f'{b}'"), "template_string(a, b)");
}

TEST(PythonFormattedStrings, conversions_and_specifications_become_the_calls_they_stand_for) {
  EXPECT_EQ(shape("f'{a!r}{b!a}{c!s}'"), "template_string(call(repr, a), call(ascii, b), c)");
  EXPECT_EQ(shape("f'{101:c}{a!r:>{w}.2}'"),
            "template_string(call(format, 101, 'c'), "
            "call(format, call(repr, a), template_string('>', w, '.2')))");
  EXPECT_EQ(shape("f'{a:}{b:=5}{c!=d}'"),
            "template_string(a, call(format, b, '=5'), compare.!=(c, d))");
  EXPECT_EQ(shape("f'{t:%H:%M}'"), "template_string(call(format, t, '%H:%M'))");
}

TEST(PythonFormattedStrings, a_debug_field_names_itself) {
  EXPECT_EQ(shape("f'{a = }{b=:5}{c=!s}'"),
            "template_string('a = ', call(repr, a), 'b=', call(format, b, '5'), 'c=', c)");
}

TEST(PythonFormattedStrings, fields_may_hold_the_same_quotes_and_nest) {
  EXPECT_EQ(shape("f'{a['b']}{f'{f'{c}'}'}'"),
            "template_string(index(a, 'b'), template_string(template_string(c)))");
  EXPECT_EQ(shape("f'{', '.join(x)}'"), "template_string(call(member:join(', '), x))");
  EXPECT_EQ(shape("f'{ {'a': 1}['a'] }'"), "template_string(index(object(pair('a', 1)), 'a'))");
  EXPECT_EQ(shape("f'''{\na # not the end '''\n}'''"), "template_string(a)");
  EXPECT_EQ(shape("f'{(lambda x: x)(1)}{(y := 2)}'"),
            "template_string(call(function(parameters(parameter(x, _)), x), 1), assign.=(y, 2))");
}

TEST(PythonFormattedStrings, a_broken_field_ends_with_the_string_or_the_line) {
  EXPECT_EQ(shape("f'{a b}' + c"), "binary.+(template_string(a), c)");
  EXPECT_EQ(shape("x = f'{a' \ny(1)"), "assign.=(x, template_string(a))\ncall(y, 1)");
  EXPECT_FALSE(skip_reasons("f'{a b}'").empty());
}

}  // namespace
}  // namespace assay::code
