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
// Not called for a nested archive that is descended into, only for what is in it; nor for a member
// over limits.member_bytes. Both are in the file list, dropped.
using FileVisitor = std::function<void(File& file)>;

// tar, tar.gz/.tgz, tar.bz2, tar.xz, tar.zst, zip, whl, egg, told apart by content. Nested archives
// are descended into up to limits.nesting: their members' paths begin with "inner.tgz!/". Fails
// only when nothing can be read at all; all else is in the package's gaps, where a nested archive
// has at most one of each kind. The file list is sorted, normalised and without duplicates: a path
// that comes again with other contents gets "#2" at its end. `file_name` (no folders) and the names
// inside give the kind; name and version come from it for PyPI artifacts. An npm tarball's are left
// to its manifest, since file names drop the scope.
Result<Package> read_archive(std::string_view bytes, std::string_view file_name,
                             const Limits& limits = {}, const FileVisitor& visit = {});

// A file or a folder on disk. Links in a folder are not followed and unreadable files are gaps.
// .git is left out, and so is node_modules beside a package.json: neither is part of what would be
// published. A folder's sha256 is that of the lines "<sha256>  <path>\n" of its files, sorted by
// path. A file that is no archive counts as a folder with that one file.
Result<Package> read_path(const std::string& path, const Limits& limits = {},
                          const FileVisitor& visit = {});

// By content first, then name. `head` is at least the first 4 KiB of the member, or all of it.
FileKind classify_file(std::string_view path, std::string_view head);

}  // namespace assay
