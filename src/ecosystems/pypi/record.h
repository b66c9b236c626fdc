// RECORD of a wheel (https://packaging.python.org/specifications/recording-installed-packages/):
// a CSV of every file with its hash and size, and what it gets wrong about the package.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecosystems/pypi/manifest.h"
#include "package/package.h"

namespace assay {

// At most `package.h`'s member count matters; lines beyond `most` are left out.
std::vector<RecordEntry> parse_record(std::string_view csv, std::size_t most = 1'000'000);

// "a.py: hash differs from RECORD", sorted; at most 1,000. What was dropped or refused while the
// archive was read is not held against it: its gap says so. `record_path` lists all but itself.
std::vector<std::string> compare_with_record(const Package& package, std::string_view record_path,
                                             const std::vector<RecordEntry>& record);

}  // namespace assay
