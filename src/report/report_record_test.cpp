#include "report/report_record.h"

#include <gtest/gtest.h>

#include "report/report_for_test.h"

namespace assay {
namespace {

TEST(ReportRecord, ComesBackAsItWas) {
  const Report report = Incident().report();
  const std::optional<Report> back =
      read_report_record(write_report_record(report), rules_for_test);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, report);
}

TEST(ReportRecord, IsNotReadOnceAnyByteOfItChanged) {
  const std::string record = write_report_record(Incident().report());
  for (std::size_t i = 0; i < record.size(); i += 7) {
    std::string changed = record;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(read_report_record(changed, rules_for_test).has_value()) << "byte " << i;
  }
}

TEST(ReportRecord, IsNotReadWhenItIsCut) {
  const std::string record = write_report_record(Incident().report());
  for (std::size_t size = 0; size < record.size(); size += 11) {
    EXPECT_FALSE(read_report_record(record.substr(0, size), rules_for_test).has_value());
  }
}

TEST(ReportRecord, IsNotReadByAProgramWithoutItsRules) {
  EXPECT_FALSE(read_report_record(write_report_record(Incident().report()), {}).has_value());
}

}  // namespace
}  // namespace assay
