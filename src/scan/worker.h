// A thread with a stack large enough for parsers that recurse to a bounded depth, which the default
// of some systems is not. Joins in its destructor.
#pragma once

#include <pthread.h>

#include <cstddef>
#include <functional>

namespace assay {

class Worker {
 public:
  // Parsers may nest 1,000 deep with some frames a level; measured need is below 8 MiB, and
  // untouched stack costs no memory.
  static constexpr std::size_t stack_bytes = std::size_t{64} << 20;

  // `work` must not throw.
  explicit Worker(std::function<void()> work);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

 private:
  std::function<void()> work_;
  pthread_t thread_{};
};

// CPU time of the calling thread so far.
double thread_cpu_seconds();

}  // namespace assay
