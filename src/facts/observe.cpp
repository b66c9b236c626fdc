#include "facts/observe.h"

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"

namespace assay {
namespace {

// Larger members of an unknown kind are no payload that code reads as text.
constexpr std::size_t unknown_kept_bytes = 1_MiB;

// Of pictures, fonts, compiled modules and the like, so that code which reads one out can be
// followed: where the budget of a package is spent, or a file is large, what is decoded from it
// stays unknown.
constexpr std::size_t asset_kept_bytes = 256_KiB;

bool is_asset(const File& file) {
  return file.kind == FileKind::image || file.kind == FileKind::font ||
         file.kind == FileKind::wasm || file.kind == FileKind::bytecode;
}

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
  if (is_asset(file) && file.bytes.size() <= std::min(asset_kept_bytes, asset_bytes_left_)) {
    asset_bytes_left_ -= file.bytes.size();
    return;
  }
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
