#include "scan/scan_targets.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numeric>

#include "base/hash.h"
#include "package/archive/archive.h"
#include "scan/in_order.h"
#include "scan/worker.h"

namespace assay {
namespace {

Observer observer_for(const ScanOptions& options) {
  const UserRules* rules = options.asked.user_rules;
  return Observer(rules == nullptr ? nullptr : rules->yara());
}

// What of a report another look at the same bytes would give again: all but whose it is.
Report examine(const Result<Package>& package, Observer& observer, const ScanOptions& options,
               double start) {
  if (!package) return failed_report({}, package.error());
  Report report = scan_package(*package, options.asked, &observer);
  report.cpu_seconds = thread_cpu_seconds() - start;
  return report;
}

// The report that an earlier scan kept, or a new one, which is kept when it is of these bytes.
template <typename MakeReport>
Report kept_or_new(const ScanOptions& options, const std::optional<ReportSubject>& subject,
                   const MakeReport& make) {
  if (options.cache == nullptr || !subject) return make();
  const std::string key = options.cache->key(*subject, options.limits, options.asked.policy);
  if (std::optional<Report> kept = options.cache->find(key)) return std::move(*kept);
  Report report = make();
  const bool is_archive = !report.error && report.kind != ArtifactKind::directory;
  if (is_archive && report.sha256 == subject->archive_sha256) options.cache->keep(key, report);
  return report;
}

Report scan_artifact(const Target& target, const FetchedArtifact& artifact,
                     const FetchedRelease& release, const ScanOptions& options) {
  std::vector<Gap> gaps;
  for (const UnfetchedFile& other : release.others) {
    if (!other.by_choice) gaps.push_back({GapKind::not_fetched, other.file_name, other.reason});
  }
  std::optional<ReportSubject> subject;
  if (options.cache != nullptr && gaps.empty()) {
    subject = {hash_hex(HashKind::sha256, artifact.bytes), artifact.file_name, artifact.id};
  }
  Report report = kept_or_new(options, subject, [&] {
    const double start = thread_cpu_seconds();
    Observer observer = observer_for(options);
    Result<Package> package = read_archive(artifact.bytes, artifact.file_name, options.limits,
                                           [&](File& file) { observer.look_at(file); });
    if (package) {
      package->id = artifact.id;
      std::ranges::move(gaps, std::back_inserter(package->gaps));
      std::ranges::sort(package->gaps);
    }
    return examine(package, observer, options, start);
  });
  report.target = target.given;
  report.archive = artifact.file_name;
  if (report.error) return report;
  for (const std::string& note : release.notes) report.notes.push_back(shown(note));
  return report;
}

std::vector<Report> scan_spec(const Target& target, const ScanOptions& options) {
  if (options.registry == nullptr) {
    const Error error{ErrorKind::refused, target.given + ": not fetched, because of --offline"};
    return {failed_report(target.given, error)};
  }
  Result<FetchedRelease> release = options.registry->fetch(*target.spec);
  if (!release) return {failed_report(target.given, release.error())};
  std::vector<Report> reports;
  for (FetchedArtifact& artifact : release->artifacts) {
    reports.push_back(scan_artifact(target, artifact, *release, options));
    artifact.bytes = std::string();  // The next one need not share memory with it.
  }
  return reports;
}

// Nothing for a folder, and for what cannot be read: reading it whole says why. Hashed while it is
// read in small pieces, which for a kept report is all that is done with the bytes.
std::optional<ReportSubject> subject_of_file(const std::string& path, const ScanOptions& options) {
  if (options.cache == nullptr) return std::nullopt;
  std::optional<std::string> hash = hash_file_hex(path, options.limits.archive_bytes);
  if (!hash) return std::nullopt;
  return ReportSubject{std::move(*hash), std::filesystem::path(path).filename().string(), {}};
}

std::vector<Report> scan_path(const Target& target, const ScanOptions& options) {
  Report report = kept_or_new(options, subject_of_file(target.given, options), [&] {
    const double start = thread_cpu_seconds();
    Observer observer = observer_for(options);
    const Result<Package> package =
        read_path(target.given, options.limits, [&](File& file) { observer.look_at(file); });
    return examine(package, observer, options, start);
  });
  report.target = target.given;
  report.archive = target.given;
  return {std::move(report)};
}

// The outer loop: the one place where exceptions end, which only memory running out and libraries
// throw.
std::vector<Report> scan_target(const Target& target, const ScanOptions& options) noexcept {
  try {
    return target.spec ? scan_spec(target, options) : scan_path(target, options);
  } catch (const std::exception& exception) {
    const Error error{ErrorKind::environment,
                      target.given + ": internal error: " + exception.what()};
    return {failed_report(target.given, error)};
  }
}

// Of this process, as the kernel counts them; 0 when it does not tell.
std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all_pages = 0, resident_pages = 0;
  statm >> all_pages >> resident_pages;
  return resident_pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// A large package leaves the allocator with memory that the next ones need not, and that each
// thread's share of the allocator would keep for itself. What was given back still counts as free
// with the allocator, so that it is the kernel who has to be asked. Giving back too often makes the
// next packages get all of their memory anew.
void give_back_memory() {
  constexpr std::size_t most_idle_bytes = 256_MiB;
  const std::size_t resident = resident_bytes();
  if (resident <= most_idle_bytes) return;
  const struct mallinfo2 info = mallinfo2();
  if (resident > info.uordblks + info.hblkhd + most_idle_bytes) malloc_trim(0);
}

// Indexes of targets, the largest first, so that no thread starts the longest work when the others
// have none left. Names come before files, to be waiting for the network as early as possible.
std::vector<std::size_t> order_of_work(std::span<const Target> targets, int jobs) {
  std::vector<std::size_t> order(targets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (jobs == 1) return order;
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) {
    return targets[i].spec ? std::numeric_limits<std::uint64_t>::max() : targets[i].size_bytes;
  });
  return order;
}

}  // namespace

void scan_targets(std::span<const Target> targets, const ScanOptions& options,
                  const std::function<void(const Report&)>& sink) {
  OrderedWork<std::vector<Report>> work;
  work.order = order_of_work(targets, options.jobs);
  work.jobs = options.jobs;
  work.work = [&](std::size_t i) {
    std::vector<Report> reports = scan_target(targets[i], options);
    give_back_memory();
    return reports;
  };
  work.sink = [&](const std::vector<Report>& reports) {
    for (const Report& report : reports) sink(report);
  };
  work.bytes_of = [](const std::vector<Report>& reports) {
    std::uint64_t bytes = 0;
    for (const Report& report : reports) bytes += report.archive_bytes;
    return bytes;
  };
  work.on_progress = options.on_progress;
  do_in_order(work);
}

}  // namespace assay
