// From bytes to a reader of members, with the names surveyed first: what an archive is decides
// under which paths its members are shown.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "package/archive/artifact.h"
#include "package/archive/format.h"
#include "package/archive/member.h"

namespace assay {

struct OpenArchive {
  std::unique_ptr<MemberReader> reader;  // borrows the bytes
  Artifact artifact;
  bool is_zip = false;
  Survey survey;
  std::vector<Problem> problems;  // of the archive as a whole
  // Unpacked so far, to find out what is in it. Counts for nested archives: a thousand small bombs
  // that hold nothing must not each cost their own limit.
  std::uint64_t unpacked_bytes = 0;
};

// By content. Something before a zip archive does not keep it from being found. A compressed
// stream that is no tar archive counts as an archive with one member.
Result<OpenArchive> open_archive(std::string_view bytes, std::string_view file_name,
                                 const Limits& limits);

// The zip archive that is also in `bytes`, although they were opened as something else: pip would
// take them for a zip archive. `reader` is null when there is none.
OpenArchive open_hidden_zip(std::string_view bytes, const Limits& limits);

}  // namespace assay
