#include "scan/exit_code.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(ExitCode, Clean_packages_give_0) {
  EXPECT_EQ(exit_code_of({.targets = 2, .allowed = 2}, FailOn::review), ExitCode::clean);
}

TEST(ExitCode, Findings_give_1_from_the_verdict_that_was_asked_for) {
  const Tally review = {.targets = 1, .reviewed = 1};
  const Tally block = {.targets = 1, .blocked = 1};
  EXPECT_EQ(exit_code_of(review, FailOn::review), ExitCode::findings);
  EXPECT_EQ(exit_code_of(review, FailOn::block), ExitCode::clean);
  EXPECT_EQ(exit_code_of(block, FailOn::block), ExitCode::findings);
  EXPECT_EQ(exit_code_of(block, FailOn::never), ExitCode::clean);
}

TEST(ExitCode, What_was_not_examined_gives_3_and_our_own_failures_5) {
  EXPECT_EQ(exit_code_of({.targets = 1, .allowed = 1, .incomplete = 1}, FailOn::review),
            ExitCode::incomplete);
  EXPECT_EQ(exit_code_of({.targets = 1, .incomplete = 1, .failed = 1}, FailOn::review),
            ExitCode::incomplete);
  EXPECT_EQ(exit_code_of({.targets = 2, .incomplete = 1, .broken = 1}, FailOn::review),
            ExitCode::broken);
}

TEST(ExitCode, Findings_outweigh_everything) {
  EXPECT_EQ(exit_code_of({.targets = 3, .blocked = 1, .incomplete = 1, .broken = 1}, FailOn::block),
            ExitCode::findings);
}

TEST(ExitCode, Nothing_to_examine_gives_4) {
  EXPECT_EQ(exit_code_of(Tally{}, FailOn::review), ExitCode::nothing);
  EXPECT_EQ(exit_code_of({.targets = 1, .allowed = 1, .empty = 1}, FailOn::review),
            ExitCode::nothing);
  EXPECT_EQ(exit_code_of({.targets = 2, .allowed = 2, .empty = 1}, FailOn::review),
            ExitCode::clean);
}

TEST(ExitCode, Each_kind_of_error_has_its_own) {
  EXPECT_EQ(exit_code_of(Error{ErrorKind::usage, ""}), ExitCode::usage);
  EXPECT_EQ(exit_code_of(Error{ErrorKind::missing, ""}), ExitCode::incomplete);
  EXPECT_EQ(exit_code_of(Error{ErrorKind::malformed, ""}), ExitCode::incomplete);
  EXPECT_EQ(exit_code_of(Error{ErrorKind::network, ""}), ExitCode::broken);
  EXPECT_EQ(exit_code_of(Error{ErrorKind::environment, ""}), ExitCode::broken);
}

}  // namespace
}  // namespace assay
