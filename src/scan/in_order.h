// Many pieces of work on several threads, whose results come in the order of the pieces, each as
// soon as all before it are done, on the calling thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "scan/worker.h"

namespace assay {

struct ScanProgress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::uint64_t bytes = 0;  // of the archives done
};

template <typename Outcome>
struct OrderedWork {
  std::vector<std::size_t> order;  // every index once, in the order of being started
  int jobs = 1;
  std::function<Outcome(std::size_t)> work;  // must not throw
  std::function<void(Outcome&)> sink;
  std::function<std::uint64_t(const Outcome&)> bytes_of;  // for the progress; may be empty
  std::function<void(const ScanProgress&)> on_progress;   // may be empty
};

// What the threads share: the next piece of work, and a slot for the outcome of each.
template <typename Outcome>
class Board {
 public:
  explicit Board(const OrderedWork<Outcome>& work) : work_(work), slots_(work.order.size()) {}

  void work() {
    while (true) {
      const std::size_t turn = next_++;
      if (turn >= work_.order.size()) return;
      const std::size_t index = work_.order[turn];
      Outcome outcome = work_.work(index);
      const std::lock_guard lock(mutex_);
      ++progress_.done;
      if (work_.bytes_of) progress_.bytes += work_.bytes_of(outcome);
      slots_[index] = std::move(outcome);
      changed_.notify_one();
    }
  }

  // Waits for one outcome, telling of progress meanwhile.
  Outcome take(std::size_t index) {
    constexpr std::chrono::milliseconds between_updates{100};
    std::unique_lock lock(mutex_);
    while (!slots_[index]) {
      changed_.wait_for(lock, between_updates);
      tell_progress(lock);
    }
    return std::move(*slots_[index]);
  }

  // Nothing more is started; what runs is finished.
  void stop() { next_ = work_.order.size(); }

 private:
  void tell_progress(std::unique_lock<std::mutex>& lock) {
    if (!work_.on_progress) return;
    ScanProgress progress = progress_;
    progress.total = slots_.size();
    lock.unlock();
    work_.on_progress(progress);
    lock.lock();
  }

  const OrderedWork<Outcome>& work_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Outcome>> slots_;
  ScanProgress progress_;
};

template <typename Outcome>
void do_in_order(const OrderedWork<Outcome>& work) {
  Board<Outcome> board(work);
  // Stops the work also when the sink throws, before the threads are joined.
  struct StopAtEnd {
    Board<Outcome>& board;
    ~StopAtEnd() { board.stop(); }
  };
  std::vector<std::unique_ptr<Worker>> workers;
  const StopAtEnd stop{board};
  const std::size_t count =
      std::min(work.order.size(), static_cast<std::size_t>(std::max(work.jobs, 1)));
  workers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    workers.push_back(std::make_unique<Worker>([&board] { board.work(); }));
  }
  for (std::size_t i = 0; i < work.order.size(); ++i) {
    Outcome outcome = board.take(i);
    work.sink(outcome);
  }
}

}  // namespace assay
