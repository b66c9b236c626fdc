#include "package/archive/intake.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/hash.h"
#include "base/text.h"
#include "package/archive/kinds.h"

namespace assay {
namespace {

// Assigning {} would keep the memory.
void release(std::string& bytes) { std::string().swap(bytes); }

// What the parsers of code would read.
bool is_parsed(FileKind kind) {
  constexpr FileKind parsed[] = {FileKind::javascript, FileKind::typescript, FileKind::python,
                                 FileKind::shell,      FileKind::powershell, FileKind::batch};
  return std::ranges::find(parsed, kind) != std::end(parsed);
}

// Gaps of one kind that are listed one by one.
constexpr std::size_t listed_gaps = 50;

}  // namespace

std::string readable_size(std::uint64_t bytes) {
  if (bytes >= 1_MiB) return fmt::format("{} MB", bytes >> 20);
  if (bytes >= 10_KiB) return fmt::format("{} kB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

bool is_disguised(std::string_view path, FileKind by_content) {
  if (by_content != FileKind::native && by_content != FileKind::bytecode &&
      by_content != FileKind::archive && by_content != FileKind::wasm) {
    return false;
  }
  switch (kind_by_name(path)) {
    case FileKind::other:
    case FileKind::native:
    case FileKind::wasm:
    case FileKind::bytecode:
    case FileKind::archive:
    case FileKind::pth:  // also what PyTorch calls its zip files
      return false;
    default: return true;
  }
}

Intake::Intake(Package& package, const Limits& limits, const FileVisitor& visit)
    : package_(package), limits_(limits), visit_(visit) {}

std::uint64_t Intake::room_bytes() const {
  return limits_.unpacked_bytes - std::min<std::uint64_t>(unpacked_bytes_, limits_.unpacked_bytes);
}

bool Intake::has_room_for_member() const { return members_ < limits_.members; }

void Intake::add_gap(GapKind kind, std::string path, std::string reason) {
  if (gaps_of_kind_[static_cast<std::size_t>(kind)]++ < listed_gaps) {
    package_.gaps.push_back({kind, std::move(path), std::move(reason)});
  }
}

// False when the file came before, byte for byte.
bool Intake::make_unique(File& file, std::vector<Note>& notes) {
  const auto known = repeated_.find(file.path);
  const auto [same, is_new_path] = index_of_.try_emplace(file.path, package_.files.size());
  if (is_new_path) {
    if (known != repeated_.end()) known->second = hash_bytes(HashKind::sha256, file.bytes);
    const auto [folded, is_new_name] =
        folded_index_.try_emplace(to_lower_ascii(file.path), package_.files.size());
    if (!is_new_name) {
      notes.push_back(
          {GapKind::duplicate,
           fmt::format("differs only in case from {}: on Windows and macOS one replaces "
                       "the other; both were examined",
                       package_.files[folded->second].path)});
    }
    return true;
  }
  const File& first = package_.files[same->second];
  if (first.size_bytes == file.size_bytes && !file.dropped) {
    if (!first.dropped && first.bytes == file.bytes) return false;
    if (known != repeated_.end() && known->second == hash_bytes(HashKind::sha256, file.bytes)) {
      return false;
    }
  }
  notes.push_back({GapKind::duplicate,
                   "the same path again with other contents: readers disagree on which one counts; "
                   "both were examined"});
  const std::string path = file.path;
  std::size_t& copies = copies_[path];
  do {
    file.path = fmt::format("{}#{}", path, ++copies + 1);
  } while (!index_of_.try_emplace(file.path, package_.files.size()).second);
  return true;
}

std::vector<Intake::Note> Intake::add(File file) {
  std::vector<Note> notes;
  file.size_bytes = std::max<std::uint64_t>(file.size_bytes, file.bytes.size());
  file.kind = classify_file(file.path, file.bytes);
  if (is_disguised(file.path, file.kind)) {
    notes.push_back({GapKind::wrong_type,
                     fmt::format("its contents are {}, its name says {}; examined as what it is",
                                 to_string(file.kind), to_string(kind_by_name(file.path)))});
  }
  if (!make_unique(file, notes)) return notes;
  file.order = next_order_++;
  if (is_parsed(file.kind) && file.bytes.size() > limits_.code_bytes) {
    notes.push_back({GapKind::too_large, fmt::format("{} of code exceeds {}: hashed, not parsed",
                                                     readable_size(file.bytes.size()),
                                                     readable_size(limits_.code_bytes))});
    file.sha256 = hash_bytes(HashKind::sha256, file.bytes);
    file.dropped = true;
  }
  if (visit_) visit_(file);
  file.dropped = file.dropped || (file.bytes.empty() && file.size_bytes != 0);
  if (file.dropped) release(file.bytes);
  keep(std::move(file));
  return notes;
}

std::vector<Intake::Note> Intake::add_unseen(File file) {
  std::vector<Note> notes;
  file.dropped = true;
  release(file.bytes);
  if (make_unique(file, notes)) keep(std::move(file));
  return notes;
}

void Intake::keep(File file) {
  if (file.bytes.size() > limits_.retained_bytes - retained_bytes_) {
    if (not_retained_++ == 0) first_not_retained_ = file.path;
    release(file.bytes);
    file.dropped = true;
  }
  retained_bytes_ += file.bytes.size();
  package_.files.push_back(std::move(file));
}

void Intake::finish() {
  if (not_retained_ != 0) {
    add_gap(GapKind::too_large, {},
            fmt::format(
                "the contents of {} files, the first {}, were not kept: together they exceed {}",
                not_retained_, first_not_retained_, readable_size(limits_.retained_bytes)));
  }
  for (std::size_t kind = 0; kind < gaps_of_kind_.size(); ++kind) {
    if (gaps_of_kind_[kind] <= listed_gaps) continue;
    package_.gaps.push_back({static_cast<GapKind>(kind),
                             {},
                             fmt::format("{} more like this", gaps_of_kind_[kind] - listed_gaps)});
  }
  std::ranges::sort(package_.gaps);
  std::ranges::sort(package_.files, {}, &File::path);
}

}  // namespace assay
