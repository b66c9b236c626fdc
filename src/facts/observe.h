// Looks at members while an archive is read and lets go of the bytes that no later stage needs, so
// that a package of large programs and pictures costs little memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "facts/binary/binary_facts.h"
#include "facts/yara/yara_watch.h"
#include "package/package.h"

namespace assay {

class Observer {
 public:
  // With YARA rules of the user, which outlive it, or null.
  explicit Observer(const YaraRules* rules = nullptr) {
    if (rules != nullptr) yara_.emplace(*rules);
  }

  // Call once for each file, as a FileVisitor.
  void look_at(File& file);
  // By File::order; null when the file was not of a binary format or its bytes were kept.
  const BinaryFacts* find(const File& file) const;
  YaraWatch* yara() { return yara_ ? &*yara_ : nullptr; }

 private:
  std::size_t asset_bytes_left_ = 4u << 20;
  std::unordered_map<std::uint32_t, BinaryFacts> binaries_;
  std::optional<YaraWatch> yara_;
};

}  // namespace assay
