#include "package/archive/open_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "package/archive/member_path.h"
#include "package/archive/stream.h"
#include "package/archive/tar.h"
#include "package/archive/zip.h"

namespace assay {
namespace {

// A compressed file that is no archive: "data.json.gz" holds "data.json".
class SingleFileReader final : public MemberReader {
 public:
  SingleFileReader(Stream stream, std::string name)
      : stream_(std::move(stream)), name_(std::move(name)) {}

  bool next(Member& member) override {
    if (is_given_) return false;
    is_given_ = true;
    member = {};
    member.raw_name = name_;
    member.size_bytes = stream_.head().size();
    return true;
  }

  Content read(std::size_t limit_bytes) override {
    Content content;
    std::string_view piece = stream_.head();
    while (!piece.empty()) {
      content.size_bytes += piece.size();
      content.bytes.append(piece.substr(0, limit_bytes - content.bytes.size()));
      piece = stream_.next_after_head();
    }
    if (stream_.problem()) report(stream_.problem()->kind, name_, stream_.problem()->reason);
    return content;
  }

 private:
  Stream stream_;
  std::string name_;
  bool is_given_ = false;
};

std::string name_of_single_file(std::string_view file_name) {
  constexpr std::array<std::string_view, 4> endings = {".gz", ".bz2", ".xz", ".zst"};
  for (const std::string_view ending : endings) {
    if (ends_with_ignoring_case(file_name, ending) && file_name.size() > ending.size()) {
      return std::string(file_name.substr(0, file_name.size() - ending.size()));
    }
  }
  return "contents";
}

// As npm and pip name what they unpack with tar.
bool is_tar_name(std::string_view file_name) {
  return ends_with_ignoring_case(file_name, ".tgz") || ends_with_ignoring_case(file_name, ".tar") ||
         contains_ignoring_case(file_name, ".tar.");
}

void add_path(const Member& member, const Limits& limits, std::vector<std::string>& paths) {
  if (member.kind != MemberKind::file) return;
  CheckedPath checked = check_member_path(member.raw_name, limits);
  if (!checked.refused) paths.push_back(std::move(checked.path));
}

Survey survey_tar(const Stream& stream, const Limits& limits) {
  Survey survey;
  std::vector<std::string>& paths = survey.paths;
  TarReader reader(Stream::open(stream.head(), ArchiveFormat::tar, limits));
  Member member;
  while (paths.size() < limits.members && reader.next(member)) add_path(member, limits, paths);
  survey.is_complete = stream.is_all_in_head();
  return survey;
}

Result<OpenArchive> open_zip(std::string_view bytes, std::string_view file_name,
                             const Limits& limits) {
  ZipDirectory directory = TRY(read_zip_directory(bytes, limits));
  OpenArchive archive;
  archive.is_zip = true;
  archive.unpacked_bytes = directory.measured_bytes;
  archive.reader = std::make_unique<ZipReader>(bytes, std::move(directory));
  Member member;
  ZipReader survey(bytes, {static_cast<ZipReader&>(*archive.reader).entries(), {}});
  while (survey.next(member)) add_path(member, limits, archive.survey.paths);
  archive.artifact = identify_archive(file_name, archive.survey);
  return archive;
}

}  // namespace

Result<OpenArchive> open_archive(std::string_view bytes, std::string_view file_name,
                                 const Limits& limits) {
  const ArchiveFormat format = sniff_archive(bytes);
  const bool is_named_tar = ends_with_ignoring_case(file_name, ".tar");
  if (format == ArchiveFormat::zip ||
      (format == ArchiveFormat::none && !is_named_tar && has_zip_directory(bytes))) {
    return open_zip(bytes, file_name, limits);
  }
  if (!is_readable(format) && !(is_named_tar && looks_like_tar(bytes))) {
    const bool is_known = format != ArchiveFormat::none;
    return fail(
        is_known ? ErrorKind::unsupported : ErrorKind::malformed,
        fmt::format("{}: {}", file_name,
                    is_known ? fmt::format("{} archives are not read", to_string(format))
                             : std::string("not a tar, gzip, bzip2, xz, zstd or zip archive")));
  }
  Stream stream = Stream::open(bytes, format, limits);
  if (stream.head().empty() && stream.problem()) {
    const bool is_large =
        stream.problem()->kind == GapKind::too_large || stream.problem()->kind == GapKind::bomb;
    return fail(is_large ? ErrorKind::limit : ErrorKind::malformed,
                fmt::format("{}: {}", file_name, stream.problem()->reason));
  }
  OpenArchive archive;
  if (format != ArchiveFormat::tar) archive.unpacked_bytes = stream.head().size();
  if (format == ArchiveFormat::tar || looks_like_tar(stream.head())) {
    archive.survey = survey_tar(stream, limits);
    archive.artifact = identify_archive(file_name, archive.survey);
    archive.reader = std::make_unique<TarReader>(std::move(stream));
  } else {
    if (is_tar_name(file_name)) {
      archive.problems.push_back(
          {GapKind::malformed,
           {},
           "no tar archive, although its name says so: examined as one file"});
    }
    archive.reader =
        std::make_unique<SingleFileReader>(std::move(stream), name_of_single_file(file_name));
  }
  return archive;
}

OpenArchive open_hidden_zip(std::string_view bytes, const Limits& limits) {
  if (!has_zip_directory(bytes)) return {};
  Result<OpenArchive> archive = open_zip(bytes, {}, limits);
  return archive ? std::move(*archive) : OpenArchive{};
}

}  // namespace assay
