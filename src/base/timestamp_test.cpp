#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

std::string read(std::string_view text) {
  const std::optional<Time> time = parse_timestamp(text);
  return time ? format_timestamp(*time) : "nothing";
}

TEST(Timestamp, Is_read_in_every_spelling_that_registries_use) {
  EXPECT_EQ(read("2026-03-31T00:21:58.123Z"), "2026-03-31T00:21:58Z");
  EXPECT_EQ(read("2025-11-17T18:28:56.206000+00:00"), "2025-11-17T18:28:56Z");
  EXPECT_EQ(read("2026-01-01T00:30:00+01:00"), "2025-12-31T23:30:00Z");
  EXPECT_EQ(read("2026-01-01T00:30:00-0130"), "2026-01-01T02:00:00Z");
  EXPECT_EQ(read("2012-01-22T05:08:17"), "2012-01-22T05:08:17Z");
  EXPECT_EQ(read(" 2024-02-29 "), "2024-02-29T00:00:00Z");
}

TEST(Timestamp, Nonsense_is_no_time) {
  for (const std::string_view text :
       {"", "yesterday", "2026-02-30", "2026-13-01", "1969-12-31", "2026-01-01T25:00:00Z",
        "2026-01-01T10:61:00Z", "2026-01-01T10:00:00Zjunk", "2026-01-01T10:00:00+99:00", "20260101",
        "2026-01-01T"}) {
    EXPECT_EQ(read(text), "nothing") << text;
  }
}

TEST(Timestamp, Spans_are_told_in_the_unit_that_a_person_would_take) {
  using namespace std::chrono_literals;
  EXPECT_EQ(format_span(1s), "1 second");
  EXPECT_EQ(format_span(59min), "59 minutes");
  EXPECT_EQ(format_span(47h), "47 hours");
  EXPECT_EQ(format_span(50h), "2 days");
  EXPECT_EQ(format_span(24h * 100), "3 months");
  EXPECT_EQ(format_span(24h * 800), "2 years");
  EXPECT_EQ(format_span(-5s), "0 seconds");
}

}  // namespace
}  // namespace assay
