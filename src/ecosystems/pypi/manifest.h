// What a Python distribution says of itself, read without running anything: PKG-INFO and METADATA
// (core metadata, https://packaging.python.org/specifications/core-metadata/), WHEEL, RECORD,
// entry_points.txt, pyproject.toml (PEP 517, 518, 621, 660), setup.cfg, and setup.py only as a file
// whose presence counts (its code is facts/code's).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "package/package.h"

namespace assay {

struct CoreMetadata {
  std::string path;  // of the file it was read from
  std::string metadata_version, name, version, summary, home_page, author, author_email, maintainer,
      maintainer_email, license, description, description_content_type, download_url;
  std::vector<std::string> project_urls;  // "Label, URL"
  std::vector<std::string> classifiers;
  std::vector<std::string> requires_dist;  // PEP 508
  bool operator==(const CoreMetadata&) const = default;
};

struct PythonEntryPoint {
  std::string group, name, target;   // "console_scripts", "tool", "pkg.cli:main [extra]"
  std::string path;                  // of the file that declares it
  std::uint32_t begin = 0, end = 0;  // byte range there
  bool operator==(const PythonEntryPoint&) const = default;
};

struct RecordEntry {
  std::string path, hash;  // "sha256=<urlsafe base64 without padding>" or empty
  std::uint64_t size_bytes = 0;
  bool operator==(const RecordEntry&) const = default;
};

struct BuildSystem {  // pyproject.toml [build-system]
  std::vector<std::string> requires_;
  std::string backend;                    // "setuptools.build_meta"
  std::vector<std::string> backend_path;  // in-tree, relative
  bool operator==(const BuildSystem&) const = default;
};

// Code of the package itself that its build is configured to load.
struct PythonBuildHook {
  std::string option;                // "tool.hatch.build.hooks.custom", "options.cmdclass"
  std::string target;                // "hatch_build.py", "pkg.commands.Install"
  std::string path;                  // of the file that says so
  std::uint32_t begin = 0, end = 0;  // byte range there
  bool operator==(const PythonBuildHook&) const = default;
};

struct PythonManifest {
  std::optional<CoreMetadata>
      metadata;  // METADATA of a wheel, else PKG-INFO at the top, else the
                 // egg-info's, else what pyproject.toml or setup.cfg declare
  std::optional<BuildSystem> build_system;
  std::vector<PythonEntryPoint> entry_points;  // of entry_points.txt, pyproject.toml, setup.cfg
  std::vector<PythonBuildHook> build_hooks;    // of pyproject.toml and setup.cfg
  std::vector<RecordEntry> record;
  std::vector<std::string> record_mismatches;  // files listed with another hash or size, files not
                                               // listed, listed files that are absent
  std::vector<std::string> wheel_tags;
  std::vector<std::string> top_level;  // import names
  bool has_setup_py = false;           // at the top of an sdist
  std::vector<Gap> gaps;               // manifests that could not be read
};

// Nullopt when the package has none of these files.
std::optional<PythonManifest> read_python_manifest(const Package& package,
                                                   const Limits& limits = {});

CoreMetadata parse_core_metadata(std::string_view text);
std::vector<PythonEntryPoint> parse_entry_points(std::string_view text);
Result<BuildSystem> parse_build_system(std::string_view pyproject_toml);

// PEP 503: runs of -_. become one '-', lower case.
std::string normalise_pypi_name(std::string_view name);

}  // namespace assay
