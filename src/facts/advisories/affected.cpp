#include "facts/advisories/affected.h"

#include <algorithm>
#include <compare>

#include "ecosystems/npm/version.h"
#include "ecosystems/pypi/pep440.h"

namespace assay {
namespace {

template <typename Version>
struct ParsedEvent {
  VersionEvent::Kind kind;
  std::optional<Version> version;  // nullopt: before all others
  const std::string* text;
};

// In the order of versions; of the same version, what ends a range comes before what begins one.
template <typename Version>
void sort_events(std::vector<ParsedEvent<Version>>& events) {
  std::ranges::stable_sort(events, [](const auto& a, const auto& b) {
    if (a.version.has_value() != b.version.has_value()) return !a.version.has_value();
    if (a.version) {
      const auto order = *a.version <=> *b.version;
      if (order != 0) return order < 0;
    }
    return a.kind != VersionEvent::Kind::introduced && b.kind == VersionEvent::Kind::introduced;
  });
}

// Nullopt when a version of the range is none.
template <typename Version, typename Parse>
std::optional<std::vector<ParsedEvent<Version>>> parse_range(const VersionRange& range,
                                                             Parse parse) {
  std::vector<ParsedEvent<Version>> events;
  for (const VersionEvent& event : range) {
    std::optional<Version> version;
    const bool is_start = event.kind == VersionEvent::Kind::introduced && event.version == "0";
    const bool is_endless = event.kind == VersionEvent::Kind::limit && event.version == "*";
    if (is_endless) continue;
    if (!is_start) {
      version = parse(event.version);
      if (!version) return std::nullopt;
    }
    events.push_back({event.kind, std::move(version), &event.version});
  }
  sort_events(events);
  return events;
}

// The algorithm of the OSV schema: the last event at or before the version decides.
template <typename Version>
bool is_inside(const std::vector<ParsedEvent<Version>>& events, const Version& version) {
  bool inside = false;
  for (const ParsedEvent<Version>& event : events) {
    const bool is_after = !event.version || *event.version < version;
    const bool is_reached = is_after || *event.version == version;
    switch (event.kind) {
      case VersionEvent::Kind::introduced:
        if (is_reached) inside = true;
        break;
      case VersionEvent::Kind::last_affected:
        if (is_after) inside = false;
        break;
      case VersionEvent::Kind::fixed:
      case VersionEvent::Kind::limit:
        if (is_reached) inside = false;
        break;
    }
  }
  return inside;
}

template <typename Version, typename Parse>
std::optional<bool> is_affected(const Advisory& advisory, std::string_view text, Parse parse) {
  if (std::ranges::find(advisory.versions, text) != advisory.versions.end()) return true;
  const std::optional<Version> version = parse(text);
  bool is_sure = version.has_value();
  if (version) {
    for (const std::string& listed : advisory.versions) {
      const std::optional<Version> other = parse(listed);
      if (other && *other == *version) return true;
    }
  }
  for (const VersionRange& range : advisory.ranges) {
    const auto events = parse_range<Version>(range, parse);
    // All versions, also those that are none.
    if (range.size() == 1 && range[0].version == "0") return true;
    if (!events) is_sure = false;
    if (events && version && is_inside(*events, *version)) return true;
  }
  if (advisory.ranges.empty()) return false;
  return is_sure ? std::optional(false) : std::nullopt;
}

template <typename Version, typename Parse>
std::string first_fix(const Advisory& advisory, std::string_view text, Parse parse) {
  const std::optional<Version> version = parse(text);
  std::optional<Version> first;
  std::string result;
  for (const VersionRange& range : advisory.ranges) {
    const auto events = parse_range<Version>(range, parse);
    if (!events || !version) continue;
    for (const ParsedEvent<Version>& event : *events) {
      if (event.kind != VersionEvent::Kind::fixed || !(*version < *event.version)) continue;
      if (first && !(*event.version < *first)) continue;
      first = event.version;
      result = *event.text;
    }
  }
  return result;
}

std::optional<NpmVersion> parse_npm(std::string_view text) { return parse_npm_version(text); }
std::optional<Pep440Version> parse_pypi(std::string_view text) {
  return parse_pep440_version(text);
}

}  // namespace

std::optional<bool> affects(const Advisory& advisory, Ecosystem ecosystem,
                            std::string_view version) {
  return ecosystem == Ecosystem::npm ? is_affected<NpmVersion>(advisory, version, parse_npm)
                                     : is_affected<Pep440Version>(advisory, version, parse_pypi);
}

std::string fixed_in(const Advisory& advisory, Ecosystem ecosystem, std::string_view version) {
  return ecosystem == Ecosystem::npm ? first_fix<NpmVersion>(advisory, version, parse_npm)
                                     : first_fix<Pep440Version>(advisory, version, parse_pypi);
}

void drop_covered_versions(Advisory& advisory, Ecosystem ecosystem) {
  if (advisory.ranges.empty()) return;
  const Advisory ranges_alone{.id = {},
                              .aliases = {},
                              .summary = {},
                              .severity = {},
                              .modified = {},
                              .is_malware = false,
                              .ranges = advisory.ranges,
                              .versions = {}};
  std::erase_if(advisory.versions, [&](const std::string& version) {
    return affects(ranges_alone, ecosystem, version) == true;
  });
}

}  // namespace assay
