#include "package/archive/tar.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t block_size = 512;

// Long names and pax records of real archives have a few KiB.
constexpr std::uint64_t meta_limit_bytes = 1_MiB;

struct Field {
  std::size_t at;
  std::size_t bytes;
};
constexpr Field name_field = {0, 100};
constexpr Field mode_field = {100, 8};
constexpr Field size_field = {124, 12};
constexpr std::size_t type_at = 156;
constexpr Field link_field = {157, 100};
constexpr Field magic_field = {257, 8};
constexpr Field prefix_field = {345, 155};

std::string_view text_of(std::string_view block, Field field) {
  const std::string_view text = block.substr(field.at, field.bytes);
  return text.substr(0, text.find('\0'));
}

// Octal digits, or GNU's base 256 when the first bit is set. Nothing for what is neither, for
// negative numbers, and for numbers that no file has.
std::optional<std::uint64_t> number_of(std::string_view block, Field field) {
  constexpr std::uint64_t largest = std::uint64_t{1} << 60;
  std::string_view digits = block.substr(field.at, field.bytes);
  std::uint64_t value = 0;
  if ((static_cast<unsigned char>(digits[0]) & 0x80) != 0) {
    if (static_cast<unsigned char>(digits[0]) != 0x80) return std::nullopt;
    for (const char c : digits.substr(1)) {
      if (value >= largest >> 8) return std::nullopt;
      value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
  }
  while (!digits.empty() && digits.front() == ' ') digits.remove_prefix(1);
  std::size_t count = 0;
  while (count < digits.size() && digits[count] >= '0' && digits[count] <= '7') {
    value = value << 3 | static_cast<std::uint64_t>(digits[count++] - '0');
  }
  const bool is_ended = count == digits.size() || digits[count] == ' ' || digits[count] == '\0';
  return is_ended && value < largest ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

bool is_zero(std::string_view block) {
  return block.find_first_not_of('\0') == std::string_view::npos;
}

bool is_meta(char type) { return "xXgLKN"sv.find(type) != std::string_view::npos; }

struct TypeMeaning {
  char type;
  MemberKind kind;
};
// Types that are not here are files: what POSIX asks readers to take unknown ones for.
constexpr std::array<TypeMeaning, 7> type_meanings = {{
    {'1', MemberKind::hard_link},
    {'2', MemberKind::symbolic_link},
    {'3', MemberKind::device},
    {'4', MemberKind::device},
    {'5', MemberKind::directory},
    {'6', MemberKind::device},
    {'D', MemberKind::directory},  // GNU incremental: contents are a listing
}};
constexpr std::string_view file_types =
    "0\0"
    "7S"sv;

MemberKind kind_of(char type) {
  const auto* found = std::ranges::find(type_meanings, type, &TypeMeaning::type);
  return found != type_meanings.end() ? found->kind : MemberKind::file;
}

// "ustar\0" splits long names in two; GNU's "ustar  " keeps other things in that place.
std::string ustar_name(std::string_view block) {
  std::string name(text_of(block, name_field));
  if (text_of(block, magic_field) != "ustar"sv) return name;
  const std::string_view prefix = text_of(block, prefix_field);
  return prefix.empty() ? name : fmt::format("{}/{}", prefix, name);
}

}  // namespace

bool looks_like_tar(std::string_view head) {
  bool only_zeros = head.size() >= block_size;
  for (std::size_t at = 0; at + block_size <= head.size(); at += block_size) {
    const std::string_view block = head.substr(at, block_size);
    if (is_tar_header(block)) return at == 0 || block.substr(magic_field.at).starts_with("ustar");
    only_zeros = only_zeros && is_zero(block);
  }
  return only_zeros;
}

TarReader::TarReader(Stream stream) : stream_(std::move(stream)), chunk_(stream_.head()) {}

bool TarReader::refill() {
  if (!chunk_.empty()) return true;
  if (is_finished_) return false;
  chunk_ = stream_.next_after_head();
  is_finished_ = chunk_.empty();
  return !is_finished_;
}

std::uint64_t TarReader::take(std::uint64_t count, std::string* out) {
  std::uint64_t taken = 0;
  while (taken < count && refill()) {
    const auto piece =
        static_cast<std::size_t>(std::min<std::uint64_t>(count - taken, chunk_.size()));
    if (out != nullptr) out->append(chunk_.data(), piece);
    chunk_.remove_prefix(piece);
    taken += piece;
  }
  offset_ += taken;
  return taken;
}

bool TarReader::next_block(std::string_view& block) {
  if (chunk_.size() >= block_bytes) {
    block = chunk_.substr(0, block_bytes);
    chunk_.remove_prefix(block_bytes);
    offset_ += block_bytes;
    return true;
  }
  std::string joined;
  const std::uint64_t taken = take(block_bytes, &joined);
  if (taken == 0) return false;
  // A last block that is cut short counts as one filled up with zeros.
  joined.resize(block_bytes);
  std::ranges::copy(joined, scratch_.begin());
  block = {scratch_.data(), block_bytes};
  return true;
}

// Passes over zeros and whatever else is no header.
bool TarReader::next_header(std::string_view& block) {
  while (next_block(block)) {
    if (is_tar_header(block)) return true;
    if (is_zero(block)) {
      is_past_end_mark_ = true;
      continue;
    }
    if (stray_blocks_++ == 0) {
      stray_at_ = offset_ - block_bytes;
      stray_past_end_mark_ = is_past_end_mark_;
    }
  }
  return false;
}

void TarReader::skip_contents() {
  if (take(contents_, nullptr) < contents_) {
    was_truncated_ = true;
    report(GapKind::truncated, current_name_, "the archive ends within this member");
  }
  take(padding_, nullptr);
  contents_ = 0;
  padding_ = 0;
}

bool TarReader::next(Member& member) {
  std::string_view block;
  while (true) {
    skip_contents();
    if (!next_header(block)) break;
    if (describe(block, member)) return true;
  }
  report_stray_blocks();
  report_stream_end();
  return false;
}

// True when `member` is to be handed out, false when the header said something about the next one.
bool TarReader::describe(std::string_view block, Member& member) {
  const char type = block[type_at];
  const std::uint64_t header_at = offset_ - block_bytes;
  member = {};
  member.raw_name = ustar_name(block);
  member.kind = kind_of(type);
  member.link_target = text_of(block, link_field);
  report_hidden_prefix(block, member.raw_name);
  member.executable = (number_of(block, mode_field).value_or(0) & 0111) != 0;
  const std::optional<std::uint64_t> size = number_of(block, size_field);
  if (!size) report(GapKind::malformed, member.raw_name, "its size is no number");
  member.size_bytes = size.value_or(0);
  if (is_meta(type)) {
    read_meta(type, member.size_bytes, member.raw_name);
    return false;
  }
  apply_records(member);
  if (is_past_end_mark_ && !told_members_past_end_) {
    told_members_past_end_ = true;
    report(GapKind::polyglot, member.raw_name,
           fmt::format("stands after the end-of-archive mark, at byte {}: npm would unpack it, pip "
                       "would not; examined",
                       header_at));
  }
  settle_contents(type, member);
  return true;
}

// Contents are a file's only: for all others, the blocks that would follow are taken for headers,
// as Python's reader does and npm's for directories.
void TarReader::settle_contents(char type, Member& member) {
  // Before ustar, a slash at the end made a directory.
  if (member.kind == MemberKind::file && member.raw_name.ends_with('/')) {
    member.kind = MemberKind::directory;
  }
  current_name_ = member.raw_name;
  if (member.kind == MemberKind::file) {
    if (file_types.find(type) == std::string_view::npos) {
      report(GapKind::malformed, member.raw_name,
             fmt::format("a member of unknown type '{}'; examined as a file",
                         escape_for_display({&type, 1})));
    }
    if (type == 'S') report_sparse(member.raw_name);
    contents_ = member.size_bytes;
  } else {
    if (member.size_bytes != 0 && member.kind != MemberKind::directory) {
      report(GapKind::malformed, member.raw_name,
             fmt::format("a link or device with {} bytes of contents", member.size_bytes));
    }
    if (type == 'D') contents_ = member.size_bytes;
    member.size_bytes = 0;
  }
  padding_ = (block_bytes - contents_ % block_bytes) % block_bytes;
}

// Python puts the prefix before the name in every format, npm in ustar only.
void TarReader::report_hidden_prefix(std::string_view block, const std::string& name) {
  const std::string_view prefix = text_of(block, prefix_field);
  if (prefix.empty() || text_of(block, magic_field) == "ustar"sv) return;
  report(GapKind::polyglot, name,
         fmt::format("some readers put \"{}/\" before its name", escape_for_display(prefix, 200)));
}

void TarReader::report_sparse(const std::string& name) {
  report(GapKind::unsupported, name, "a sparse file; examined as stored");
}

void TarReader::read_meta(char type, std::uint64_t size, const std::string& name) {
  padding_ = (block_bytes - size % block_bytes) % block_bytes;
  if (size > meta_limit_bytes) {
    report(GapKind::too_large, name,
           fmt::format("{} bytes that describe the next member exceed {}", size, meta_limit_bytes));
    contents_ = size;
    current_name_ = name;
    return;
  }
  std::string text;
  const std::uint64_t taken = take(size, &text);
  if (taken < size) {
    was_truncated_ = true;
    report(GapKind::truncated, name, "the archive ends within the description of a member");
  }
  if (type == 'L' || type == 'N') {
    long_name_ = text.substr(0, text.find('\0'));
  } else if (type == 'K') {
    long_link_ = text.substr(0, text.find('\0'));
  } else if (type == 'g') {
    Records global;
    parse_records(text, global);
    if (global.contains("path") || global.contains("linkpath") || global.contains("size")) {
      report(GapKind::malformed, name, "a global header that renames or resizes every member");
    }
  } else {
    parse_records(text, records_);
  }
}

// Each record is "<length> <key>=<value>\n", its length counting all of it.
void TarReader::parse_records(std::string_view text, Records& records) {
  while (!text.empty() && !is_zero(text)) {
    const std::size_t space = text.find(' ');
    const std::optional<std::uint64_t> length =
        space == std::string_view::npos ? std::nullopt : decimal(text.substr(0, space));
    if (!length || *length <= space + 1 || *length > text.size() || text[*length - 1] != '\n') {
      report(GapKind::malformed, {}, "broken pax records");
      return;
    }
    const std::string_view record = text.substr(space + 1, *length - space - 2);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos) {
      report(GapKind::malformed, {}, "broken pax records");
      return;
    }
    records[std::string(record.substr(0, equals))] = record.substr(equals + 1);
    text.remove_prefix(static_cast<std::size_t>(*length));
  }
}

void TarReader::apply_records(Member& member) {
  if (long_name_) member.raw_name = *long_name_;
  if (long_link_) member.link_target = *long_link_;
  long_name_.reset();
  long_link_.reset();
  if (records_.empty()) return;
  for (const auto& [key, value] : records_) {
    if (key == "path") {
      member.raw_name = value;
    } else if (key == "linkpath") {
      member.link_target = value;
    } else if (key == "size") {
      const std::optional<std::uint64_t> size = decimal(value);
      if (!size) report(GapKind::malformed, member.raw_name, "its pax size is no number");
      member.size_bytes = size.value_or(member.size_bytes);
    }
  }
  if (const auto name = records_.find("GNU.sparse.name"); name != records_.end()) {
    member.raw_name = name->second;
  }
  if (std::ranges::any_of(
          records_, [](const auto& record) { return record.first.starts_with("GNU.sparse."); })) {
    report_sparse(member.raw_name);
  }
  records_.clear();
}

Content TarReader::read(std::size_t limit_bytes) {
  Content content;
  content.size_bytes = contents_;
  const std::uint64_t wanted = std::min<std::uint64_t>(contents_, limit_bytes);
  // No more than can come, when all of it is there already.
  content.bytes.reserve(static_cast<std::size_t>(
      stream_.is_all_in_head() ? std::min<std::uint64_t>(wanted, chunk_.size()) : wanted));
  const std::uint64_t taken = take(wanted, &content.bytes);
  contents_ -= taken;
  if (taken < wanted) {
    was_truncated_ = true;
    report(GapKind::truncated, current_name_,
           fmt::format("the archive ends after {} of its {} bytes", taken, content.size_bytes));
    content.size_bytes = taken;
    contents_ = 0;
  }
  return content;
}

void TarReader::report_stray_blocks() {
  if (stray_blocks_ == 0) return;
  const std::uint64_t count = stray_blocks_;
  stray_blocks_ = 0;
  const bool outside = stray_past_end_mark_ || stray_at_ == 0;
  report(outside ? GapKind::polyglot : GapKind::malformed, {},
         fmt::format("{} blocks of 512 bytes {}, from byte {} on, are no part of the tar archive",
                     count,
                     stray_past_end_mark_ ? "after its end"
                     : stray_at_ == 0     ? "before its first member"
                                          : "between members",
                     stray_at_));
}

void TarReader::report_stream_end() {
  const std::optional<StreamProblem>& problem = stream_.problem();
  if (!problem || (problem->kind == GapKind::truncated && was_truncated_)) return;
  report(problem->kind, {}, problem->reason);
}

}  // namespace assay
