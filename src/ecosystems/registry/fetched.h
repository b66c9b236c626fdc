// What fetching a package by name gives: its archives, already checked against the hashes that the
// registry publishes, and an account of every other file of that release.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "package/package.h"

namespace assay {

struct FetchedArtifact {
  PackageId id;
  std::string file_name;
  std::string bytes;
  // The hash that `bytes` were checked against: "sha512", "sha1"… Empty when the registry publishes
  // none, so that nothing could be checked. A mismatch never gets this far.
  std::string integrity_checked;
};

struct UnfetchedFile {
  std::string file_name;
  std::string reason;
  bool by_choice = true;  // not selected; else it was wanted and could not be had

  bool operator==(const UnfetchedFile&) const = default;
};

struct FetchedRelease {
  PackageId id;
  std::vector<FetchedArtifact> artifacts;  // never empty
  std::vector<UnfetchedFile> others;       // sorted by name
  std::vector<std::string> notes;          // "deprecated: …", "yanked: …", for people
};

struct FetchOptions {
  bool all_files = false;  // PyPI: every file of the release, not an sdist and one wheel
  // npm: choose by the full document, which whoever wants a record has to read anyway.
  bool full_documents = false;
  Limits limits;
  // Of one file; 0 expected when the server does not say.
  std::function<void(std::string_view file, std::uint64_t received, std::uint64_t expected)>
      on_progress;
};

}  // namespace assay
