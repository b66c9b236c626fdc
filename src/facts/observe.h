// Looks at members while an archive is read and lets go of the bytes that no later stage needs, so
// that a package of large programs and pictures costs little memory.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "facts/binary/binary_facts.h"
#include "package/package.h"

namespace assay {

class Observer {
 public:
  // Call once for each file, as a FileVisitor.
  void look_at(File& file);
  // By File::order; null when the file was not of a binary format or its bytes were kept.
  const BinaryFacts* find(const File& file) const;

 private:
  std::unordered_map<std::uint32_t, BinaryFacts> binaries_;
};

}  // namespace assay
