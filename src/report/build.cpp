#include <algorithm>
#include <map>
#include <memory>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "report/report.h"
#include "verdict/file_hashes.h"

namespace assay {
namespace {

// Bytes of these kinds have no lines that a person would recognise.
constexpr FileKind binary_kinds[] = {FileKind::native, FileKind::wasm, FileKind::bytecode,
                                     FileKind::image,  FileKind::font, FileKind::archive};

std::string_view name_of(Layer::Kind kind) {
  switch (kind) {
    case Layer::Kind::javascript: return "javascript";
    case Layer::Kind::python: return "python";
    case Layer::Kind::shell: return "shell";
    case Layer::Kind::powershell: return "powershell";
    case Layer::Kind::other: return "other";
  }
  return "other";
}

const Rule* rule_of(std::string_view id, std::span<const Rule* const> rules) {
  const auto found = std::ranges::find(rules, id, &Rule::id);
  CHECK(found != rules.end());
  return *found;
}

// Turns Where into Place. Keeps the line index and the hash of each file it has met.
class Places {
 public:
  explicit Places(const Facts& facts) : facts_(facts), hashes_(*facts.package) {}

  Place place(const Where& where) {
    Place place;
    if (!has_file(where)) return place;
    Where origin = where;
    if (where.layer >= 0 && is_layer(where.layer)) {
      place.layer = layer_place(where);
      origin = origin_of(where);
    }
    if (!has_file(origin)) return place;
    const File& file = facts_.file(origin);
    place.path = escape_for_display(file.path);
    place.begin_byte = origin.begin;
    place.end_byte = std::max(origin.begin, origin.end);
    if (std::ranges::find(binary_kinds, file.kind) != std::end(binary_kinds)) return place;
    const TextIndex& index = index_of(origin.file, -1, file.bytes);
    place.begin = index.position(origin.begin);
    place.end = index.position(place.end_byte);
    place.excerpt = make_excerpt(index, origin.begin, origin.end);
    return place;
  }

  const std::string& file_sha256(const Where& where) {
    return hashes_.of(has_file(where) ? where : Where{});
  }

  bool has_file(const Where& where) const {
    return where.file >= 0 && static_cast<std::size_t>(where.file) < facts_.package->files.size();
  }

 private:
  bool is_layer(std::int32_t layer) const {
    return static_cast<std::size_t>(layer) < facts_.layers.size();
  }

  const Layer& layer(std::int32_t layer) const {
    return facts_.layers[static_cast<std::size_t>(layer)];
  }

  // Where the code that `where` is in was found, out of all layers. Layers only come from earlier
  // ones; the bound holds if they ever do not.
  Where origin_of(Where where) const {
    for (std::size_t i = 0; i < facts_.layers.size() && where.layer >= 0; ++i) {
      if (!is_layer(where.layer)) break;
      where = layer(where.layer).from;
    }
    return where;
  }

  LayerPlace layer_place(const Where& where) {
    const Layer& innermost = layer(where.layer);
    const TextIndex& index = index_of(where.file, where.layer, innermost.text);
    LayerPlace place;
    place.kind = name_of(innermost.kind);
    place.how = escape_for_display(innermost.how);
    place.depth = innermost.depth;
    place.begin = index.position(where.begin);
    place.end = index.position(std::max(where.begin, where.end));
    place.excerpt = make_excerpt(index, where.begin, where.end);
    return place;
  }

  const TextIndex& index_of(std::int32_t file, std::int32_t layer, std::string_view text) {
    std::unique_ptr<TextIndex>& index = indexes_[{layer >= 0 ? -1 : file, layer}];
    if (!index) index = std::make_unique<TextIndex>(text);
    return *index;
  }

  const Facts& facts_;
  std::map<std::pair<std::int32_t, std::int32_t>, std::unique_ptr<TextIndex>> indexes_;
  FileHashes hashes_;
};

// Without line and content hash, so that it survives a new version; with the count of like ones
// before it, so that it is unique in a report.
std::string fingerprint(const ReportedFinding& finding, std::map<std::string, int>& seen) {
  std::string sight(finding.rule->id);
  sight += '\n' + finding.place.path + '\n' + finding.place.excerpt.text;
  if (finding.place.layer) sight += '\n' + finding.place.layer->excerpt.text;
  const int before = seen[sight]++;
  return hash_hex(HashKind::sha256, sight + '\n' + std::to_string(before)).substr(0, 32);
}

ReportedFinding reported(const Finding& finding, const Facts& facts, Places& places,
                         std::span<const Rule* const> rules) {
  ReportedFinding result;
  result.rule = rule_of(finding.rule, rules);
  result.severity = finding.severity;
  result.place = places.place(finding.where);
  result.message = shown(finding.message);
  for (const Step& step : finding.steps) {
    result.steps.push_back({places.place(step.where), shown(step.what)});
  }
  result.file_sha256 = places.file_sha256(finding.where);
  const auto file = static_cast<std::size_t>(finding.where.file);
  if (places.has_file(finding.where) && file < facts.files.size()) {
    result.trigger = facts.files[file].trigger;
    result.reached_by = escape_for_display(facts.files[file].reached_by);
  }
  return result;
}

// By what it was asked for, else by what it calls itself.
PackageId identity_of(const Facts& facts) {
  const PackageId& known = facts.package->id;
  if (!known.name.empty()) return known;
  if (facts.npm && !facts.npm->name.empty()) {
    return {Ecosystem::npm, facts.npm->name, facts.npm->version};
  }
  if (facts.python && facts.python->metadata && !facts.python->metadata->name.empty()) {
    return {Ecosystem::pypi, facts.python->metadata->name, facts.python->metadata->version};
  }
  return known;
}

}  // namespace

Report build_report(const Facts& facts, std::span<const Finding> findings, Verdict verdict,
                    std::span<const Rule* const> rules) {
  const Package& package = *facts.package;
  Report report;
  report.target = package.source;
  report.archive = package.source;
  const PackageId id = identity_of(facts);
  report.id = {id.ecosystem, escape_for_display(id.name), escape_for_display(id.version)};
  report.purl = id.purl();
  report.kind = package.kind;
  report.sha256 = package.sha256;
  report.archive_bytes = package.archive_bytes;
  report.files = package.files.size();

  Places places(facts);
  std::map<std::string, int> seen;
  for (const Finding& finding : findings) {
    report.findings.push_back(reported(finding, facts, places, rules));
    report.findings.back().fingerprint = fingerprint(report.findings.back(), seen);
  }
  for (const Excepted& excepted : verdict.excepted) {
    report.findings[excepted.finding].excepted = escape_for_display(excepted.reason);
  }
  for (const Gap& gap : facts.gaps) {
    report.gaps.push_back({gap.kind, escape_for_display(gap.path), shown(gap.reason)});
  }
  report.verdict = std::move(verdict);
  return report;
}

std::string identifier(std::string_view words) { return replace_all(std::string(words), " ", "-"); }

Report failed_report(std::string target, const Error& error) {
  Report report;
  report.target = target;
  report.archive = std::move(target);
  report.verdict.complete = false;
  report.error = Error{error.kind, shown(error.message)};
  return report;
}

}  // namespace assay
