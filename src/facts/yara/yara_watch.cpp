#include "facts/yara/yara_watch.h"

#include <algorithm>
#include <tuple>

namespace assay {
namespace {

void add(const std::vector<YaraMatch>& matches, std::int32_t file, std::int32_t layer,
         std::vector<YaraFact>& facts) {
  for (const YaraMatch& match : matches) {
    YaraFact fact{match.rule, {file, layer, 0, 0}, {}};
    for (const YaraString& string : match.strings) {
      fact.strings.push_back({string.identifier, {file, layer, string.begin, string.end}});
    }
    if (!fact.strings.empty()) fact.where = fact.strings.front().where;
    facts.push_back(std::move(fact));
  }
}

}  // namespace

std::vector<YaraMatch> YaraWatch::scan(std::string_view bytes, const std::string& path) {
  if (bytes.size() > bounds_.scan_bytes) {
    gaps_.push_back({GapKind::too_large, path,
                     "YARA rules look at no more than " + std::to_string(bounds_.scan_bytes >> 20) +
                         " MiB of a file"});
    return {};
  }
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(bounds_.package_time - spent_);
  if (left.count() < 1) {
    ++unscanned_;
    return {};
  }
  const int limit = bounds_.base_seconds + static_cast<int>(bytes.size() >> 20);
  const auto start = std::chrono::steady_clock::now();
  YaraScanner::Outcome outcome =
      scanner_.scan(bytes, path, static_cast<int>(std::min<std::int64_t>(limit, left.count())));
  spent_ += std::chrono::steady_clock::now() - start;
  if (outcome.flaw) gaps_.push_back({GapKind::budget, path, *outcome.flaw});
  return std::move(outcome.matches);
}

void YaraWatch::look_at(const File& file) {
  std::vector<YaraMatch> matches = scan(file.bytes, file.path);
  if (!matches.empty()) by_order_.emplace(file.order, std::move(matches));
}

std::vector<YaraFact> YaraWatch::facts(const Package& package, const std::vector<Layer>& layers) {
  std::vector<YaraFact> facts;
  for (std::size_t i = 0; i < package.files.size(); ++i) {
    const auto found = by_order_.find(package.files[i].order);
    if (found != by_order_.end()) add(found->second, static_cast<std::int32_t>(i), -1, facts);
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::int32_t file = layers[i].from.file;
    const bool has_file = file >= 0 && static_cast<std::size_t>(file) < package.files.size();
    const std::string path = has_file ? package.files[static_cast<std::size_t>(file)].path : "";
    add(scan(layers[i].text, path), file, static_cast<std::int32_t>(i), facts);
  }
  if (unscanned_ > 0) {
    gaps_.push_back({GapKind::budget, "",
                     "YARA rules took " + std::to_string(bounds_.package_time.count()) +
                         " s: " + std::to_string(unscanned_) + " files were not scanned"});
  }
  std::ranges::stable_sort(facts, [](const YaraFact& a, const YaraFact& b) {
    return std::tie(a.where, a.rule) < std::tie(b.where, b.rule);
  });
  return facts;
}

}  // namespace assay
