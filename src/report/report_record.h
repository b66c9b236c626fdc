// A report as bytes and back, for keeping it: not a format for anyone but this program. Rules are
// kept by their ids and found again among the rules of the reader.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "report/report.h"

namespace assay {

// Without `surface`, which such a report must not have.
std::string write_report_record(const Report& report);

// Nothing for bytes that are cut, changed or of another layout, or that name a rule not in `rules`.
std::optional<Report> read_report_record(std::string_view bytes,
                                         std::span<const Rule* const> rules);

}  // namespace assay
