// The whole road for one package by name, with everything that is known from outside its bytes.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "facts/outside/source.h"
#include "report/page.h"
#include "scan/scan_targets.h"
#include "scan/target.h"

namespace assay {

struct VetOptions {
  int jobs = 1;
  Limits limits;
  Policy policy;
  const UserRules* user_rules = nullptr;  // outlives the pages
  Registry* registry = nullptr;
  std::vector<OutsideSource*> sources;  // in the order in which they are asked
  std::function<void(const ScanProgress&)> on_progress;
};

// Something that was to be vetted: a package of a registry, or what only a manifest can name.
struct VetTarget {
  std::string given;
  std::optional<PackageSpec> spec;
  std::string problem;  // why there is no spec: "a git repository"

  bool operator==(const VetTarget&) const = default;
};

// Pages come in the order of the targets, each as soon as all before it are done.
void vet_targets(std::span<const VetTarget> targets, const VetOptions& options,
                 const std::function<void(const Page&)>& sink);

}  // namespace assay
