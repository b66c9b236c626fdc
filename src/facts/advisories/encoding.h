// Advisories as bytes and back. Numbers take as few bytes as they need; texts have their length in
// front. What is read may be anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/advisories/advisory.h"

namespace assay::advisory_layout {

// The key, and the advisories of a package.
struct PackageRecord {
  Ecosystem ecosystem = Ecosystem::unknown;
  std::string name;
  std::vector<Advisory> advisories;

  bool operator==(const PackageRecord&) const = default;
};

void append_key(std::string& out, Ecosystem ecosystem, std::string_view name);
void append_advisory(std::string& out, const Advisory& advisory, std::string_view name);

// Whether the record begins with this key.
bool has_key(std::string_view record, Ecosystem ecosystem, std::string_view name);
std::optional<PackageRecord> read_record(std::string_view record);

}  // namespace assay::advisory_layout
