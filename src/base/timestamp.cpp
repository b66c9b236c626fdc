#include "base/timestamp.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Reads exactly `count` digits.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
  const std::optional<int> year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const std::optional<int> month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const std::optional<int> day = take_digits(text, 2);
  if (!day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<seconds> take_time_of_day(std::string_view& text) {
  const std::optional<int> hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const std::optional<int> minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  seconds time = hours(*hour) + minutes(*minute);
  if (!take(text, ':')) return time;
  const std::optional<int> second = take_digits(text, 2);
  if (!second || *second > 60) return std::nullopt;  // 60: a leap second
  time += seconds(*second);
  if (text.starts_with('.') || text.starts_with(',')) {
    text.remove_prefix(1);
    text.remove_prefix(std::min(text.size(), text.find_first_not_of("0123456789")));
  }
  return time;
}

// What is to be subtracted to be in UTC.
std::optional<seconds> take_zone(std::string_view& text) {
  if (text.empty() || take(text, 'Z') || take(text, 'z')) return seconds(0);
  const bool is_behind = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const std::optional<int> hour = take_digits(text, 2);
  take(text, ':');
  const std::optional<int> minute = take_digits(text, 2);
  if (!hour || !minute || *hour > 15 || *minute > 59) return std::nullopt;
  const seconds offset = hours(*hour) + minutes(*minute);
  return is_behind ? -offset : offset;
}

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::optional<Time> parse_timestamp(std::string_view text) {
  text = trim(text);
  const std::optional<std::chrono::sys_days> date = take_date(text);
  if (!date) return std::nullopt;
  if (text.empty()) return Time(*date);
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
  const std::optional<seconds> time = take_time_of_day(text);
  if (!time) return std::nullopt;
  const std::optional<seconds> zone = take_zone(text);
  if (!zone || !text.empty()) return std::nullopt;
  return *date + *time - *zone;
}

std::string format_date(Time time) {
  const std::chrono::year_month_day date(std::chrono::floor<days>(time));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string format_timestamp(Time time) {
  const std::chrono::hh_mm_ss clock(time - std::chrono::floor<days>(time));
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(time), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string format_span(seconds span) {
  if (span < minutes(1)) return counted(std::max<std::int64_t>(span.count(), 0), "second");
  if (span < hours(1)) return counted(std::chrono::floor<minutes>(span).count(), "minute");
  if (span < days(2)) return counted(std::chrono::floor<hours>(span).count(), "hour");
  const std::int64_t count = std::chrono::floor<days>(span).count();
  if (count < 60) return counted(count, "day");
  // Months and years of their mean length: what people round to anyway.
  if (count < 730) return counted(count * 100 / 3044, "month");
  return counted(count * 100 / 36525, "year");
}

}  // namespace assay
