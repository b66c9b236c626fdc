#include "package/archive/unpacker.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "package/archive/kinds.h"
#include "package/archive/member_path.h"
#include "package/archive/stream.h"

namespace assay {
namespace {

// Of members that are too large to keep: enough for classify_file().
constexpr std::size_t sniffed_bytes = 4096;

// Links that wait for all members to be known; an honest package has a handful.
constexpr std::size_t most_pending_links = 1000;

std::string applied(const Artifact& artifact, std::string_view path) {
  const std::string_view rest = without_first_component(path);
  const bool strips =
      artifact.strip == Strip::first ||
      (artifact.strip == Strip::common && first_component(path) == artifact.common_folder);
  return std::string(strips && !rest.empty() ? rest : path);
}

GapKind gap_kind(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unsupported: return GapKind::unsupported;
    case ErrorKind::limit: return GapKind::bomb;
    default: return GapKind::malformed;
  }
}

}  // namespace

Unpacker::Unpacker(Package& package, const Limits& limits, const FileVisitor& visit)
    : limits_(limits), intake_(package, limits, visit) {}

void Unpacker::add_gap(GapKind kind, std::string path, std::string reason) {
  intake_.add_gap(kind, std::move(path), std::move(reason));
}

void Unpacker::add_link(std::string path, std::string target) {
  folder_.links.push_back({std::move(path), std::move(target), false});
}

void Unpacker::finish() {
  tell_links(folder_);
  intake_.finish();
}

void Unpacker::stop(std::string reason) {
  if (!is_stopped_) intake_.add_gap(GapKind::bomb, {}, std::move(reason));
  is_stopped_ = true;
}

void Unpacker::unpack(OpenArchive archive, std::uint64_t packed_bytes, std::string prefix) {
  push(std::move(archive), nullptr, {}, std::move(prefix), packed_bytes);
  run();
}

void Unpacker::add_file(std::string path, std::string bytes, bool executable) {
  if (is_stopped_) return;
  if (!intake_.has_room_for_member())
    return stop(fmt::format("more than {} members", limits_.members));
  if (bytes.size() > intake_.room_bytes()) {
    return stop(fmt::format("more than {} unpacked", readable_size(limits_.unpacked_bytes)));
  }
  intake_.count_member();
  intake_.count_unpacked(bytes.size());
  if (descend(path, bytes)) return run();
  File file;
  file.path = path;
  file.bytes = std::move(bytes);
  file.executable = executable;
  for (Intake::Note& note : intake_.add(std::move(file))) {
    intake_.add_gap(note.kind, path, std::move(note.reason));
  }
}

void Unpacker::push(OpenArchive archive, std::unique_ptr<std::string> owned, std::string container,
                    std::string prefix, std::uint64_t packed_bytes) {
  Frame frame;
  frame.depth = stack_.empty() ? (container.empty() ? 1 : 2) : stack_.back().depth + 1;
  frame.owned_bytes = std::move(owned);
  frame.archive = std::move(archive);
  frame.container = std::move(container);
  frame.prefix = std::move(prefix);
  frame.allowed_bytes = allowed_unpacked_bytes(packed_bytes, limits_);
  if (frame.archive.artifact.strip == Strip::first) find_shadowed_names(frame);
  expect_repeated_paths(frame);
  tell_problems(frame, std::move(frame.archive.problems));
  stack_.push_back(std::move(frame));
}

void Unpacker::expect_repeated_paths(const Frame& frame) {
  std::vector<std::string_view> sorted(frame.archive.survey.paths.begin(),
                                       frame.archive.survey.paths.end());
  std::ranges::sort(sorted);
  auto at = sorted.begin();
  while ((at = std::adjacent_find(at, sorted.end())) != sorted.end()) {
    intake_.expect_again(frame.prefix + applied(frame.archive.artifact, *at));
    ++at;
  }
}

// npm does not unpack what stands beside the folder that it takes off, other clients do: such a
// file must not take the place of the one inside.
void Unpacker::find_shadowed_names(Frame& frame) {
  for (const std::string& path : frame.archive.survey.paths) {
    if (!contains(path, "/")) frame.shadowed.insert(path);
  }
  if (frame.shadowed.empty()) return;
  std::set<std::string, std::less<>> both;
  for (const std::string& path : frame.archive.survey.paths) {
    const auto outside = frame.shadowed.find(without_first_component(path));
    if (outside != frame.shadowed.end()) both.insert(*outside);
  }
  frame.shadowed = std::move(both);
}

std::string Unpacker::path_in_frame(Frame& frame, const std::string& checked) {
  if (!frame.shadowed.contains(checked)) return applied(frame.archive.artifact, checked);
  tell(frame, GapKind::duplicate, checked,
       "stands beside the package's folder under a name that is also in it: clients disagree on "
       "which one counts; both were examined");
  return checked + "#outside";
}

void Unpacker::run() {
  Member member;
  while (!stack_.empty() && !is_stopped_) {
    const std::size_t depth = stack_.size();
    MemberReader& reader = *stack_.back().archive.reader;
    const bool has_member = reader.next(member);
    if (has_member) take_member(member);
    // A nested archive may have been put on top.
    Frame& frame = stack_[depth - 1];
    tell_problems(frame, reader.take_problems());
    if (!has_member || frame.is_given_up) pop();
  }
  while (!stack_.empty()) pop();
}

void Unpacker::pop() {
  Frame frame = std::move(stack_.back());
  tell_links(frame);
  stack_.pop_back();
  const std::string where = is_in_test_folder(frame.container) ? " in a test folder" : "";
  for (auto& [kind, told] : frame.told) {
    std::string reason = fmt::format("nested archive{}: {}", where, told.first);
    if (told.count > 1) reason += fmt::format("; and {} more like it", told.count - 1);
    intake_.add_gap(kind, frame.container, std::move(reason));
  }
}

void Unpacker::tell(Frame& frame, GapKind kind, const std::string& path, std::string reason) {
  if (frame.container.empty()) {
    intake_.add_gap(kind, frame.prefix + path, std::move(reason));
    return;
  }
  Frame::Told& told = frame.told[kind];
  if (told.count++ == 0) {
    told.first = path.empty() ? std::move(reason) : fmt::format("{}: {}", path, reason);
  }
}

void Unpacker::tell_problems(Frame& frame, std::vector<Problem> problems) {
  for (Problem& problem : problems) {
    std::string path;
    if (!problem.raw_name.empty()) {
      const CheckedPath checked = check_member_path(problem.raw_name, limits_);
      path = checked.refused ? checked.path : applied(frame.archive.artifact, checked.path);
    }
    tell(frame, problem.kind, path, std::move(problem.reason));
  }
}

void Unpacker::take_member(const Member& member) {
  if (!intake_.has_room_for_member())
    return stop(fmt::format("more than {} members", limits_.members));
  intake_.count_member();
  if (member.kind == MemberKind::directory) return;
  Frame& frame = stack_.back();
  CheckedPath checked = check_member_path(member.raw_name, limits_);
  std::string path = checked.refused ? checked.path : path_in_frame(frame, checked.path);
  if (member.kind != MemberKind::file) return take_link(frame, member, std::move(path));
  if (!checked.problem.empty()) tell(frame, GapKind::unsafe_path, path, checked.problem);
  if (checked.refused) return;
  take_file(member, std::move(path));
}

// Told when all members are known, to say whether the target was examined.
void Unpacker::take_link(Frame& frame, const Member& member, std::string path) {
  if (member.kind == MemberKind::device) {
    return tell(frame, GapKind::link, path, "a device or fifo, not examined");
  }
  frame.links.push_back(
      {std::move(path), member.link_target, member.kind == MemberKind::hard_link});
  // A million links need not be remembered until the end.
  if (frame.links.size() > most_pending_links) tell_links(frame);
}

void Unpacker::tell_links(Frame& frame) {
  for (const PendingLink& link : frame.links) {
    tell(frame, GapKind::link, link.path, describe(frame, link));
  }
  frame.links.clear();
}

std::string Unpacker::describe(const Frame& frame, const PendingLink& link) const {
  const std::string text =
      fmt::format("a {} link to {}, not followed", link.is_hard ? "hard" : "symbolic",
                  escape_for_display(link.target, 200));
  std::string target = resolve_link(link.path, link.target);
  if (link.is_hard) {
    const CheckedPath checked = check_member_path(link.target, limits_);
    target = checked.refused ? std::string() : applied(frame.archive.artifact, checked.path);
  }
  if (target.empty()) return text + ": it leads out of the package";
  return intake_.has(frame.prefix + target) ? text + "; that file is examined under its own path"
                                            : text;
}

std::uint64_t Unpacker::room(const Frame& frame) const {
  return std::min(frame.allowed_bytes - std::min(frame.allowed_bytes, frame.unpacked_bytes),
                  intake_.room_bytes());
}

void Unpacker::give_up(Frame& frame, const std::string& path) {
  if (room(frame) == intake_.room_bytes()) {
    return stop(fmt::format("unpacks to more than {}, reached at {}",
                            readable_size(limits_.unpacked_bytes), frame.prefix + path));
  }
  frame.is_given_up = true;
  tell(frame, GapKind::bomb, path,
       fmt::format("unpacks to more than {} times its size and more than {}; the rest was not "
                   "examined",
                   limits_.ratio, readable_size(limits_.ratio_floor_bytes)));
}

void Unpacker::take_file(const Member& member, std::string path) {
  Frame& frame = stack_.back();
  MemberReader& reader = *frame.archive.reader;
  const std::uint64_t room_bytes = room(frame);
  if (!reader.is_bounded() && member.size_bytes > room_bytes) return give_up(frame, path);
  const bool is_large = member.size_bytes > limits_.member_bytes;
  Content content = reader.read(is_large ? sniffed_bytes
                                         : static_cast<std::size_t>(std::min<std::uint64_t>(
                                               limits_.member_bytes, room_bytes)));
  tell_problems(frame, reader.take_problems());
  if (!is_large && content.size_bytes > room_bytes) return give_up(frame, path);
  const std::uint64_t counted = reader.is_bounded() ? content.bytes.size() : content.size_bytes;
  intake_.count_unpacked(counted);
  frame.unpacked_bytes += counted;
  File file;
  file.path = frame.prefix + path;
  file.size_bytes = content.size_bytes;
  file.executable = member.executable;
  if (content.size_bytes > limits_.member_bytes) {
    tell(frame, GapKind::too_large, path,
         fmt::format("{} exceeds {}; not examined", readable_size(content.size_bytes),
                     readable_size(limits_.member_bytes)));
    file.kind = classify_file(file.path, content.bytes);
    return tell_notes(path, intake_.add_unseen(std::move(file)));
  }
  // Takes the bytes when it is an archive to read; `frame` is not valid after that.
  if (descend(file.path, content.bytes)) return;
  file.bytes = std::move(content.bytes);
  tell_notes(path, intake_.add(std::move(file)));
}

void Unpacker::tell_notes(const std::string& path, std::vector<Intake::Note> notes) {
  for (Intake::Note& note : notes) tell(stack_.back(), note.kind, path, std::move(note.reason));
}

// True when `bytes` are an archive that is now on the stack.
bool Unpacker::descend(const std::string& path, std::string& bytes) {
  const ArchiveFormat format = sniff_archive(bytes);
  if (format == ArchiveFormat::none) return false;
  if (format == ArchiveFormat::zip && is_zip_based_document(path)) return false;
  const std::string where = is_in_test_folder(path) ? " in a test folder" : "";
  const int depth = stack_.empty() ? 1 : stack_.back().depth;
  if (depth >= limits_.nesting) {
    intake_.add_gap(GapKind::too_deep, path,
                    fmt::format("nested archive{}: more than {} archives inside one another", where,
                                limits_.nesting));
    return false;
  }
  auto owned = std::make_unique<std::string>(std::move(bytes));
  Limits left = limits_;
  left.unpacked_bytes = static_cast<std::size_t>(intake_.room_bytes());
  Result<OpenArchive> archive = open_archive(*owned, last_component(path), left);
  if (!archive) {
    intake_.add_gap(gap_kind(archive.error().kind), path,
                    fmt::format("nested archive{}: {}", where, archive.error().message));
    bytes = std::move(*owned);
    return false;
  }
  intake_.count_unpacked(archive->unpacked_bytes);
  if (is_disguised(path, FileKind::archive)) {
    intake_.add_gap(GapKind::wrong_type, path,
                    fmt::format("its contents are a {} archive, its name says {}; examined",
                                to_string(format), to_string(kind_by_name(path))));
  }
  File container;
  container.path = path;
  container.size_bytes = owned->size();
  container.kind = FileKind::archive;
  for (Intake::Note& note : intake_.add_unseen(std::move(container))) {
    intake_.add_gap(note.kind, path, std::move(note.reason));
  }
  const std::uint64_t packed_bytes = owned->size();
  push(std::move(*archive), std::move(owned), path, path + "!/", packed_bytes);
  return true;
}

}  // namespace assay
