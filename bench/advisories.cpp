// How long it takes to make, open and ask an index of advisories, over made-up records that are as
// the published ones: mostly malware, by ranges or by versions, and some long-lived packages.
//   assay_bench_advisories [RECORDS]                 in memory
//   assay_bench_advisories RECORDS --write FOLDER    the records as files, to try `assay db update`
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/mapped_file.h"
#include "facts/advisories/advisory_index.h"
#include "facts/advisories/index_builder.h"

using namespace assay;

namespace {

double milliseconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC;
}

std::string name_of(std::size_t number) { return fmt::format("made-up-package-{}", number); }

std::string malware(std::size_t number, bool is_npm, bool has_versions) {
  const char* ecosystem = is_npm ? "npm" : "PyPI";
  const std::string where =
      has_versions ? R"("versions": ["1.0.0", "1.0.1", "99.9.9"])"
                   : R"("ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}])";
  return fmt::format(
      R"({{"schema_version": "1.5.0", "id": "MAL-2026-{0}", "modified": "2026-01-02T03:04:05Z",)"
      R"j("published": "2026-01-01T00:00:00Z", "summary": "Malicious code in {1} ({2})",)j"
      R"("details": "The package {1} was found to contain malicious code. {3:*<600}",)"
      R"("affected": [{{"package": {{"ecosystem": "{2}", "name": "{1}"}}, {4},)"
      R"("database_specific": {{"cwes": [{{"cweId": "CWE-506"}}]}}}}],)"
      R"("credits": [{{"name": "A finder", "type": "FINDER"}}]}})",
      number, name_of(number), ecosystem, "", where);
}

std::string vulnerability(std::size_t number, bool is_npm) {
  std::string versions;
  for (int i = 0; i < 60; ++i) versions += fmt::format("{}\"1.{}.0\"", i == 0 ? "" : ", ", i);
  return fmt::format(
      R"({{"id": "GHSA-{0:04x}-made-upid", "modified": "2026-01-02T03:04:05Z",)"
      R"("aliases": ["CVE-2026-{0}"], "summary": "Something about input number {0} goes wrong",)"
      R"("details": "{1:*<1500}", "database_specific": {{"severity": "MODERATE"}},)"
      R"("affected": [{{"package": {{"ecosystem": "{2}", "name": "{3}"}}, "ranges": [{{"type":)"
      R"("ECOSYSTEM", "events": [{{"introduced": "1.2.0"}}, {{"fixed": "1.40.1"}}]}}],)"
      R"("versions": [{4}]}}]}})",
      number, "", is_npm ? "npm" : "PyPI", name_of(number % 5000), is_npm ? "" : versions);
}

std::string record(std::size_t number) {
  if (number % 20 == 0) return vulnerability(number, number % 40 == 0);
  return malware(number, number % 10 != 1, number % 3 == 0);
}

void write_files(std::size_t count, const std::string& folder) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string inside = fmt::format("{}/{}", folder, i / 1000);
    if (i % 1000 == 0) std::filesystem::create_directories(inside);
    std::ofstream(fmt::format("{}/{}.json", inside, i)) << record(i);
  }
}

void ask(const AdvisoryIndex& index, std::size_t count) {
  constexpr std::size_t asked = 200'000;
  std::mt19937_64 random(3);
  std::size_t found = 0;
  std::clock_t start = std::clock();
  for (std::size_t i = 0; i < asked; ++i) {
    const Ecosystem ecosystem = i % 2 == 0 ? Ecosystem::npm : Ecosystem::pypi;
    const auto advisories = index.find(ecosystem, name_of(random() % count));
    found += advisories && !advisories->empty() ? 1 : 0;
  }
  fmt::print("look-up   {:.2f} us each, {} of {} found\n", milliseconds_since(start) * 1000 / asked,
             found, asked);
  start = std::clock();
  const bool is_sound = index.verify().has_value();
  fmt::print("verify    {:.0f} ms: {}\n", milliseconds_since(start), is_sound ? "sound" : "broken");
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::size_t count = argument_count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 500'000;
  if (argument_count > 3) {
    write_files(count, arguments[3]);
    return 0;
  }
  AdvisoryIndexBuilder builder;
  double import_ms = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string json = record(i);
    bytes += json.size();
    const std::clock_t start = std::clock();
    if (!builder.add(json)) return 1;
    import_ms += milliseconds_since(start);
  }
  const std::clock_t start = std::clock();
  const std::string index_bytes = builder.build(Time());
  fmt::print("import    {:.1f} s for {} records of {:.0f} MB, then {:.1f} s to build\n",
             import_ms / 1000, count, static_cast<double>(bytes) / 1e6,
             milliseconds_since(start) / 1000);
  fmt::print("size      {:.1f} MB\n", static_cast<double>(index_bytes.size()) / 1e6);

  const std::string path = std::filesystem::temp_directory_path() / "assay-bench-advisories";
  std::ofstream(path, std::ios::binary) << index_bytes;
  const auto opening = std::chrono::steady_clock::now();
  const Result<MappedFile> file = MappedFile::open(path, std::size_t{1} << 32);
  const Result<AdvisoryIndex> index =
      file ? AdvisoryIndex::open(file->bytes()) : std::unexpected(file.error());
  if (!index) return 1;
  fmt::print("open      {:.2f} ms\n",
             std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - opening)
                 .count());
  ask(*index, count);
  std::remove(path.c_str());
}
