// package.json as npm reads it (https://docs.npmjs.com/cli/configuring-npm/package-json). Fields of
// the wrong type are left out and named in `oddities`; nothing here fails for one bad field.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace assay {

// Byte offsets into the manifest's text of a key with its value, so that reports can show the line.
struct TextRange {
  std::uint32_t begin = 0, end = 0;
  bool operator==(const TextRange&) const = default;
};

struct NpmScript {
  std::string name, command;
  TextRange where;
  bool operator==(const NpmScript&) const = default;
};

enum class NpmDependencyGroup : std::uint8_t {
  dependencies,
  dev,
  optional,
  peer,
  bundled,
  overrides
};

// What a dependency specification points at (https://docs.npmjs.com/cli/using-npm/package-spec).
enum class NpmSpecKind : std::uint8_t {
  range,
  tag,
  alias,
  git,
  remote_tarball,
  file,
  workspace,
  unknown
};

struct NpmDependency {
  NpmDependencyGroup group = NpmDependencyGroup::dependencies;
  std::string name, spec;
  NpmSpecKind kind = NpmSpecKind::range;
  TextRange where;
  bool operator==(const NpmDependency&) const = default;
};

struct NpmBin {
  std::string name, path;
  TextRange where;
  bool operator==(const NpmBin&) const = default;
};

struct NpmManifest {
  std::string path = "package.json";  // in the package
  std::string name, version, description, license, homepage, author;
  std::string repository;         // URL or shorthand as written; empty when absent
  std::string repository_folder;  // of this package in it; empty when absent
  TextRange repository_where;
  bool repository_is_malformed = false;  // present, but neither string nor object with a url
  std::string main, module, browser, types;
  std::string type;                       // "module" or "commonjs" or empty
  std::vector<std::string> entry_points;  // every file that main, module, browser, exports (all
                                          // conditions) and imports name, normalised, once each;
                                          // "*" as in the pattern, "." for the top folder
  std::vector<TextRange> entry_points_where;  // parallel to entry_points
  std::vector<NpmBin> bins;                   // of directories.bin: no name, and the folder as path
  std::vector<NpmScript> scripts;
  std::vector<NpmDependency> dependencies;
  std::vector<std::string> keywords;
  bool gypfile_is_false = false;  // "gypfile": false switches implicit node-gyp off
  bool is_private = false;
  std::vector<std::string> oddities;  // fields of a wrong type, duplicate keys
};

Result<NpmManifest> read_npm_manifest(std::string_view json, const Limits& limits = {});

// "" and "*" are ranges; what is neither URL, path, repository nor range is a tag.
NpmSpecKind classify_npm_spec(std::string_view spec);

}  // namespace assay
