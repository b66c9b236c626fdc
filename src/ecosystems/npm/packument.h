// A registry's document about one package
// (https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md), full or
// abbreviated, and which of its versions a request means. Mirrors leave many fields out: what is
// absent is unknown here, never assumed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace assay {

struct NpmRelease {
  std::string version;
  std::string tarball;     // URL as written
  std::string integrity;   // SRI; empty when absent
  std::string shasum;      // SHA-1 in lower-case hex; empty when absent or malformed
  std::string deprecated;  // the publisher's message; empty when not deprecated or not known
  std::optional<bool> has_install_script;
  std::vector<std::pair<std::string, std::string>> scripts;
  std::string published;  // ISO 8601, from "time"; empty when absent

  bool operator==(const NpmRelease&) const = default;
};

struct Packument {
  std::string name;
  std::map<std::string, std::string> dist_tags;
  std::vector<NpmRelease> releases;  // sorted by version text; no two of the same
};

// Fields of a wrong type are left out. Of a repeated key the last counts, as in JavaScript.
Result<Packument> parse_packument(std::string_view json, const Limits& limits = {});

// `wanted` is a version, a range, a tag, or empty for the tag "latest". As npm: a range takes the
// version of "latest" if that satisfies it, else the highest that is not deprecated, else the
// highest.
Result<const NpmRelease*> choose_release(const Packument& packument, std::string_view wanted);

}  // namespace assay
