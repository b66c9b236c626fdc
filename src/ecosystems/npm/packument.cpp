#include "ecosystems/npm/packument.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "ecosystems/npm/version.h"

namespace assay {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

void take_text(const Element& value, std::string& into) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) into = text;
}

void read_dist(const Element& value, NpmRelease& release) {
  Object dist;
  if (value.get(dist) != simdjson::SUCCESS) return;
  for (const auto& [key, field] : dist) {
    if (key == "tarball") take_text(field, release.tarball);
    if (key == "integrity") take_text(field, release.integrity);
    if (key == "shasum") take_text(field, release.shasum);
  }
  release.shasum = to_lower_ascii(release.shasum);
  const bool is_sha1 = release.shasum.size() == 40 &&
                       release.shasum.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_sha1) release.shasum.clear();
}

void read_scripts(const Element& value, NpmRelease& release) {
  Object scripts;
  release.scripts.clear();
  if (value.get(scripts) != simdjson::SUCCESS) return;
  for (const auto& [name, field] : scripts) {
    std::string command;
    take_text(field, command);
    release.scripts.emplace_back(name, std::move(command));
  }
}

NpmRelease read_release(std::string_view version, const Element& value) {
  NpmRelease release;
  release.version = version;
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) return release;
  for (const auto& [key, field] : fields) {
    if (key == "dist") read_dist(field, release);
    if (key == "deprecated") take_text(field, release.deprecated);
    if (key == "scripts") read_scripts(field, release);
    bool flag = false;
    if (key == "hasInstallScript" && field.get(flag) == simdjson::SUCCESS) {
      release.has_install_script = flag;
    }
  }
  return release;
}

// Text values of an object by key; empty for anything else.
std::map<std::string, std::string> read_texts(const Element& value) {
  std::map<std::string, std::string> texts;
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) return texts;
  for (const auto& [key, field] : fields) {
    std::string text;
    take_text(field, text);
    if (!text.empty()) texts.insert_or_assign(std::string(key), std::move(text));
  }
  return texts;
}

std::map<std::string, NpmRelease> read_releases(const Element& value) {
  std::map<std::string, NpmRelease> releases;
  Object versions;
  if (value.get(versions) != simdjson::SUCCESS) return releases;
  for (const auto& [version, fields] : versions) {
    releases.insert_or_assign(std::string(version), read_release(version, fields));
  }
  return releases;
}

const NpmRelease* find_release(const Packument& packument, std::string_view version) {
  const auto found =
      std::ranges::lower_bound(packument.releases, version, {}, &NpmRelease::version);
  return found != packument.releases.end() && found->version == version ? &*found : nullptr;
}

// The highest that satisfies `accepts`, first among those not deprecated.
template <typename Accepts>
const NpmRelease* highest(const Packument& packument, Accepts accepts) {
  const NpmRelease* best = nullptr;
  std::optional<NpmVersion> best_version;
  for (const NpmRelease& release : packument.releases) {
    const std::optional<NpmVersion> version = parse_npm_version(release.version);
    if (!version || !accepts(*version)) continue;
    const bool better = best == nullptr || (release.deprecated.empty() != best->deprecated.empty()
                                                ? release.deprecated.empty()
                                                : *version > *best_version);
    if (!better) continue;
    best = &release;
    best_version = version;
  }
  return best;
}

const NpmRelease* release_of_tag(const Packument& packument, const std::string& tag) {
  const auto found = packument.dist_tags.find(tag);
  if (found != packument.dist_tags.end()) return find_release(packument, found->second);
  if (tag != "latest") return nullptr;
  // Some private registries keep no tags.
  return highest(packument, [](const NpmVersion& version) { return !version.is_prerelease(); });
}

const NpmRelease* release_of_range(const Packument& packument, const NpmRange& range) {
  const NpmRelease* latest = release_of_tag(packument, "latest");
  if (latest != nullptr) {
    const std::optional<NpmVersion> version = parse_npm_version(latest->version);
    if (version && range.matches(*version)) return latest;
  }
  return highest(packument, [&](const NpmVersion& version) { return range.matches(version); });
}

const NpmRelease* release_of_version(const Packument& packument, std::string_view text,
                                     const NpmVersion& wanted) {
  if (const NpmRelease* exact = find_release(packument, text)) return exact;
  for (const NpmRelease& release : packument.releases) {
    const std::optional<NpmVersion> version = parse_npm_version(release.version);
    if (version && *version == wanted) return &release;
  }
  return nullptr;
}

}  // namespace

Result<Packument> parse_packument(std::string_view json, const Limits& limits) {
  if (json.size() > limits.json_bytes) {
    return fail(ErrorKind::limit, fmt::format("the registry's document has {} bytes, over {}",
                                              json.size(), limits.json_bytes));
  }
  simdjson::dom::parser parser;
  Element root;
  Object fields;
  const simdjson::error_code error = parser.parse(json.data(), json.size(), true).get(root);
  if (error != simdjson::SUCCESS || root.get(fields) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed,
                fmt::format("the registry's document is not a JSON object ({})",
                            error != simdjson::SUCCESS ? simdjson::error_message(error) : "type"));
  }
  Packument packument;
  std::map<std::string, NpmRelease> releases;
  std::map<std::string, std::string> times;
  for (const auto& [key, value] : fields) {
    if (key == "name") take_text(value, packument.name);
    if (key == "dist-tags") packument.dist_tags = read_texts(value);
    if (key == "versions") releases = read_releases(value);
    if (key == "time") times = read_texts(value);
  }
  for (auto& [version, release] : releases) {
    const auto time = times.find(version);
    if (time != times.end()) release.published = time->second;
    packument.releases.push_back(std::move(release));
  }
  return packument;
}

Result<const NpmRelease*> choose_release(const Packument& packument, std::string_view wanted) {
  wanted = trim(wanted);
  const NpmRelease* chosen = nullptr;
  if (const std::optional<NpmVersion> version = parse_npm_version(wanted)) {
    chosen = release_of_version(packument, wanted, *version);
  } else if (const std::optional<NpmRange> range = NpmRange::parse(wanted);
             range && !wanted.empty()) {
    chosen = release_of_range(packument, *range);
  } else {
    chosen = release_of_tag(packument, wanted.empty() ? "latest" : std::string(wanted));
  }
  if (chosen != nullptr) return chosen;
  if (packument.releases.empty()) {
    return fail(
        ErrorKind::missing,
        fmt::format("npm: {} has no versions; it may have been unpublished", packument.name));
  }
  const NpmRelease* newest = highest(packument, [](const NpmVersion&) { return true; });
  return fail(
      ErrorKind::missing,
      fmt::format("npm: {} has no version for '{}'; the newest of its {} is {}", packument.name,
                  wanted.empty() ? "latest" : wanted, packument.releases.size(),
                  newest != nullptr ? newest->version : packument.releases.back().version));
}

}  // namespace assay
