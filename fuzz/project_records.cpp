// Bytes of a registry's documents about a project, and what follows from them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ecosystems/npm/project_record.h"
#include "ecosystems/pypi/project_record.h"
#include "facts/metadata/metadata_facts.h"

namespace {

using namespace assay;

void follow(const ProjectRecord& record) {
  const Time now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  CHECK(!read_metadata(record, "no such version", now).release);
  if (record.releases.empty()) return;
  for (const ReleaseRecord* release : {&record.releases.front(), &record.releases.back()}) {
    CHECK(read_metadata(record, release->version, now).listed() != nullptr);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const Result<ProjectRecord> npm = parse_npm_record(text)) follow(*npm);
  const Url page = *parse_url("https://pypi.example.test/simple/adds/");
  if (Result<ProjectRecord> pypi = parse_pypi_record("adds", text, page)) {
    (void)add_pypi_document(text, *pypi);
    follow(*pypi);
  }
  (void)parse_pypi_provenance(text);
  (void)parse_npm_keys(text);
  return 0;
}
