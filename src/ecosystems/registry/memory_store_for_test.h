// A store in memory, and a clock that a test sets.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "ecosystems/registry/caching_client.h"

namespace assay {

class SetClock final : public Clock {
 public:
  std::chrono::system_clock::time_point time =
      std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  std::chrono::system_clock::time_point now() const override { return time; }
};

class MemoryStore final : public ResponseStore {
 public:
  std::map<std::string, HttpResponse> kept;
  std::optional<HttpResponse> load(const std::string& name) override {
    const auto found = kept.find(name);
    return found == kept.end() ? std::nullopt : std::optional(found->second);
  }
  void save(const std::string& name, const HttpResponse& response) override {
    kept[name] = response;
  }
};

}  // namespace assay
