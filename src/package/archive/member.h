// What the readers of archive formats have in common: members one after the other, and what was
// odd about them. Names are raw here: nothing outside member_path.h may use one as a path.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "package/package.h"

namespace assay {

enum class MemberKind : std::uint8_t { file, directory, symbolic_link, hard_link, device };

struct Member {
  std::string raw_name;  // bytes of the archive
  MemberKind kind = MemberKind::file;
  std::string link_target;
  std::uint64_t size_bytes = 0;  // as declared
  bool executable = false;
};

struct Content {
  std::string bytes;
  std::uint64_t size_bytes = 0;  // of the whole, also when `bytes` is only its start
};

// A gap whose path is still a raw name; empty for the archive as a whole.
struct Problem {
  GapKind kind = GapKind::malformed;
  std::string raw_name;
  std::string reason;
};

class MemberReader {
 public:
  MemberReader() = default;
  MemberReader(const MemberReader&) = delete;
  MemberReader& operator=(const MemberReader&) = delete;
  virtual ~MemberReader() = default;

  // False at the end, or where reading on is impossible (then a problem says so).
  virtual bool next(Member& member) = 0;
  // Whether what comes out is bounded at its source, so that declared sizes need no check.
  virtual bool is_bounded() const { return true; }
  // Contents of the member that next() gave, at most `limit_bytes` of them. Call it at most once.
  virtual Content read(std::size_t limit_bytes) = 0;

  // What was odd since the last call.
  std::vector<Problem> take_problems() { return std::exchange(problems_, {}); }

 protected:
  void report(GapKind kind, std::string raw_name, std::string reason) {
    problems_.push_back({kind, std::move(raw_name), std::move(reason)});
  }

 private:
  std::vector<Problem> problems_;
};

}  // namespace assay
