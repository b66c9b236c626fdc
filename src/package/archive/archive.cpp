#include "package/archive/archive.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "package/archive/open_archive.h"
#include "package/archive/unpacker.h"

namespace assay {

Result<Package> read_archive(std::string_view bytes, std::string_view file_name,
                             const Limits& limits, const FileVisitor& visit) {
  if (bytes.size() > limits.archive_bytes) {
    return fail(ErrorKind::limit,
                fmt::format("{}: {} exceeds {}", file_name, readable_size(bytes.size()),
                            readable_size(limits.archive_bytes)));
  }
  OpenArchive archive = TRY(open_archive(bytes, file_name, limits));
  Package package;
  package.source = file_name;
  package.archive_bytes = bytes.size();
  package.sha256 = hash_hex(HashKind::sha256, bytes);
  package.kind = archive.artifact.kind;
  package.id = archive.artifact.id;
  Unpacker unpacker(package, limits, visit);
  OpenArchive hidden = archive.is_zip ? OpenArchive() : open_hidden_zip(bytes, limits);
  unpacker.unpack(std::move(archive), bytes.size());
  if (hidden.reader) {
    unpacker.add_gap(GapKind::polyglot, {},
                     "also reads as a zip archive, which is what pip would unpack; both examined, "
                     "the zip archive's members under \"#zip/\"");
    unpacker.unpack(std::move(hidden), bytes.size(), "#zip/");
  }
  unpacker.finish();
  return package;
}

}  // namespace assay
