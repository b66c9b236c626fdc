// The JSON of reports, which pages hold too. For the writers alone.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "report/report.h"

namespace assay {

nlohmann::ordered_json report_json(const Report& report, const Tool& tool);
nlohmann::ordered_json error_json(const Error& error);

// Invalid UTF-8, which only file names on our own disk can bring here, becomes U+FFFD.
std::string dump_json(const nlohmann::ordered_json& json, int indent);

}  // namespace assay
