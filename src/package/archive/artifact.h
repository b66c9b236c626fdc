// What an archive is to its ecosystem, from its file name and the names in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "package/package.h"

namespace assay {

// Which folder clients take off before they install.
enum class Strip : std::uint8_t {
  none,
  first,   // npm: the first component of every member, whatever it is called
  common,  // sdists: the folder that holds everything
};

struct Artifact {
  ArtifactKind kind = ArtifactKind::other_archive;
  PackageId id;  // an npm tarball's is left to its manifest: file names drop the scope
  Strip strip = Strip::none;
  std::string common_folder;  // for Strip::common
};

// The checked paths (member_path.h) of an archive's files, as far as they are known before reading.
struct Survey {
  std::vector<std::string> paths;
  bool is_complete = true;  // false for long streams: only the first members
};

// The file name decides when it says .whl, .egg or .tgz, as registries name artifacts; otherwise
// the contents do.
Artifact identify_archive(std::string_view file_name, const Survey& survey);

// Whether a file name promises an archive that this project reads.
bool is_archive_name(std::string_view file_name);

// identify_archive() for files that stand in their final place.
Artifact identify_bundle(const std::vector<File>& files);
Ecosystem ecosystem_of_folder(const std::vector<File>& files);

}  // namespace assay
