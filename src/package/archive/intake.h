// Takes files in one by one, shows each to the visitor and keeps what is left of it; keeps paths
// unique and the list of gaps short.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/limits.h"
#include "package/archive/archive.h"

namespace assay {

class Intake {
 public:
  Intake(Package& package, const Limits& limits, const FileVisitor& visit);

  // What is odd about a file; whoever adds it knows where to tell it.
  struct Note {
    GapKind kind;
    std::string reason;
  };

  // `file.path` is final but for "#2" when it was there before; kind and, when unset, size are
  // filled in.
  std::vector<Note> add(File file);
  // A file that was only looked at: its contents are dropped and the visitor does not see it.
  std::vector<Note> add_unseen(File file);
  bool has(const std::string& path) const { return index_of_.contains(path); }

  // Announces a path that will come more than once: copies with the same contents are then known
  // for what they are even when the visitor drops the first.
  void expect_again(const std::string& path) { repeated_.try_emplace(path); }

  // Gaps of one kind beyond a number are only counted: an archive can hold a million links.
  void add_gap(GapKind kind, std::string path, std::string reason);

  // How much more may be unpacked in the whole package.
  std::uint64_t room_bytes() const;
  void count_unpacked(std::uint64_t size_bytes) { unpacked_bytes_ += size_bytes; }
  bool has_room_for_member() const;
  void count_member() { ++members_; }

  // Sorts the package. Nothing may be added afterwards.
  void finish();

 private:
  bool make_unique(File& file, std::vector<Note>& notes);
  void keep(File file);

  Package& package_;
  const Limits& limits_;
  const FileVisitor& visit_;
  std::uint64_t unpacked_bytes_ = 0;
  std::uint64_t retained_bytes_ = 0;
  std::uint64_t members_ = 0;
  std::uint64_t not_retained_ = 0;
  std::uint32_t next_order_ = 1;
  std::string first_not_retained_;
  std::unordered_map<std::string, std::size_t> index_of_;      // path -> file
  std::unordered_map<std::string, std::size_t> folded_index_;  // lower case path -> first file
  std::unordered_map<std::string, std::size_t> copies_;        // path -> how often it came again
  std::unordered_map<std::string, std::string> repeated_;      // path -> SHA-256 of the first
  std::array<std::size_t, 32> gaps_of_kind_{};
};

// "700 MB", "1.5 kB": for reasons that name a size or a limit.
std::string readable_size(std::uint64_t bytes);

// Whether contents are a program or an archive although the name promises text, code or a picture.
bool is_disguised(std::string_view path, FileKind by_content);

}  // namespace assay
