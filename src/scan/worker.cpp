#include "scan/worker.h"

#include <signal.h>
#include <time.h>

#include <system_error>

namespace assay {
namespace {

// A peer that closes its connection must not end the program, as a reader of our output may: so
// that the signal stays as it is for the thread that writes it.
void block_broken_pipes() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Worker::Worker(std::function<void()> work) : work_(std::move(work)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  const auto run = [](void* self) -> void* {
    block_broken_pipes();
    static_cast<Worker*>(self)->work_();
    return nullptr;
  };
  const int failure = pthread_create(&thread_, &attributes, run, this);
  pthread_attr_destroy(&attributes);
  if (failure != 0)
    throw std::system_error(failure, std::generic_category(), "cannot start a thread");
}

Worker::~Worker() { pthread_join(thread_, nullptr); }

double thread_cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace assay
