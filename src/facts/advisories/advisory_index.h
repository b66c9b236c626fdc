// All advisories as mapped bytes: opened by a look at the header, and of the rest only what a
// look-up needs is read, and checked against its checksum. What does not match is an error with
// advice, never "no advisory".
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "facts/advisories/advisory.h"

namespace assay {

struct AdvisoryCounts {
  std::uint64_t packages = 0, malware = 0, vulnerabilities = 0;
};

class AdvisoryIndex {
 public:
  // `bytes` outlive the index and begin at a multiple of eight.
  [[nodiscard]] static Result<AdvisoryIndex> open(std::span<const std::byte> bytes);

  // `name` as its registry normalises it. Malware first, then by id.
  [[nodiscard]] Result<std::vector<Advisory>> find(Ecosystem ecosystem,
                                                   std::string_view name) const;
  // Everything against its checksums, which takes a while.
  [[nodiscard]] Result<void> verify() const;

  AdvisoryCounts counts() const { return counts_; }
  Time built() const { return built_; }

 private:
  [[nodiscard]] Result<std::string_view> record_at(std::uint64_t offset) const;
  [[nodiscard]] Result<std::uint64_t> slot(std::size_t number) const;

  std::span<const std::byte> bytes_;
  std::span<const std::uint64_t> slots_;
  std::span<const std::uint32_t> block_sums_;
  std::uint64_t records_at_ = 0;
  AdvisoryCounts counts_;
  Time built_;
};

}  // namespace assay
