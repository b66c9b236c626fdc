// Reads tar: ustar, pax and GNU long names, byte for byte. Where readers disagree it sees the
// union: npm's reader goes on after broken headers and after the end-of-archive mark, Python's
// stops, so members found there are given too, and told. Sparse files are given as they are stored.
// Formats: POSIX pax (IEEE Std 1003.1-2017), GNU tar manual "Basic Tar Format".
#pragma once

#include <array>
#include <map>
#include <optional>

#include "package/archive/member.h"
#include "package/archive/stream.h"

namespace assay {

class TarReader final : public MemberReader {
 public:
  explicit TarReader(Stream stream);

  bool next(Member& member) override;
  Content read(std::size_t limit_bytes) override;

 private:
  static constexpr std::size_t block_bytes = 512;
  using Records = std::map<std::string, std::string, std::less<>>;

  // Moves past up to `count` bytes, appending them to `out` when given; fewer only at the end.
  std::uint64_t take(std::uint64_t count, std::string* out);
  bool refill();
  bool next_block(std::string_view& block);
  bool next_header(std::string_view& block);
  void skip_contents();

  // Reads what a meta member (pax records, GNU long names) says about the next one.
  void read_meta(char type, std::uint64_t size, const std::string& name);
  void parse_records(std::string_view text, Records& records);
  void apply_records(Member& member);
  bool describe(std::string_view block, Member& member);
  void settle_contents(char type, Member& member);
  void report_hidden_prefix(std::string_view block, const std::string& name);
  void report_sparse(const std::string& name);
  void report_stray_blocks();
  void report_stream_end();

  Stream stream_;
  std::string_view chunk_;
  std::array<char, block_bytes> scratch_{};

  std::uint64_t offset_ = 0;    // of the next byte to take
  std::uint64_t contents_ = 0;  // left of the current member
  std::uint64_t padding_ = 0;   // after them
  std::string current_name_;
  bool was_truncated_ = false;

  Records records_;  // about the next member
  std::optional<std::string> long_name_;
  std::optional<std::string> long_link_;

  bool is_past_end_mark_ = false;
  bool told_members_past_end_ = false;
  bool is_finished_ = false;
  std::uint64_t stray_blocks_ = 0;  // neither header nor contents nor zeros
  std::uint64_t stray_at_ = 0;      // where the first one was
  bool stray_past_end_mark_ = false;
};

// Whether an unpacked stream is a tar archive: a header at its start, nothing but zeros, or a
// header behind something else, as npm's reader would find it.
bool looks_like_tar(std::string_view head);

}  // namespace assay
