// Points in time as registries write them (ISO 8601) and as people read them. Seconds are enough.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

using Time = std::chrono::sys_seconds;

// "2026-03-31T00:21:58.123Z", with an offset instead of the Z, without a zone (UTC is meant), or a
// date alone. Nullopt for anything else and for years before 1970 or after 9999.
std::optional<Time> parse_timestamp(std::string_view text);

std::string format_date(Time time);       // "2026-03-31"
std::string format_timestamp(Time time);  // "2026-03-31T00:21:58Z"

// "40 minutes", "3 hours", "12 days", "7 months", "4 years": rounded down, for a non-negative span.
std::string format_span(std::chrono::seconds span);

}  // namespace assay
