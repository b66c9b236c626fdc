#include "scan/scan_targets.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>

#include "package/archive/archive.h"
#include "scan/scan.h"
#include "scan/worker.h"

namespace assay {
namespace {

Report scan_artifact(const Target& target, const FetchedArtifact& artifact,
                     const FetchedRelease& release, const ScanOptions& options) {
  Observer observer;
  Result<Package> package = read_archive(artifact.bytes, artifact.file_name, options.limits,
                                         [&](File& file) { observer.look_at(file); });
  if (!package) {
    Report report = failed_report(target.given, package.error());
    report.archive = artifact.file_name;
    return report;
  }
  package->id = artifact.id;
  for (const UnfetchedFile& other : release.others) {
    if (other.by_choice) continue;
    package->gaps.push_back({GapKind::not_fetched, other.file_name, other.reason});
  }
  std::ranges::sort(package->gaps);
  Report report = scan_package(*package, options.policy, &observer);
  report.target = target.given;
  report.archive = artifact.file_name;
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
    const double start = thread_cpu_seconds();
    reports.push_back(scan_artifact(target, artifact, *release, options));
    reports.back().cpu_seconds = thread_cpu_seconds() - start;
    artifact.bytes = std::string();  // The next one need not share memory with it.
  }
  return reports;
}

std::vector<Report> scan_path(const Target& target, const ScanOptions& options) {
  const double start = thread_cpu_seconds();
  Observer observer;
  const Result<Package> package =
      read_path(target.given, options.limits, [&](File& file) { observer.look_at(file); });
  if (!package) return {failed_report(target.given, package.error())};
  Report report = scan_package(*package, options.policy, &observer);
  report.target = target.given;
  report.archive = target.given;
  report.cpu_seconds = thread_cpu_seconds() - start;
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

// What the threads share: the next piece of work, and a slot for the reports of each target.
class Board {
 public:
  Board(std::span<const Target> targets, const ScanOptions& options)
      : targets_(targets),
        options_(options),
        order_(order_of_work(targets, options.jobs)),
        slots_(targets.size()) {}

  void work() {
    while (true) {
      const std::size_t turn = next_++;
      if (turn >= order_.size()) return;
      const std::size_t index = order_[turn];
      std::vector<Report> reports = scan_target(targets_[index], options_);
      const std::lock_guard lock(mutex_);
      ++progress_.done;
      for (const Report& report : reports) progress_.bytes += report.archive_bytes;
      slots_[index] = std::move(reports);
      changed_.notify_one();
    }
  }

  // Waits for the reports of one target, telling of progress meanwhile.
  std::vector<Report> take(std::size_t index) {
    constexpr std::chrono::milliseconds between_updates{100};
    std::unique_lock lock(mutex_);
    while (!slots_[index]) {
      changed_.wait_for(lock, between_updates);
      tell_progress(lock);
    }
    return std::move(*slots_[index]);
  }

  // Nothing more is started; what runs is finished.
  void stop() { next_ = order_.size(); }

 private:
  void tell_progress(std::unique_lock<std::mutex>& lock) {
    if (!options_.on_progress) return;
    ScanProgress progress = progress_;
    progress.total = targets_.size();
    lock.unlock();
    options_.on_progress(progress);
    lock.lock();
  }

  std::span<const Target> targets_;
  const ScanOptions& options_;
  std::vector<std::size_t> order_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<std::vector<Report>>> slots_;
  ScanProgress progress_;
};

// Stops the work also when the sink throws, before the threads are joined.
struct StopAtEnd {
  Board& board;
  ~StopAtEnd() { board.stop(); }
};

}  // namespace

void scan_targets(std::span<const Target> targets, const ScanOptions& options,
                  const std::function<void(const Report&)>& sink) {
  Board board(targets, options);
  std::vector<std::unique_ptr<Worker>> workers;
  const StopAtEnd stop{board};
  const std::size_t count =
      std::min(targets.size(), static_cast<std::size_t>(std::max(options.jobs, 1)));
  workers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    workers.push_back(std::make_unique<Worker>([&board] { board.work(); }));
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (const Report& report : board.take(i)) sink(report);
  }
}

}  // namespace assay
