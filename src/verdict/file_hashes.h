// Content hashes of the files that findings are in, each computed once: what an exception names.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/hash.h"
#include "base/text.h"
#include "facts/facts.h"

namespace assay {

class FileHashes {
 public:
  // `package` outlives this.
  explicit FileHashes(const Package& package) : package_(package) {}

  // SHA-256 in hex: of the file, or of the artifact for a finding without one. Empty when the
  // contents were dropped unhashed, and so cannot be vouched for.
  const std::string& of(const Where& where) {
    if (where.file < 0) return package_.sha256;
    std::string& hash = known_[where.file];
    const File& file = package_.files[static_cast<std::size_t>(where.file)];
    if (hash.empty()) {
      hash = file.dropped ? hex(file.sha256) : hash_hex(HashKind::sha256, file.bytes);
    }
    return hash;
  }

 private:
  const Package& package_;
  std::map<std::int32_t, std::string> known_;
};

}  // namespace assay
