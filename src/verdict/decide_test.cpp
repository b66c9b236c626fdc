#include <gtest/gtest.h>

#include "base/hash.h"
#include "verdict/verdict.h"

namespace assay {
namespace {

constexpr std::string_view contents = "exec(bytes)\n";

class Decide : public testing::Test {
 protected:
  Decide() {
    package.sha256 = std::string(64, 'a');
    package.files.resize(2);
    package.files[0].path = "setup.py";
    package.files[0].bytes = contents;
    package.files[1].path = "big.bin";
    package.files[1].dropped = true;
    facts.package = &package;
    policy.now = std::chrono::sys_days(std::chrono::year(2030) / 6 / 15) + std::chrono::hours(12);
  }

  Verdict decide_on(std::vector<Finding> findings) { return decide(findings, facts, policy); }

  static Finding finding(std::string_view rule, Severity severity, std::int32_t file = 0) {
    return {rule, severity, {.file = file}, "does it", {}};
  }

  Exception exception(std::string rule, std::string path = "setup.py") {
    return {.rule = std::move(rule),
            .path = std::move(path),
            .sha256 = hash_hex(HashKind::sha256, contents),
            .reason = "read by us",
            .expires = std::chrono::year(2030) / 6 / 15};
  }

  Package package;
  Facts facts;
  Policy policy;
};

TEST_F(Decide, Nothing_found_is_allowed) {
  const Verdict verdict = decide_on({});
  EXPECT_EQ(verdict, Verdict{});
}

TEST_F(Decide, One_critical_finding_blocks) {
  EXPECT_EQ(decide_on({finding("a", Severity::critical)}).decision, Decision::block);
}

TEST_F(Decide, One_high_finding_asks_for_a_review_and_two_different_ones_block) {
  EXPECT_EQ(decide_on({finding("a", Severity::high)}).decision, Decision::review);
  EXPECT_EQ(decide_on({finding("a", Severity::high), finding("b", Severity::high)}).decision,
            Decision::block);
}

TEST_F(Decide, The_same_sight_in_many_places_counts_once) {
  const std::vector<Finding> many(20, finding("a", Severity::high));
  EXPECT_EQ(decide_on(many).score, 100);
}

TEST_F(Decide, Of_one_rule_the_gravest_finding_counts) {
  EXPECT_EQ(decide_on({finding("a", Severity::low), finding("a", Severity::high)}).score, 100);
}

TEST_F(Decide, Two_different_medium_findings_pass_and_three_ask_for_a_review) {
  EXPECT_EQ(decide_on({finding("a", Severity::medium), finding("b", Severity::medium)}).decision,
            Decision::allow);
  EXPECT_EQ(decide_on({finding("a", Severity::medium), finding("b", Severity::medium),
                       finding("c", Severity::medium)})
                .decision,
            Decision::review);
}

TEST_F(Decide, Small_findings_never_block_however_many) {
  const std::string ids = "abcdefghijklmnopqrstuvwxyz";
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    findings.push_back(finding(std::string_view(ids).substr(i, 1), Severity::medium));
  }
  EXPECT_EQ(decide_on(findings).decision, Decision::review);
}

TEST_F(Decide, Information_is_no_reason) {
  const Verdict verdict = decide_on({finding("a", Severity::info)});
  EXPECT_EQ(verdict.score, 0);
  EXPECT_TRUE(verdict.reasons.empty());
}

TEST_F(Decide, Reasons_come_in_order_of_weight_then_name) {
  const Verdict verdict =
      decide_on({finding("z", Severity::low), finding("b", Severity::high),
                 finding("m", Severity::critical), finding("a", Severity::high)});
  EXPECT_EQ(verdict.reasons, (std::vector<std::string_view>{"m", "a", "b", "z"}));
}

TEST_F(Decide, A_gap_makes_the_verdict_incomplete_but_not_worse) {
  facts.gaps.push_back({GapKind::too_large, "big.bin", "700 MB exceeds 512 MB"});
  const Verdict verdict = decide_on({});
  EXPECT_FALSE(verdict.complete);
  EXPECT_EQ(verdict.decision, Decision::allow);
}

TEST_F(Decide, An_exception_takes_its_finding_out_of_the_score_and_keeps_it_on_record) {
  policy.exceptions = {exception("a")};
  const Verdict verdict =
      decide_on({finding("b", Severity::low), finding("a", Severity::critical)});
  EXPECT_EQ(verdict.decision, Decision::allow);
  EXPECT_EQ(verdict.excepted, (std::vector<Excepted>{{1, "read by us"}}));
  EXPECT_EQ(verdict.reasons, (std::vector<std::string_view>{"b"}));
}

TEST_F(Decide, An_exception_does_not_cover_changed_contents) {
  policy.exceptions = {exception("a")};
  package.files[0].bytes += "#";
  EXPECT_EQ(decide_on({finding("a", Severity::critical)}).decision, Decision::block);
}

TEST_F(Decide, An_exception_does_not_cover_another_rule_or_another_file) {
  policy.exceptions = {exception("b"), exception("a", "other.py")};
  EXPECT_EQ(decide_on({finding("a", Severity::critical)}).decision, Decision::block);
}

TEST_F(Decide, An_exception_holds_through_its_last_day) {
  policy.exceptions = {exception("a")};
  policy.now = std::chrono::sys_days(std::chrono::year(2030) / 6 / 16) - std::chrono::seconds(1);
  EXPECT_EQ(decide_on({finding("a", Severity::critical)}).decision, Decision::allow);
  policy.now = std::chrono::sys_days(std::chrono::year(2030) / 6 / 16);
  EXPECT_EQ(decide_on({finding("a", Severity::critical)}).decision, Decision::block);
}

TEST_F(Decide, An_exception_may_hold_for_longer_than_clocks_count) {
  policy.exceptions = {exception("a")};
  policy.exceptions[0].expires = std::chrono::year(2999) / 12 / 31;
  EXPECT_EQ(decide_on({finding("a", Severity::critical)}).decision, Decision::allow);
}

TEST_F(Decide, A_file_whose_contents_were_not_kept_cannot_be_excepted) {
  Exception blank = exception("a", "big.bin");
  blank.sha256 = "";
  Exception empty = exception("a", "big.bin");
  empty.sha256 = hash_hex(HashKind::sha256, "");
  policy.exceptions = {blank, empty};
  EXPECT_EQ(decide_on({finding("a", Severity::critical, 1)}).decision, Decision::block);
}

TEST_F(Decide, A_finding_without_a_file_is_excepted_by_the_hash_of_the_artifact) {
  Exception whole = exception("a", "");
  whole.sha256 = std::string(64, 'A');
  policy.exceptions = {whole};
  EXPECT_EQ(decide_on({finding("a", Severity::critical, -1)}).decision, Decision::allow);
}

TEST_F(Decide, Decisions_are_read_back_from_their_names) {
  EXPECT_EQ(decision_from("review"), Decision::review);
  EXPECT_EQ(decision_from("deny"), std::nullopt);
}

}  // namespace
}  // namespace assay
