// Collects records and makes the bytes of an advisory index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "facts/advisories/osv.h"

namespace assay {

class AdvisoryIndexBuilder {
 public:
  // One OSV record as JSON. An error leaves the rest as it was.
  [[nodiscard]] Result<void> add(std::string_view json);
  // The index; nothing can be added afterwards.
  std::string build(Time now);

  std::uint64_t records() const { return records_; }      // that were read
  std::uint64_t withdrawn() const { return withdrawn_; }  // of them
  std::uint64_t elsewhere() const { return elsewhere_; }  // of them, about other registries

 private:
  // An advisory of a package, encoded, with what it is put in order by.
  struct Entry {
    std::uint32_t package;
    bool is_malware;
    std::string bytes;
    std::string id;
  };

  OsvReader reader_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by key
  std::vector<std::string> keys_;
  std::vector<Entry> entries_;
  std::uint64_t records_ = 0, withdrawn_ = 0, elsewhere_ = 0;
};

}  // namespace assay
