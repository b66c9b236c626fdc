// Tests, examples, benchmarks and documentation, told by names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace assay {

// "test_x.py", "x.spec.ts", "conftest.py".
bool has_test_name(std::string_view base_name);

// By the base name, or by any folder on the way: "lib/__tests__/a.js", "examples/a.py".
bool is_test_path(std::string_view path);

// A top-level `tests` or `examples` that was packed beside the package proper, as happens to many
// sdists. Where there is nothing else it is no stray.
bool is_stray_test_folder(std::string_view name, std::span<const std::string> top_level);

}  // namespace assay
