// A small index, and its bytes where an index may look at them.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "facts/names/index_builder.h"

namespace assay::names {

// Bytes at an address that a mapping could have.
inline std::vector<std::uint64_t> aligned(const std::string& bytes) {
  std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

inline std::string small_index_bytes() {
  std::vector<RankedName> npm, pypi;
  std::uint32_t rank = 0;
  for (const char* name : {"lodash", "react", "express", "cross-env", "@babel/core", "@types/node",
                           "discord.js", "mongoose", "JSONStream", "webpack", "react-router"}) {
    npm.push_back({name, ++rank});
  }
  rank = 0;
  for (const char* name : {"requests", "urllib3", "numpy", "python-dateutil", "pyyaml", "jellyfish",
                           "beautifulsoup4", "matplotlib", "pymongo"}) {
    pypi.push_back({name, ++rank});
  }
  return build_index(npm, pypi, build_language(npm, pypi, "mask\nwords\nsoup\n").view());
}

}  // namespace assay::names
