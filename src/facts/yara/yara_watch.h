// YARA rules over one package: its files as they stream past, then the code that was decoded from
// them. Bounded in bytes a scan and in seconds a package; what was not scanned is a gap.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "facts/code/flow/action.h"
#include "facts/yara/yara_rules.h"
#include "package/package.h"

namespace assay {

struct YaraSpot {
  std::string identifier;  // "$url", escaped
  Where where;

  bool operator==(const YaraSpot&) const = default;
};

struct YaraFact {
  std::size_t rule = 0;  // index into YaraRules::rules
  Where where;           // of the first string, or the whole file
  std::vector<YaraSpot> strings;

  bool operator==(const YaraFact&) const = default;
};

struct YaraBounds {
  std::size_t scan_bytes = 128_MiB;
  // A scan may take this and a second for each MiB; libyara counts whole seconds.
  int base_seconds = 2;
  std::chrono::seconds package_time{60};
};

class YaraWatch {
 public:
  // `rules` outlive this.
  explicit YaraWatch(const YaraRules& rules, const YaraBounds& bounds = {})
      : scanner_(rules), bounds_(bounds) {}

  void look_at(const File& file);
  // Matches of the package's files and of `layers`, sorted, once all files were looked at.
  std::vector<YaraFact> facts(const Package& package, const std::vector<Layer>& layers);
  // What was not scanned, and why. Complete after facts().
  const std::vector<Gap>& gaps() const { return gaps_; }

 private:
  std::vector<YaraMatch> scan(std::string_view bytes, const std::string& path);

  YaraScanner scanner_;
  YaraBounds bounds_;
  std::chrono::steady_clock::duration spent_{};
  std::size_t unscanned_ = 0;  // once the time was up
  std::unordered_map<std::uint32_t, std::vector<YaraMatch>> by_order_;
  std::vector<Gap> gaps_;
};

}  // namespace assay
