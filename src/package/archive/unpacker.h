// Walks an archive and the archives inside it, depth first, with a stack of its own.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "package/archive/intake.h"
#include "package/archive/open_archive.h"

namespace assay {

class Unpacker {
 public:
  Unpacker(Package& package, const Limits& limits, const FileVisitor& visit);

  // The bytes that `archive` borrows must stay until it returns.
  void unpack(OpenArchive archive, std::uint64_t packed_bytes, std::string prefix = {});
  // A file of a folder: itself, or what is in it when it is an archive.
  void add_file(std::string path, std::string bytes, bool executable);
  // A symbolic link of a folder.
  void add_link(std::string path, std::string target);
  bool has_room() const { return !is_stopped_; }

  void add_gap(GapKind kind, std::string path, std::string reason);
  void finish();

 private:
  struct PendingLink {
    std::string path;
    std::string target;
    bool is_hard = false;
  };

  // One archive that is being read. Gaps of a nested one are told once per kind.
  struct Frame {
    std::unique_ptr<std::string> owned_bytes;
    OpenArchive archive;
    std::string container;  // path of a nested archive; empty for the outermost
    std::string prefix;     // "inner.tgz!/"
    int depth = 1;
    std::uint64_t allowed_bytes = 0;  // by the ratio
    std::uint64_t unpacked_bytes = 0;
    bool is_given_up = false;
    struct Told {
      std::string first;
      std::size_t count = 0;
    };
    std::map<GapKind, Told> told;
    std::vector<PendingLink> links;
    // Files beside the folder that npm takes off whose names are also in it.
    std::set<std::string, std::less<>> shadowed;
  };

  void run();
  void push(OpenArchive archive, std::unique_ptr<std::string> owned, std::string container,
            std::string prefix, std::uint64_t packed_bytes);
  void pop();
  void take_member(const Member& member);
  void take_file(const Member& member, std::string path);
  void find_shadowed_names(Frame& frame);
  std::string path_in_frame(Frame& frame, const std::string& checked);
  void take_link(Frame& frame, const Member& member, std::string path);
  void tell_links(Frame& frame);
  std::string describe(const Frame& frame, const PendingLink& link) const;
  std::uint64_t room(const Frame& frame) const;
  void give_up(Frame& frame, const std::string& path);
  bool descend(const std::string& path, std::string& bytes);
  void tell(Frame& frame, GapKind kind, const std::string& path, std::string reason);
  void tell_notes(const std::string& path, std::vector<Intake::Note> notes);
  void tell_problems(Frame& frame, std::vector<Problem> problems);
  void expect_repeated_paths(const Frame& frame);
  void stop(std::string reason);

  const Limits& limits_;
  Intake intake_;
  std::vector<Frame> stack_;
  Frame folder_;  // only its links are used
  bool is_stopped_ = false;
};

}  // namespace assay
