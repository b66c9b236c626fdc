// Many targets at once: threads, order, and what happens when one of them goes wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/limits.h"
#include "ecosystems/registry/registry.h"
#include "report/report.h"
#include "scan/in_order.h"
#include "scan/report_cache.h"
#include "scan/scan.h"
#include "scan/target.h"

namespace assay {

struct ScanOptions {
  int jobs = 1;
  Limits limits;
  Asked asked;
  Registry* registry = nullptr;  // null: nothing may be fetched
  // Asked before an archive is examined, and told of it behind; null: everything is examined. Not
  // to be used together with a surface or with rules of the user, whose reports it cannot hold.
  ReportCache* cache = nullptr;
  // A few times a second, on the calling thread.
  std::function<void(const ScanProgress&)> on_progress;
};

// One report an artifact: a target by name may have several, and has one error report when it has
// none. Reports come in the order of the targets, each as soon as all before it are done, on the
// calling thread. Whatever happens to one target, the others are examined.
void scan_targets(std::span<const Target> targets, const ScanOptions& options,
                  const std::function<void(const Report&)>& sink);

}  // namespace assay
