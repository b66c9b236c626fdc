// A value that somebody outside tells, or the reason why it is not known. Unknown is never taken as
// good and never as bad: who reads one has to say what it does without it.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/check.h"

namespace assay {

struct Unknown {
  std::string reason;  // for people: "the registry keeps no download counts"

  bool operator==(const Unknown&) const = default;
};

template <typename T>
class Known {
 public:
  Known() : reason_("not asked") {}
  Known(T value) : value_(std::move(value)) {}
  Known(Unknown unknown) : reason_(std::move(unknown.reason)) {}

  explicit operator bool() const { return value_.has_value(); }
  const T& operator*() const {
    CHECK(value_.has_value());
    return *value_;
  }
  T& operator*() {
    CHECK(value_.has_value());
    return *value_;
  }
  const T* operator->() const { return &**this; }
  T value_or(T other) const { return value_.value_or(std::move(other)); }
  const std::string& reason() const { return reason_; }  // empty when it is known
  Unknown unknown() const { return {reason_}; }

  bool operator==(const Known&) const = default;

 private:
  std::optional<T> value_;
  std::string reason_;
};

}  // namespace assay
