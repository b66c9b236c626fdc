// A place in a package as every format shows it: escaped, with its line cut down to what a person
// can read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "report/excerpt.h"

namespace assay {

// Where in decoded code something is. The enclosing Place then shows where that code came from.
struct LayerPlace {
  std::string kind;     // "javascript"
  std::string how;      // "base64, zlib": the decoders that were undone
  int depth = 1;        // 2: decoded from code that was itself decoded
  Position begin, end;  // in the decoded text
  Excerpt excerpt;

  bool operator==(const LayerPlace&) const = default;
};

struct Place {
  std::string path;  // escaped; empty: the package as a whole
  // Absent for binary files, whose offsets say more than lines would.
  std::optional<Position> begin, end;
  std::uint64_t begin_byte = 0, end_byte = 0;
  Excerpt excerpt;
  std::optional<LayerPlace> layer;

  bool operator==(const Place&) const = default;
};

}  // namespace assay
