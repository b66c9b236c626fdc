// Parts that the JSON documents share.
#pragma once

#include <nlohmann/json.hpp>

#include "report/place.h"
#include "report/surface.h"

namespace assay {

using Json = nlohmann::ordered_json;

void put_place(Json& json, const Place& place);
Json surface_json(const ReportedSurface& surface);

}  // namespace assay
