# Writes build_info.h: the version, one hash over all sources and lists of names that decide what is
# found, and one over those that decide what a report says.
# cmake -D ROOT=… -D VERSION=… -D OUTPUT=… -P build_info.cmake
function(hash_folders result)
  set(patterns)
  foreach(folder ${ARGN})
    list(APPEND patterns ${ROOT}/src/${folder}/*.h ${ROOT}/src/${folder}/*.cpp)
  endforeach()
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${patterns} ${ROOT}/data/names/*.txt)
  list(FILTER files EXCLUDE REGEX "_test\\.(cpp|h)$")
  list(SORT files)
  set(hashes "")
  foreach(file ${files})
    file(SHA256 ${ROOT}/${file} hash)
    string(APPEND hashes "${file} ${hash}\n")
  endforeach()
  string(SHA256 hash "${hashes}")
  string(SUBSTRING ${hash} 0 16 hash)
  set(${result} ${hash} PARENT_SCOPE)
endfunction()

set(decisive base package ecosystems facts rules verdict)
hash_folders(ruleset ${decisive})
hash_folders(program ${decisive} report scan)

file(WRITE ${OUTPUT} "// Written by cmake/build_info.cmake.
#pragma once

#include <string_view>

namespace assay {

inline constexpr std::string_view assay_version = \"${VERSION}\";
inline constexpr std::string_view ruleset = \"${ruleset}\";
inline constexpr std::string_view program_hash = \"${program}\";

}  // namespace assay
")
