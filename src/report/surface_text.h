// The surface for people: what runs first and can do most comes first, in half a page.
#pragma once

#include <string>

#include "report/surface.h"
#include "report/writer.h"

namespace assay {

std::string surface_text(const ReportedSurface& surface, const TextStyle& style);

}  // namespace assay
