# Writes build_info.h: the version, and one hash over all sources that decide what is found.
# cmake -D ROOT=… -D VERSION=… -D OUTPUT=… -P build_info.cmake
set(folders base package ecosystems facts rules verdict)
list(TRANSFORM folders PREPEND ${ROOT}/src/)
set(patterns)
foreach(folder ${folders})
  list(APPEND patterns ${folder}/*.h ${folder}/*.cpp)
endforeach()
file(GLOB_RECURSE files RELATIVE ${ROOT} ${patterns})
list(FILTER files EXCLUDE REGEX "_test\\.(cpp|h)$")
list(SORT files)

set(hashes "")
foreach(file ${files})
  file(SHA256 ${ROOT}/${file} hash)
  string(APPEND hashes "${file} ${hash}\n")
endforeach()
string(SHA256 ruleset "${hashes}")
string(SUBSTRING ${ruleset} 0 16 ruleset)

file(WRITE ${OUTPUT} "// Written by cmake/build_info.cmake.
#pragma once

#include <string_view>

namespace assay {

inline constexpr std::string_view assay_version = \"${VERSION}\";
inline constexpr std::string_view ruleset = \"${ruleset}\";

}  // namespace assay
")
