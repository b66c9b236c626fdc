// Python identifiers outside ASCII. The compiler applies NFKC to them, so that a word written in
// mathematical or fullwidth letters names the same thing as the plain one.
#pragma once

#include <string>
#include <string_view>

namespace assay::code::python {

// `name` with every character that NFKC turns into ASCII identifier characters replaced by those.
// Other characters stay as they are, composed or not.
std::string fold_identifier(std::string_view name);

}  // namespace assay::code::python
