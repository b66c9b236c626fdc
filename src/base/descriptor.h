// A file descriptor that closes itself.
#pragma once

#include <unistd.h>

namespace assay {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }  // negative: none

 private:
  int number_;
};

}  // namespace assay
