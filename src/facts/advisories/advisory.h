// What a published record says about one package: malware or a vulnerability, and in which
// versions. The format of the records is OSV's (https://ossf.github.io/osv-schema/).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "package/package.h"

namespace assay {

struct VersionEvent {
  enum class Kind : std::uint8_t { introduced, fixed, last_affected, limit };
  Kind kind = Kind::introduced;
  std::string version;  // "0": before all others

  bool operator==(const VersionEvent&) const = default;
};
using VersionRange = std::vector<VersionEvent>;

struct Advisory {
  std::string id;  // "MAL-2025-1", "GHSA-…", "PYSEC-…"
  std::vector<std::string> aliases;
  std::string summary;
  std::string severity;  // "CRITICAL", or a CVSS vector; empty when the record has none
  std::optional<Time> modified;
  bool is_malware = false;
  // A version is affected when it is in one of the ranges or is one of these.
  std::vector<VersionRange> ranges;
  std::vector<std::string> versions;

  bool operator==(const Advisory&) const = default;
};

// One of the packages that a record is about.
struct PackageAdvisory {
  Ecosystem ecosystem = Ecosystem::unknown;
  std::string name;  // as its registry normalises it
  Advisory advisory;

  bool operator==(const PackageAdvisory&) const = default;
};

}  // namespace assay
