// The ini dialect of .npmrc files (https://docs.npmjs.com/cli/configuring-npm/npmrc): "key = value"
// lines, ; and # comments also behind a value, quoted values, ${VARIABLE}.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

using NpmSettings = std::vector<std::pair<std::string, std::string>>;

// In the order written, "key[]" as "key". Lines that npm would not read as settings, and those
// below a [section], are left out.
NpmSettings parse_npmrc(std::string_view text);

// ${NAME} becomes the variable's value and stays as it is when unset; ${NAME?} becomes empty then.
// A backslash before the dollar keeps it literal.
std::string expand_npm_variables(std::string_view text,
                                 const std::map<std::string, std::string>& variables);

}  // namespace assay
