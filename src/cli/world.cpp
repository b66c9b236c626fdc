#include "cli/world.h"

#include <fmt/format.h>

namespace assay {

void complain(std::string_view message) { fmt::print(stderr, "assay: {}\n", message); }

}  // namespace assay
