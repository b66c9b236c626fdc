#include "scan/report_cache.h"

#include <fmt/format.h>

#include <concepts>

#include "base/hash.h"
#include "generated/build_info.h"
#include "report/report_record.h"

namespace assay {
namespace {

// Texts one after another, each with its length, so that no two lists of texts look the same.
class KeyText {
 public:
  void add(std::string_view text) { text_ += fmt::format("{} {}\n", text.size(), text); }
  void add(std::integral auto number) { text_ += fmt::format("{}\n", number); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void add_limits(KeyText& key, const Limits& limits) {
  // A limit that is added does not compile until it is here.
  const auto& [archive, unpacked, member, code, retained, ratio, ratio_floor, members, nesting,
               path_bytes, path_components, json] = limits;
  for (const std::size_t limit : {archive, unpacked, member, code, retained, ratio, ratio_floor,
                                  members, path_bytes, path_components, json}) {
    key.add(limit);
  }
  key.add(nesting);
}

void add_policy(KeyText& key, const Policy& policy) {
  for (const Exception& each : policy.exceptions) {
    key.add(each.rule);
    key.add(each.path);
    key.add(each.sha256);
    key.add(each.reason);
    key.add(static_cast<int>(has_expired(each, policy.now)));
  }
}

}  // namespace

ReportCache::ReportCache(const std::string& folder, const Tool& tool)
    : tool_(tool), files_(folder, most_bytes, KeptFiles::Shelves::many) {}

std::string ReportCache::key(const ReportSubject& subject, const Limits& limits,
                             const Policy& policy) const {
  KeyText key;
  key.add(program_hash);
  key.add(tool_.ruleset);
  key.add(subject.archive_sha256);
  key.add(subject.file_name);
  key.add(to_string(subject.id.ecosystem));
  key.add(subject.id.name);
  key.add(subject.id.version);
  add_limits(key, limits);
  add_policy(key, policy);
  return hash_hex(HashKind::sha256, key.text());
}

// A record begins with its key, so that one that came under another's name is not believed.
std::optional<Report> ReportCache::find(const std::string& key) {
  const std::optional<std::string> bytes = files_.load(key);
  if (!bytes || !bytes->starts_with(key)) return std::nullopt;
  std::optional<Report> report =
      read_report_record(std::string_view(*bytes).substr(key.size()), tool_.rules);
  if (report) ++found_;
  return report;
}

void ReportCache::keep(const std::string& key, const Report& report) {
  files_.save(key, {key, write_report_record(report)});
}

}  // namespace assay
