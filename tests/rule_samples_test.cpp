// Every rule's samples through the real pipeline: bundle -> facts -> this rule.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "rules/rule.h"
#include "sample_world.h"

namespace assay {
namespace {

// The place in the file that it all came from, however many layers were undone.
Where outermost(const Facts& facts, Where where) {
  while (where.layer >= 0) where = facts.layers[static_cast<std::size_t>(where.layer)].from;
  return where;
}

// "path:line", or "package" for what has no file.
std::string place_of(const Facts& facts, const Finding& finding) {
  if (finding.where.file < 0) return "package";
  const Where where = outermost(facts, finding.where);
  const File& file = facts.file(where);
  const std::string_view before = std::string_view(file.bytes).substr(0, where.begin);
  return file.path + ":" + std::to_string(1 + std::ranges::count(before, '\n'));
}

std::string told(const Facts& facts, const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += "  " + place_of(facts, finding) + " " + std::string(to_string(finding.severity)) +
            ": " + finding.message + "\n";
  }
  return text.empty() ? "  nothing\n" : text;
}

// What the rule had to go by, for whoever has to find out why a sample fails.
std::string told(const Facts& facts) {
  std::string text;
  for (const Executor& executor : facts.executors) {
    text += "  executor " + std::string(to_string(executor.kind)) + " " + executor.name + ": " +
            executor.command + "\n";
  }
  for (const Action& action : facts.actions) {
    text += "  " + std::string(to_string(action.act)) + " " + action.api + " [" + action.target +
            "] from " + std::to_string(action.target_from.bits) + " data " +
            std::to_string(action.data.bits) + " " + std::string(to_string(action.trigger)) +
            (action.at_load ? " at load" : " when called") + (action.hidden ? " hidden" : "") +
            (action.in_test ? " in test" : "") +
            (action.where.layer >= 0 ? " in layer " + std::to_string(action.where.layer) : "") +
            "\n";
  }
  for (const Disguised& disguised : facts.disguises) {
    text += "  disguise " + std::to_string(static_cast<int>(disguised.kind)) + " " +
            disguised.result + "\n";
  }
  for (const Gap& gap : facts.gaps)
    text += "  gap " + std::string(to_string(gap.kind)) + " " + gap.path + " " + gap.reason + "\n";
  return text;
}

class RuleSamplesTest : public testing::TestWithParam<RuleSamples> {};

TEST_P(RuleSamplesTest, Fires_on_its_own_samples_and_is_silent_on_their_harmless_twins) {
  const auto& [rule, samples] = GetParam();
  bool has_firing = false, has_silent = false;
  for (const Sample& sample : *samples) {
    SampleScene scene;
    build_scene(sample.bundle, scene);
    const Facts& facts = scene.facts;
    const std::vector<Finding> findings = run_rules(std::span(&rule, 1), facts);
    const bool must_be_silent = sample.expect == silent;
    (must_be_silent ? has_silent : has_firing) = true;
    const bool is_as_expected = must_be_silent
                                    ? findings.empty()
                                    : std::ranges::any_of(findings, [&](const Finding& finding) {
                                        return place_of(facts, finding) == sample.expect;
                                      });
    EXPECT_TRUE(is_as_expected) << rule->id << ", \"" << sample.name << "\": expected "
                                << (must_be_silent ? "silence" : sample.expect) << ", found\n"
                                << told(facts, findings) << "facts\n"
                                << told(facts);
  }
  EXPECT_TRUE(has_firing) << rule->id << " has no sample that it fires on";
  EXPECT_TRUE(has_silent) << rule->id << " has no sample that it must be silent on";
}

std::string name_of(const testing::TestParamInfo<RuleSamples>& info) {
  std::string name(info.param.rule->id);
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleSamplesTest,
                         testing::ValuesIn(all_rule_samples().begin(), all_rule_samples().end()),
                         name_of);

TEST(RuleSamples, Every_rule_has_samples_and_they_are_inert) {
  EXPECT_EQ(all_rules().size(), all_rule_samples().size());
  for (const auto& [rule, samples] : all_rule_samples()) {
    EXPECT_GE(samples->size(), 2u) << rule->id;
    for (const Sample& sample : *samples) EXPECT_FALSE(sample.name.empty()) << rule->id;
  }
}

}  // namespace
}  // namespace assay
