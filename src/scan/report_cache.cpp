#include "scan/report_cache.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "report/report_record.h"

namespace assay {
namespace {

std::string text_of(const Limits& limits) {
  return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {}", limits.archive_bytes,
                     limits.unpacked_bytes, limits.member_bytes, limits.code_bytes,
                     limits.retained_bytes, limits.ratio, limits.ratio_floor_bytes, limits.members,
                     limits.nesting, limits.path_bytes, limits.path_components, limits.json_bytes);
}

std::string text_of(const Policy& policy) {
  std::string text;
  for (const Exception& each : policy.exceptions) {
    text += fmt::format("{}\n{}\n{}\n{}\n{}\n", each.rule, each.path, each.sha256, each.reason,
                        has_expired(each, policy.now));
  }
  return text;
}

}  // namespace

ReportCache::ReportCache(const std::string& folder, const Tool& tool)
    : tool_(tool), files_(folder, most_bytes) {}

std::string ReportCache::key(std::string_view archive_sha256, std::string_view file_name,
                             const Limits& limits, const Policy& policy) const {
  return hash_hex(HashKind::sha256,
                  fmt::format("{}\n{}\n{}\n{}\n{}\n{}", tool_.version, tool_.ruleset,
                              archive_sha256, file_name, text_of(limits), text_of(policy)));
}

std::optional<Report> ReportCache::find(const std::string& key) const {
  const std::optional<std::string> bytes = files_.load(key);
  return bytes ? read_report_record(*bytes, tool_.rules) : std::nullopt;
}

void ReportCache::keep(const std::string& key, const Report& report) {
  files_.save(key, write_report_record(report));
}

}  // namespace assay
