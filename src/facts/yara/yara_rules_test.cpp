#include "facts/yara/yara_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/yara/yara_watch.h"

namespace assay {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Result<YaraRules> compiled(std::string_view text) {
  const YaraSource source{"a.yar", "a", std::string(text)};
  return YaraRules::compile(std::span(&source, 1));
}

std::string refused(std::string_view text) {
  const Result<YaraRules> rules = compiled(text);
  EXPECT_FALSE(rules);
  return rules ? "" : rules.error().message;
}

std::vector<std::string> matched(const YaraRules& rules, std::string_view bytes,
                                 std::string_view path = "x.js") {
  YaraScanner scanner(rules);
  const YaraScanner::Outcome outcome = scanner.scan(bytes, path, 10);
  EXPECT_FALSE(outcome.flaw) << *outcome.flaw;
  std::vector<std::string> ids;
  for (const YaraMatch& match : outcome.matches) ids.push_back(rules.rules()[match.rule].id);
  return ids;
}

TEST(Yara, ARuleSaysWhereItMatched) {
  const Result<YaraRules> rules = compiled(R"(
    rule two { meta: description = "two words" severity = "High" strings: $b = "beta" $a = "alpha" condition: all of them })");
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_THAT(rules->rules(), ElementsAre(YaraRuleInfo{"yara:a/two", "two words", "High", false}));
  YaraScanner scanner(*rules);
  const auto outcome = scanner.scan("..alpha..beta..alpha", "x", 10);
  ASSERT_EQ(outcome.matches.size(), 1u);
  EXPECT_THAT(outcome.matches[0].strings,
              ElementsAre(YaraString{"$a", 2, 7}, YaraString{"$b", 9, 13}));
  EXPECT_THAT(scanner.scan("nothing", "x", 10).matches, IsEmpty());
}

TEST(Yara, AScannerForgetsTheFileBefore) {
  const Result<YaraRules> rules = compiled("rule r { strings: $a = \"alpha\" condition: $a }");
  YaraScanner scanner(*rules);
  EXPECT_EQ(scanner.scan("alpha", "x", 10).matches.size(), 1u);
  EXPECT_EQ(scanner.scan("beta", "x", 10).matches.size(), 0u);
}

TEST(Yara, RulesMayAskForTheFilesName) {
  const Result<YaraRules> rules = compiled(
      "rule r { condition: filename == \"b.js\" and extension == \".js\" and filepath == "
      "\"a/b.js\" }");
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_THAT(matched(*rules, "1", "a/b.js"), ElementsAre("yara:a/r"));
  EXPECT_THAT(matched(*rules, "1", "a/c.js"), IsEmpty());
}

TEST(Yara, PrivateRulesHelpAndAreNotTold) {
  const Result<YaraRules> rules =
      compiled("private rule p { strings: $a = \"x\" condition: $a } rule r { condition: p }");
  EXPECT_THAT(matched(*rules, "x"), ElementsAre("yara:a/r"));
}

TEST(Yara, WeightIsTakenWhereThereIsNoSeverity) {
  const Result<YaraRules> rules = compiled(
      "rule a { meta: weight = \"low\" condition: true } rule b { meta: weight = \"low\" severity "
      "= \"info\" condition: true }");
  EXPECT_EQ(rules->rules()[0].severity, "low");
  EXPECT_EQ(rules->rules()[1].severity, "info");
}

TEST(Yara, FilesThatAreNoGoodAreRefusedWithTheirLineAndAdvice) {
  EXPECT_THAT(refused("rule a { condition: true }\nrule b { condition: missing }"),
              AllOf(HasSubstr("a.yar:2: "), HasSubstr("missing"), HasSubstr("correct the rule")));
  EXPECT_THAT(refused("rule {"), HasSubstr("a.yar:1: "));
  EXPECT_THAT(refused("\ninclude \"b.yar\""),
              AllOf(HasSubstr("a.yar:2: "), HasSubstr("`include` is off")));
  EXPECT_THAT(refused("YARA\x07"), HasSubstr("give their sources"));
  EXPECT_THAT(refused(std::string_view("rule a { condition: true }\n\0", 28)),
              HasSubstr("a.yar:2: a NUL byte"));
}

TEST(Yara, ModulesThatReadFileFormatsOrTheClockAreRefused) {
  for (const std::string module : {"pe", "elf", "dotnet", "magic", "cuckoo", "time"}) {
    const Result<YaraRules> rules = compiled("rule a { condition: true }\nimport \"" + module +
                                             "\"\nrule b { condition: true }");
    ASSERT_FALSE(rules) << module;  // libyara may lack some, which is refused as well
    EXPECT_THAT(rules.error().message, HasSubstr("a.yar:2: ")) << module;
  }
  for (const std::string module : {"math", "hash", "console"}) {
    EXPECT_TRUE(compiled("import \"" + module + "\" rule b { condition: true }")) << module;
  }
}

TEST(Yara, MoreTextThanIsCompiledIsRefused) {
  const YaraSource source{"a.yar", "a", std::string(100, ' ')};
  EXPECT_FALSE(YaraRules::compile(std::span(&source, 1),
                                  {.files = 1, .file_bytes = 99, .total_bytes = 1000}));
  EXPECT_FALSE(YaraRules::compile(std::span(&source, 1),
                                  {.files = 0, .file_bytes = 100, .total_bytes = 1000}));
}

TEST(Yara, NestingAndNonsenseAreRefusedAndDoNotCrash) {
  refused("rule a { strings: $a = /" + std::string(8000, '(') + "/ condition: $a }");
  refused("rule a { condition: " + std::string(100'000, '(') + " }");
  std::uint32_t state = 7;
  for (int round = 0; round < 300; ++round) {
    constexpr std::string_view words[] = {"rule ",
                                          "a ",
                                          "{",
                                          "}",
                                          "strings:",
                                          "$a",
                                          "=",
                                          "/x{1,",
                                          "9}/",
                                          "condition:",
                                          "any of them",
                                          "(",
                                          ")",
                                          "{ 4? ?? [1-",
                                          "] }",
                                          "\"",
                                          "for all i in (1..#a) : ",
                                          "import",
                                          "\x80\xff",
                                          "\\",
                                          "\n"};
    std::string text = "rule a { strings: $a = \"x\" condition: ";
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525u + 1013904223u;
      text += words[(state >> 16) % std::size(words)];
    }
    (void)compiled(text);
  }
}

TEST(Yara, ASlowRuleEndsAtItsTime) {
  const Result<YaraRules> rules =
      compiled("rule slow { strings: $a = /[A-Za-z0-9+\\/]{200,}={0,2}/ condition: #a > 1000000 }");
  ASSERT_TRUE(rules) << rules.error().message;
  YaraScanner scanner(*rules);
  const auto outcome = scanner.scan(std::string(3 << 20, 'A'), "x", 1);
  ASSERT_TRUE(outcome.flaw);
  EXPECT_THAT(*outcome.flaw, HasSubstr("longer than 1 s"));
}

TEST(YaraWatch, FilesAndDecodedCodeAreScannedAndToldApart) {
  const Result<YaraRules> rules = compiled("rule r { strings: $a = \"alpha\" condition: $a }");
  Package package = package_from_bundle("==> a.js\n1 alpha\n==> b.js\n2\n");
  for (std::uint32_t i = 0; i < 2; ++i) package.files[i].order = i;
  YaraWatch watch(*rules);
  for (const File& file : package.files) watch.look_at(file);
  const std::vector<Layer> layers = {
      {Layer::Kind::javascript, {1, -1, 0, 1}, 1, "base64", "  alpha"}};
  const std::vector<YaraFact> facts = watch.facts(package, layers);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].where, (Where{0, -1, 2, 7}));
  EXPECT_EQ(facts[1].where, (Where{1, 0, 2, 7}));
  EXPECT_THAT(watch.gaps(), IsEmpty());
}

TEST(YaraWatch, WhatIsNotScannedIsAGap) {
  const Result<YaraRules> rules = compiled("rule r { condition: true }");
  const Package package = package_from_bundle("==> a.js\n12345\n");
  YaraWatch small(*rules,
                  {.scan_bytes = 3, .base_seconds = 1, .package_time = std::chrono::seconds(5)});
  small.look_at(package.files[0]);
  EXPECT_THAT(small.facts(package, {}), IsEmpty());
  ASSERT_EQ(small.gaps().size(), 1u);
  EXPECT_EQ(small.gaps()[0].kind, GapKind::too_large);
  YaraWatch late(*rules,
                 {.scan_bytes = 100, .base_seconds = 1, .package_time = std::chrono::seconds(0)});
  late.look_at(package.files[0]);
  EXPECT_THAT(late.facts(package, {}), IsEmpty());
  ASSERT_EQ(late.gaps().size(), 1u);
  EXPECT_THAT(late.gaps()[0].reason, HasSubstr("1 files were not scanned"));
}

}  // namespace
}  // namespace assay
