// Takes advisory records in from archives and single files. A record that cannot be read is counted
// and told, and the rest goes on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/advisories/index_builder.h"

namespace assay {

struct ImportProblems {
  static constexpr std::size_t most_told = 5;

  std::uint64_t count = 0;
  std::vector<std::string> told;  // the first few, for people

  void add(std::string_view where, std::string_view reason);
};

bool is_advisory_file(std::string_view name);  // ends in .json

void import_record(std::string_view json, std::string_view name, AdvisoryIndexBuilder& builder,
                   ImportProblems& problems);
// Every .json of a zip archive, as OSV publishes them. Fails when it is no zip archive.
[[nodiscard]] Result<void> import_zip(std::string_view bytes, std::string_view name,
                                      AdvisoryIndexBuilder& builder, ImportProblems& problems);

}  // namespace assay
