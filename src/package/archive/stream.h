// Undoes gzip, bzip2, xz and zstd, piece by piece and never more than a stated number of bytes, so
// that a small file cannot become a huge one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "package/archive/format.h"
#include "package/package.h"

namespace assay {

struct StreamProblem {
  GapKind kind = GapKind::malformed;
  std::string reason;
};

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // The next bytes, valid until the next call; empty at the end.
  virtual std::string_view next() = 0;
  // Set once the end was reached, when it is not the end that the format promises.
  const std::optional<StreamProblem>& problem() const { return problem_; }

 protected:
  void end_with(GapKind kind, std::string reason) { problem_ = {kind, std::move(reason)}; }

 private:
  std::optional<StreamProblem> problem_;
};

// An unpacked stream: the first part in memory, so that names can be surveyed before members are
// read, and a source for the rest when there is more.
class Stream {
 public:
  // `format` none or tar: the bytes as they are.
  static Stream open(std::string_view packed, ArchiveFormat format, const Limits& limits);

  std::string_view head() const { return head_; }
  bool is_all_in_head() const { return rest_ == nullptr; }
  // What follows the head. Frees the head when it was unpacked into memory of our own.
  std::string_view next_after_head();
  const std::optional<StreamProblem>& problem() const;

 private:
  void fill_head(std::size_t packed_bytes);

  // Behind pointers, so that moving a Stream leaves `head_` valid.
  std::unique_ptr<char[]> owned_head_;
  std::unique_ptr<const std::string> grown_head_;
  std::string_view head_;
  std::unique_ptr<ByteSource> rest_;
  std::optional<StreamProblem> head_problem_;
};

// At most this many bytes may come out of `packed_bytes`.
std::uint64_t allowed_unpacked_bytes(std::uint64_t packed_bytes, const Limits& limits);

// For the packed formats. Stops with a bomb problem after `most_bytes`.
std::unique_ptr<ByteSource> open_packed(std::string_view packed, ArchiveFormat format,
                                        std::uint64_t most_bytes);

}  // namespace assay
