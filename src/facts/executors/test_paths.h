// Tests, examples, benchmarks and documentation, told by names.
#pragma once

#include <string_view>

namespace assay {

// "test_x.py", "x.spec.ts", "conftest.py".
bool has_test_name(std::string_view base_name);

// By the base name, or by any folder on the way: "lib/__tests__/a.js", "examples/a.py".
bool is_test_path(std::string_view path);

}  // namespace assay
