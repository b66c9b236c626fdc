// Reads archives in memory, member by member. Never writes to disk, never follows a link, never
// believes a size. What is refused becomes a gap with its reason and the rest goes on.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "package/package.h"

namespace assay {

// Called once per regular file, in archive order, with `bytes` whole. May take the bytes, or leave
// `file.dropped = true` with `bytes` emptied once it has looked at them, to keep memory low.
using FileVisitor = std::function<void(File& file)>;

// tar, tar.gz/.tgz, tar.bz2, tar.xz, tar.zst, zip, whl, egg, told apart by content. Nested archives
// are descended into up to limits.nesting. Fails only when nothing can be read at all; all else is
// in the package's gaps. The file list is sorted, normalised and without duplicates.
// `file_name` (no folders) gives the kind, and name and version when it has them.
Result<Package> read_archive(std::string_view bytes, std::string_view file_name,
                             const Limits& limits = {}, const FileVisitor& visit = {});

// A file or a folder on disk. Links in a folder are not followed; .git, and node_modules at the top
// of a project, are left out and say so in the package's `gaps` only when asked to be included.
Result<Package> read_path(const std::string& path, const Limits& limits = {},
                          const FileVisitor& visit = {});

// By content first, then name. `head` is at least the first 4 KiB of the member, or all of it.
FileKind classify_file(std::string_view path, std::string_view head);

}  // namespace assay
