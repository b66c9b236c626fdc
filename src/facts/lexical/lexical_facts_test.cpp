#include "facts/lexical/lexical_facts.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace assay {
namespace {

using Obfuscator = LexicalFacts::Obfuscator;

std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

LexicalFacts code(std::string_view text) { return read_lexical_facts(text, true); }

std::vector<Obfuscator> obfuscators_in(std::string_view text) {
  std::vector<Obfuscator> kinds;
  for (const LexicalFacts::Obfuscated& found : code(text).obfuscators) kinds.push_back(found.kind);
  return kinds;
}
using Kinds = std::vector<Obfuscator>;

// Deterministic letters that look random.
std::string random_text(std::string_view alphabet, int size) {
  std::string out;
  std::uint32_t state = 1;
  for (int i = 0; i < size; ++i) {
    state = state * 1664525u + 1013904223u;
    out += alphabet[(state >> 16) % alphabet.size()];
  }
  return out;
}
constexpr std::string_view base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

TEST(Lines, are_counted_and_the_longest_is_measured) {
  const LexicalFacts facts = code("a\nbbb\n\ncc");
  EXPECT_EQ(facts.lines, 4u);
  EXPECT_EQ(facts.longest_line, 3u);
  EXPECT_EQ(code("a\n").lines, 1u);
  EXPECT_EQ(code("").lines, 0u);
}

TEST(Entropy, is_in_bits_a_byte) {
  EXPECT_DOUBLE_EQ(code("aaaaaaaaaaaaaaaa").entropy, 0);
  EXPECT_DOUBLE_EQ(code("abababababababab").entropy, 1);
  EXPECT_NEAR(code(random_text(base64, 100'000)).entropy, 6, 0.01);
}

TEST(HiddenColumns, are_found_behind_an_innocent_start) {
  const std::string text =
      "import os\nprint('x')" + repeated(" ", 150) + ";__import__('os').system('id')\nimport re\n";
  const LexicalFacts facts = code(text);
  ASSERT_EQ(facts.hidden_columns.size(), 1u);
  const Span span = facts.hidden_columns[0];
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), ";__import__('os').system('id')");
}

TEST(HiddenColumns, are_found_on_a_line_without_a_start_and_behind_a_comment_that_closes) {
  EXPECT_EQ(code("a = 1;\n" + repeated(" ", 200) + "eval(x(y));\n").hidden_columns.size(), 1u);
  EXPECT_EQ(
      code("var a = 1;" + repeated("\t", 130) + "/* x */ eval(x(y));\n").hidden_columns.size(), 1u);
  EXPECT_EQ(code("var a = 1;" + repeated("\xC2\xA0", 130) + "eval(x(y));\n").hidden_columns.size(),
            1u);
}

TEST(HiddenColumns, are_not_comments_tables_strings_or_aligned_arguments) {
  const std::string blanks = repeated(" ", 150);
  EXPECT_TRUE(code("var a = 1;" + blanks + "// eval(x)\n").hidden_columns.empty());
  EXPECT_TRUE(code("def f():\n  a = 1" + blanks + "# eval(x)\n").hidden_columns.empty());
  EXPECT_TRUE(code("x = '" + blanks + "f(a)=1  '\n").hidden_columns.empty());
  EXPECT_TRUE(code("def f():\n  '''\n  a" + blanks + "b(c) = d\n  '''\n").hidden_columns.empty());
  EXPECT_TRUE(code("name" + blanks + "value\n").hidden_columns.empty());
  EXPECT_TRUE(code(repeated("x", 140) + "(a,\n" + repeated(" ", 141) + "b(c), d=1)\n")
                  .hidden_columns.empty());
  EXPECT_TRUE(code("a = 1;" + repeated(" ", 119) + "eval(x(y));\n").hidden_columns.empty());
  EXPECT_TRUE(read_lexical_facts("a" + blanks + "b(c) = d  \n", false).hidden_columns.empty());
}

TEST(StrangeCharacters, bidirectional_controls_are_each_found) {
  const std::string text = "a \xE2\x80\xAE b \xE2\x81\xA6";
  EXPECT_EQ(code(text).bidirectional, (std::vector<Span>{{2, 5}, {8, 11}}));
  EXPECT_EQ(read_lexical_facts(text, false).bidirectional.size(), 2u);
}

TEST(StrangeCharacters, runs_of_invisible_ones_are_found) {
  for (const char32_t c : {0xFE01, 0xE0101, 0xE0041, 0x200B, 0xE123, 0xF1234, 0x3164, 0xFFA0}) {
    std::string run;
    for (int i = 0; i < 16; ++i)
      append_utf8(run, c + static_cast<char32_t>(c == 0xFE01 ? i % 8 : 0));
    const LexicalFacts facts = code("eval('" + run + "')");
    ASSERT_EQ(facts.invisible_runs.size(), 1u) << std::hex << static_cast<unsigned>(c);
    EXPECT_EQ(facts.invisible_runs[0].begin, 6u);
    EXPECT_EQ(facts.invisible_runs[0].end, 6u + run.size());
  }
}

TEST(StrangeCharacters, joined_emoji_are_no_invisible_run) {
  const std::string family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA6\xEF\xB8\x8F";
  EXPECT_TRUE(code(repeated(family, 40)).invisible_runs.empty());
}

TEST(StrangeCharacters, look_alikes_in_identifiers_are_found) {
  // Cyrillic о in "os", mathematical letters that Python takes for "exec".
  EXPECT_EQ(code("def f():\n  \xD0\xBEs.system(1)\n").confusable_identifiers,
            (std::vector<Span>{{11, 14}}));
  EXPECT_EQ(code("def f():\n  r\xD0\xB5quests.get(1)\n").confusable_identifiers.size(), 1u);
  EXPECT_EQ(
      code("def f():\n  \xF0\x9D\x98\xA6\xF0\x9D\x98\xB9\xF0\x9D\x98\xA6\xF0\x9D\x98\xA4(1)\n")
          .confusable_identifiers.size(),
      1u);
}

TEST(StrangeCharacters, other_scripts_strings_and_comments_are_left_alone) {
  // "данные" is a Russian word; Δρ is physics.
  EXPECT_TRUE(code("def f():\n  \xD0\xB4\xD0\xB0\xD0\xBD\xD0\xBD\xD1\x8B\xD0\xB5 = 1\n")
                  .confusable_identifiers.empty());
  EXPECT_TRUE(code("def f():\n  \xCE\x94\xCF\x81_max = 1\n").confusable_identifiers.empty());
  EXPECT_TRUE(code("def f():\n  \xE2\x84\x93 = \xCE\xBF\n").confusable_identifiers.empty());
  EXPECT_TRUE(code("def f():\n  x = 'r\xD0\xB5quests'  # r\xD0\xB5quests\n")
                  .confusable_identifiers.empty());
  EXPECT_TRUE(
      code("const x = `r\xD0\xB5quests`; // r\xD0\xB5quests\n").confusable_identifiers.empty());
}

TEST(StrangeCharacters, utf8_is_checked) {
  EXPECT_TRUE(code("\xC3\xA9").is_valid_utf8);
  EXPECT_FALSE(code("\xE9t\xE9").is_valid_utf8);
}

TEST(Obfuscators, hex_names_need_to_be_many) {
  std::string text;
  for (int i = 0; i < 12; ++i) text += "var _0x1a2b" + std::to_string(i % 5) + "=1;";
  EXPECT_EQ(obfuscators_in(text), Kinds{Obfuscator::hex_names});
  EXPECT_EQ(obfuscators_in("var _0x1a2b=1,_0x1a2c=2,_0x1a2d=3,_0x1a2e=4;"), Kinds{});
  EXPECT_EQ(obfuscators_in(repeated("a_0xff(1);", 50)), Kinds{});
  EXPECT_EQ(obfuscators_in(repeated("f(_$_1e42[3]);", 12)), Kinds{Obfuscator::hex_names});
}

TEST(Obfuscators, the_rotated_string_array_is_known_under_any_name) {
  const std::string sum =
      "parseInt(b(1))/1+-parseInt(b(2))/2*(parseInt(b(3))/3)+parseInt(b(4))/4+"
      "-parseInt(b(5))/5;if(s===d)break;else c['push'](c['shift']());";
  EXPECT_EQ(obfuscators_in("(function(a,d){const c=a();while(true){try{const s=" + sum + "}}})"),
            Kinds{Obfuscator::string_array});
  EXPECT_EQ(obfuscators_in("var f=function(n){while(--n){a['push'](a['shift']());}};"),
            Kinds{Obfuscator::string_array});
  EXPECT_EQ(obfuscators_in("while(--n){a.push(n)}" + repeated("x=parseInt(a)/2;", 9)), Kinds{});
}

TEST(Obfuscators, encodings_of_whole_programs_are_known) {
  EXPECT_EQ(obfuscators_in(repeated("[][(![]+[])[+!![]]]", 20)), Kinds{Obfuscator::jsfuck});
  EXPECT_EQ(obfuscators_in("x=[[[[]]]];" + repeated("(", 300)), Kinds{});
  EXPECT_EQ(obfuscators_in("$=~[];$={___:++$};"), Kinds{Obfuscator::jjencode});
  EXPECT_EQ(obfuscators_in("\xEF\xBE\x9F\xCF\x89\xEF\xBE\x9F\xEF\xBE\x89= /x/"),
            Kinds{Obfuscator::aaencode});
  EXPECT_EQ(obfuscators_in("eval(function(p,a,c,k,e,d){return p}('0',1))"),
            Kinds{Obfuscator::packer});
}

TEST(Obfuscators, python_ones_leave_marks) {
  EXPECT_EQ(obfuscators_in("from pyarmor_runtime_000000 import __pyarmor__\n__pyarmor__(1)\n"),
            Kinds{Obfuscator::pyarmor});
  EXPECT_EQ(obfuscators_in("import os\n# import pyarmor_runtime first\n"), Kinds{});
  EXPECT_EQ(obfuscators_in("__obfuscator__ = 'Hyperion'\n"), Kinds{Obfuscator::hyperion});
  EXPECT_EQ(obfuscators_in("_____=eval(\"\\145\\166\\141\\154\")\n"), Kinds{Obfuscator::hyperion});
  EXPECT_EQ(obfuscators_in("joy = '\\x72\\x6f\\x74\\x31\\x33'\n"), Kinds{Obfuscator::hyperion});
  EXPECT_EQ(obfuscators_in("exec((_)(b'x'))\n"), Kinds{Obfuscator::lambda_chain});
  EXPECT_EQ(obfuscators_in("_ = lambda __ : __import__('zlib').decompress(__[::-1])\n"),
            Kinds{Obfuscator::lambda_chain});
}

TEST(Obfuscators, names_of_look_alike_letters_need_to_be_several) {
  EXPECT_EQ(obfuscators_in("IlIlIIlI = 1\nlIlIlIlI = 2\nIIlIlIlI1 = 3\n"),
            Kinds{Obfuscator::l_and_i_names});
  EXPECT_EQ(obfuscators_in("OOO0O0OO0 = 1\nO0O0O0O0O = 2\nOO00OO00OO = 3\n"),
            Kinds{Obfuscator::l_and_i_names});
  EXPECT_EQ(obfuscators_in("IlIlIIlI = 1\nx = 'O0O0O0O0O'\ny = 0xO0O0\n"), Kinds{});
}

TEST(Obfuscators, are_looked_for_in_code_only) {
  EXPECT_TRUE(read_lexical_facts(repeated("_0x1a2b _0x1a2c _0x1a2d _0x1a2e ", 20), false)
                  .obfuscators.empty());
}

TEST(EncodedStrings, base64_and_hex_of_512_bytes_are_found) {
  const std::string blob = random_text(base64, 600);
  EXPECT_EQ(code("x='" + blob + "'").long_encoded_strings, (std::vector<Span>{{3, 603}}));
  EXPECT_TRUE(code("x='" + blob.substr(0, 500) + "'").long_encoded_strings.empty());
  EXPECT_EQ(code("x='" + random_text("0123456789abcdef", 600) + "'").long_encoded_strings.size(),
            1u);
  EXPECT_EQ(read_lexical_facts("{\"x\":\"" + blob + "\"}", false).long_encoded_strings.size(), 1u);
  std::string escaped;
  for (const char c : random_text(base64, 200)) escaped += "\\x" + hex(std::string(1, c));
  EXPECT_EQ(code("x=b'" + escaped + "'").long_encoded_strings.size(), 1u);
}

TEST(EncodedStrings, wrapped_lines_are_one_string) {
  std::string text = "x = (";
  for (int i = 0; i < 12; ++i) text += "    '" + random_text(base64, 64) + "'\n";
  EXPECT_EQ(code(text + ")").long_encoded_strings.size(), 1u);
}

TEST(EncodedStrings, words_media_source_maps_and_certificates_are_not) {
  const std::string blob = random_text(base64, 600);
  EXPECT_TRUE(code("x='" + repeated("abcdefghij", 60) + "'").long_encoded_strings.empty());
  EXPECT_TRUE(code("x='" + repeated("ACGT", 200) + "'").long_encoded_strings.empty());
  EXPECT_TRUE(
      code("x='data:image/png;base64,iVBORw0KGgo" + blob + "'").long_encoded_strings.empty());
  EXPECT_TRUE(code("//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLC" + blob)
                  .long_encoded_strings.empty());
  EXPECT_TRUE(code("-----BEGIN CERTIFICATE-----\nMIIC" + blob).long_encoded_strings.empty());
}

TEST(BuildMarks, minified_code_is_told_from_written_and_obfuscated_code) {
  const std::string minified =
      repeated("function a(b,c){if(!b)return c;var d=b.e;return d?a(d,c):f(c)}", 20);
  EXPECT_TRUE(code(minified).is_minified);
  const std::string written =
      repeated("function add(left, right) {\n  return left + right;\n}\n", 30);
  EXPECT_FALSE(code(written).is_minified);
  EXPECT_FALSE(code("x=[" + repeated("12,", 500) + "]").is_minified);
  std::string obfuscated = minified;
  for (int i = 0; i < 12; ++i) obfuscated += "_0x1a2b" + std::to_string(i % 5) + "();";
  EXPECT_FALSE(code(obfuscated).is_minified);
  EXPECT_FALSE(code("eval(a('" + random_text(base64, 4000) + "'))" + minified).is_minified);
}

TEST(BuildMarks, bundlers_and_generators_are_known) {
  EXPECT_TRUE(code("var __webpack_require__ = {};").is_bundled);
  EXPECT_TRUE(code("},{}],2:[function(require,module,exports){").is_bundled);
  EXPECT_TRUE(code("var a = __commonJS({").is_bundled);
  EXPECT_FALSE(code("const webpack = require('webpack');").is_bundled);
  EXPECT_TRUE(code("# Code generated by protoc. DO NOT EDIT.\n").is_generated);
  EXPECT_TRUE(code("x()\n//# sourceMappingURL=x.js.map\n").is_generated);
  EXPECT_FALSE(code("x()\n").is_generated);
}

TEST(Lexical, signatures_are_found_at_every_offset) {
  for (int before = 0; before < 40; ++before) {
    for (int after = 0; after < 40; after += 3) {
      const std::string text = repeated("x", before) + "$=~[];" + repeated("y", after);
      const LexicalFacts facts = code(text);
      ASSERT_EQ(facts.obfuscators.size(), 1u) << before << " " << after;
      EXPECT_EQ(facts.obfuscators[0].where.begin, static_cast<std::uint32_t>(before) + 1);
    }
  }
}

TEST(Lexical, any_bytes_are_accepted) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>((i * 7919) >> 5);
  for (std::size_t size = 0; size < 64; ++size) code(std::string_view(bytes).substr(0, size));
  EXPECT_FALSE(code(bytes).is_valid_utf8);
}

TEST(Lexical, findings_of_one_kind_are_bounded) {
  EXPECT_LE(code(repeated("\xE2\x80\xAE", 100'000)).bidirectional.size(), 64u);
  EXPECT_LE(
      code(repeated("a = 1;" + repeated(" ", 150) + "eval(x(y));\n", 500)).hidden_columns.size(),
      64u);
}

}  // namespace
}  // namespace assay
