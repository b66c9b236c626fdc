#include "facts/observe.h"

#include "base/hash.h"
#include "base/limits.h"

namespace assay {
namespace {

// Larger members of an unknown kind are no payload that code reads as text.
constexpr std::size_t unknown_kept_bytes = 1_MiB;

bool is_needed_later(const File& file) {
  switch (file.kind) {
    case FileKind::native:
    case FileKind::wasm:
    case FileKind::bytecode:
    case FileKind::image:
    case FileKind::font:
    case FileKind::archive:
    case FileKind::source_map:
    case FileKind::declaration:
    case FileKind::other_source: return false;
    case FileKind::other: return file.bytes.size() <= unknown_kept_bytes;
    default: return true;
  }
}

}  // namespace

void Observer::look_at(File& file) {
  if (yara_) yara_->look_at(file);
  if (is_needed_later(file)) return;
  if (std::optional<BinaryFacts> facts = read_binary_facts(file.bytes)) {
    binaries_.emplace(file.order, std::move(*facts));
  }
  file.sha256 = hash_bytes(HashKind::sha256, file.bytes);
  file.dropped = true;
}

const BinaryFacts* Observer::find(const File& file) const {
  const auto found = binaries_.find(file.order);
  return found == binaries_.end() ? nullptr : &found->second;
}

}  // namespace assay
