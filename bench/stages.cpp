// CPU time of each stage of a scan over the archives of a folder, one thread, no cache.
//
//   cmake --preset release -DASSAY_BENCH=ON && cmake --build --preset release --target assay_stages
//   build/release/bench/assay_stages FOLDER
#include <fmt/core.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/javascript/parser.h"
#include "facts/code/python/parser.h"
#include "facts/facts.h"
#include "facts/lexical/lexical_facts.h"
#include "facts/observe.h"
#include "package/archive/archive.h"
#include "rules/rule.h"
#include "scan/scan.h"

namespace {

using namespace assay;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Stage {
  std::string_view name;
  double seconds = 0;
  double bytes = 0;
};

enum : std::size_t { unpack, lex, parse, facts, rules, whole, stages };

template <typename Work>
auto timed(Stage& stage, double bytes, const Work& work) {
  const double start = cpu_seconds();
  auto result = work();
  stage.seconds += cpu_seconds() - start;
  stage.bytes += bytes;
  return result;
}

double lex_all(const Package& package) {
  double bytes = 0;
  for (const File& file : package.files) {
    const bool is_code = file.kind == FileKind::javascript || file.kind == FileKind::typescript ||
                         file.kind == FileKind::python || file.kind == FileKind::shell;
    if (!is_code) continue;
    read_lexical_facts(file.bytes, true);
    bytes += static_cast<double>(file.bytes.size());
  }
  return bytes;
}

double parse_all(const Package& package) {
  double bytes = 0;
  for (const File& file : package.files) {
    if (file.kind == FileKind::python) {
      code::parse_python(file.bytes);
    } else if (file.kind == FileKind::javascript || file.kind == FileKind::typescript) {
      code::parse_javascript(file.bytes, {.typescript = file.kind == FileKind::typescript});
    } else {
      continue;
    }
    bytes += static_cast<double>(file.bytes.size());
  }
  return bytes;
}

void measure(const std::string& path, std::array<Stage, stages>& table) {
  const auto archive_bytes = static_cast<double>(std::filesystem::file_size(path));
  Observer observer;
  const Result<Package> package = timed(table[unpack], archive_bytes, [&] {
    return read_path(path, {}, [&](File& file) { observer.look_at(file); });
  });
  if (!package) return;
  const double start = cpu_seconds();
  table[lex].bytes += lex_all(*package);
  const double lexed = cpu_seconds();
  table[lex].seconds += lexed - start;
  table[parse].bytes += parse_all(*package);
  table[parse].seconds += cpu_seconds() - lexed;
  const Facts collected =
      timed(table[facts], archive_bytes, [&] { return collect_facts(*package, &observer); });
  timed(table[rules], archive_bytes, [&] { return run_rules(all_rules(), collected); });
  timed(table[whole], archive_bytes, [&] {
    Observer again;
    const Result<Package> fresh = read_path(path, {}, [&](File& file) { again.look_at(file); });
    return scan_package(*fresh, {}, &again).findings.size();
  });
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: assay_stages FOLDER\n");
    return 2;
  }
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[1])) {
    if (entry.is_regular_file() && entry.path().extension() != ".tsv")
      paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  std::array<Stage, stages> table{
      {{"unpack"}, {"lex"}, {"parse"}, {"facts"}, {"rules"}, {"whole scan"}}};
  for (const std::string& path : paths) measure(path, table);
  fmt::print("| stage | CPU s | MB of input | MB/s | ms a package |\n|---|---|---|---|---|\n");
  for (const Stage& stage : table) {
    fmt::print("| {} | {:.2f} | {:.1f} | {:.0f} | {:.2f} |\n", stage.name, stage.seconds,
               stage.bytes / 1e6, stage.bytes / 1e6 / std::max(stage.seconds, 1e-9),
               stage.seconds * 1e3 / static_cast<double>(std::max<std::size_t>(paths.size(), 1)));
  }
  const double floor = table[unpack].seconds + table[lex].seconds;
  fmt::print("\nwhole scan / (unpack + lex) = {:.2f}, {} archives\n", table[whole].seconds / floor,
             paths.size());
}
