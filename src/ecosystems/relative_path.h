// Paths inside a package, as text: '/' between components, "" for its top folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay {

// `path` as seen from `folder`, with "." and ".." worked out and back slashes turned. Nullopt when
// it leaves the package. A leading '/' means the top folder.
std::optional<std::string> join_path(std::string_view folder, std::string_view path);

std::string_view folder_of(std::string_view path);     // "a/b.js" -> "a"
std::string_view base_name_of(std::string_view path);  // "a/b.js" -> "b.js"
std::string_view extension_of(std::string_view path);  // "a/b.min.js" -> ".js"; ".npmrc" -> ""

}  // namespace assay
