#include "facts/advisories/import.h"

#include "base/text.h"
#include "package/archive/zip.h"

namespace assay {
namespace {

// OSV's archive of everything has a quarter of a million records of half a gigabyte.
Limits archive_limits() {
  Limits limits;
  limits.members = 5'000'000;
  limits.unpacked_bytes = std::size_t{64} << 30;
  limits.member_bytes = max_osv_bytes;
  return limits;
}

}  // namespace

void ImportProblems::add(std::string_view where, std::string_view reason) {
  ++count;
  if (told.size() < most_told) told.push_back(std::string(where) + ": " + std::string(reason));
}

bool is_advisory_file(std::string_view name) { return ends_with_ignoring_case(name, ".json"); }

void import_record(std::string_view json, std::string_view name, AdvisoryIndexBuilder& builder,
                   ImportProblems& problems) {
  const Result<void> added = builder.add(json);
  if (!added) problems.add(name, added.error().message);
}

Result<void> import_zip(std::string_view bytes, std::string_view name,
                        AdvisoryIndexBuilder& builder, ImportProblems& problems) {
  ZipDirectory directory = TRY(read_zip_directory(bytes, archive_limits()));
  for (const Problem& problem : directory.problems) problems.add(name, problem.reason);
  ZipReader reader(bytes, std::move(directory));
  Member member;
  while (reader.next(member)) {
    if (member.kind != MemberKind::file || !is_advisory_file(member.raw_name)) continue;
    if (member.size_bytes > max_osv_bytes) {
      problems.add(member.raw_name, "larger than 16 MB");
      continue;
    }
    const Content content = reader.read(max_osv_bytes);
    const std::vector<Problem> found = reader.take_problems();
    for (const Problem& problem : found) problems.add(member.raw_name, problem.reason);
    if (found.empty()) import_record(content.bytes, member.raw_name, builder, problems);
  }
  for (const Problem& problem : reader.take_problems()) problems.add(name, problem.reason);
  return {};
}

}  // namespace assay
