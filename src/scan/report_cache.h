// Reports of archives that were examined before, by the same program and with the same settings:
// the second look at the same bytes costs reading and hashing them. A report says nothing of having
// been kept, since it is the one that another look would give. Folders are not kept: what their
// report says also hangs on links, modes and files that could not be read.
#pragma once

#include <atomic>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/kept_files.h"
#include "base/limits.h"
#include "package/package.h"
#include "report/report.h"
#include "verdict/verdict.h"

namespace assay {

// What decides a report beside program and rules.
struct ReportSubject {
  std::string archive_sha256;  // hex
  std::string file_name;       // tells what the archive is
  PackageId id;                // that it was asked for by; empty for a file
};

class ReportCache {
 public:
  // `tool` outlives this. The folder is made when first needed; an empty one keeps nothing.
  ReportCache(const std::string& folder, const Tool& tool);

  // The exceptions of a policy count by what they say and by whether they have expired.
  std::string key(const ReportSubject& subject, const Limits& limits, const Policy& policy) const;

  // Target, archive and CPU time are those of the scan that made it. Any number of threads at once.
  std::optional<Report> find(const std::string& key);
  void keep(const std::string& key, const Report& report);

  std::size_t found() const { return found_; }  // how many reports it had

 private:
  static constexpr std::uint64_t most_bytes = 512_MiB;

  const Tool& tool_;
  KeptFiles files_;
  std::atomic<std::size_t> found_ = 0;
};

}  // namespace assay
