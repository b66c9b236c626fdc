#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "rules/rule.h"

namespace assay {
namespace {

void report_three(const Facts&, Findings& findings) {
  findings.add(Severity::low, Where{0, -1, 20, 21}, "b");
  findings.add(Where{0, -1, 10, 11}, "a");
  findings.add(Where{0, -1, 10, 11}, "a");
}
constexpr Rule three = {.id = "three",
                        .title = "",
                        .why = "",
                        .harmless_when = "",
                        .severity = Severity::high,
                        .check = report_three};

void report_many(const Facts&, Findings& findings) {
  for (std::uint32_t i = 0; i < 50; ++i)
    findings.add(Where{0, -1, i, i + 1}, "c" + std::to_string(i));
  findings.add(Severity::critical, Where{0, -1, 90, 91}, "d");
}
constexpr Rule many = {.id = "many",
                       .title = "",
                       .why = "",
                       .harmless_when = "",
                       .severity = Severity::medium,
                       .check = report_many};

TEST(Engine, The_gravest_findings_come_first_and_doubles_are_gone) {
  const Rule* rules[] = {&three};
  const std::vector<Finding> findings = run_rules(rules, Facts{});
  ASSERT_EQ(findings.size(), 2u);  // one was told twice
  EXPECT_EQ(findings[0].severity, Severity::high);
  EXPECT_EQ(findings[0].message, "a");
  EXPECT_EQ(findings[1].severity, Severity::low);
}

TEST(Engine, A_rule_that_fires_everywhere_is_cut_to_its_gravest) {
  const Rule* rules[] = {&three, &many};
  const std::vector<Finding> findings = run_rules(rules, Facts{}, 5);
  EXPECT_EQ(std::ranges::count(findings, "many", &Finding::rule), 5);
  EXPECT_EQ(findings.front().message, "d");
}

TEST(Engine, Every_rule_is_in_the_table_once_in_order_and_fully_written) {
  std::set<std::string_view> ids;
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
    EXPECT_FALSE(rule->title.empty()) << rule->id;
    EXPECT_TRUE(rule->why.ends_with('.')) << rule->id;
    EXPECT_TRUE(rule->harmless_when.ends_with('.')) << rule->id;
    EXPECT_FALSE(rule->title.ends_with('.')) << rule->id;
    EXPECT_NE(rule->check, nullptr) << rule->id;
  }
  EXPECT_TRUE(std::ranges::is_sorted(all_rules(), {}, &Rule::id));
}

TEST(Engine, Severities_have_names_and_names_have_severities) {
  for (const Severity severity :
       {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
    EXPECT_EQ(severity_from(to_string(severity)), severity);
  }
  EXPECT_EQ(severity_from("grave"), std::nullopt);
}

}  // namespace
}  // namespace assay
