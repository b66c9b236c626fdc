// Reports of archives that were examined before, by the same rules and with the same settings: the
// second look at the same bytes costs reading and hashing them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/kept_files.h"
#include "base/limits.h"
#include "report/report.h"
#include "verdict/verdict.h"

namespace assay {

class ReportCache {
 public:
  // `tool` outlives this. The folder is made when first needed.
  ReportCache(const std::string& folder, const Tool& tool);

  // What decides a report beside the rules: the archive's bytes, its file name, which tells what
  // it is, the limits, and the exceptions, which hold until a day.
  std::string key(std::string_view archive_sha256, std::string_view file_name, const Limits& limits,
                  const Policy& policy) const;

  // Target, archive and CPU time are those of the scan that made it.
  std::optional<Report> find(const std::string& key) const;
  void keep(const std::string& key, const Report& report);

 private:
  static constexpr std::uint64_t most_bytes = std::uint64_t{512} << 20;

  const Tool& tool_;
  KeptFiles files_;
};

}  // namespace assay
