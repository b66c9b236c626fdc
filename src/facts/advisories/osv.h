// Reads OSV records. Fields of the wrong type are left out; a record that cannot be told what it is
// about is an error.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/advisories/advisory.h"

namespace assay {

// The largest records, with thousands of versions, have half a megabyte.
inline constexpr std::size_t max_osv_bytes = 16 << 20;

struct OsvRecord {
  bool is_withdrawn = false;                // nothing else matters then
  std::vector<PackageAdvisory> advisories;  // npm and PyPI alone; one for each package
};

class OsvReader {
 public:
  OsvReader();
  ~OsvReader();
  OsvReader(const OsvReader&) = delete;
  OsvReader& operator=(const OsvReader&) = delete;

  [[nodiscard]] Result<OsvRecord> read(std::string_view json);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace assay
