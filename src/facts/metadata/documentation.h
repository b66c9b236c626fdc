// What a README says, without what every README has.
#pragma once

#include <string>
#include <string_view>

#include "facts/metadata/metadata_facts.h"
#include "package/package.h"

namespace assay {

// Markdown, reStructuredText or plain text of a package of this name. `source` is where it is from.
Documentation read_documentation(std::string_view text, Ecosystem ecosystem, std::string_view name,
                                 std::string source);

}  // namespace assay
