// Makes the bytes of a names index out of lists of names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/names/name_index.h"
#include "package/package.h"

namespace assay::names {

struct RankedName {
  std::string name;
  std::uint32_t rank;  // from 1

  bool operator==(const RankedName&) const = default;
};

// The most names that are kept of one list.
inline constexpr std::size_t max_listed_names = 1'000'000;

// Lists as people have them, most popular first:
//   NAME                              the line's number is the rank; an empty line skips one
//   NAME <tab> DOWNLOADS-OR-RANK ...  with a first line that calls the columns
// A second column named "rank" is the rank; any other holds a count, and more is more popular.
// Names that their registry would refuse are left out. The error names the line.
Result<std::vector<RankedName>> read_name_list(Ecosystem ecosystem, std::string_view text);

// The words, beginnings and letters of these names and of `english`, one word a line.
struct BuiltLanguage {
  std::vector<std::uint32_t> word_tags;
  std::vector<std::uint8_t> word_costs, letters;

  Language view() const { return {word_tags, word_costs, letters}; }
};
BuiltLanguage build_language(const std::vector<RankedName>& npm,
                             const std::vector<RankedName>& pypi, std::string_view english);

// The same lists give the same bytes.
std::string build_index(const std::vector<RankedName>& npm, const std::vector<RankedName>& pypi,
                        const Language& language);

}  // namespace assay::names
