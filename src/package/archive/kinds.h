// Tables behind classify_file(): what first bytes and names say.
#pragma once

#include <string_view>

#include "package/package.h"

namespace assay {

// FileKind::other when the bytes are none of the formats known by magic numbers.
FileKind kind_by_content(std::string_view head);
FileKind kind_by_name(std::string_view path);

}  // namespace assay
