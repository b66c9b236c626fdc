#include "scan/vet.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <numeric>

#include "base/text.h"
#include "facts/observe.h"
#include "package/archive/archive.h"
#include "scan/in_order.h"
#include "scan/scan.h"

namespace assay {
namespace {

// One archive of the release with its facts, which point into it.
struct Artifact {
  Package package;
  Facts facts;
};

struct Fetched {
  PackageId id;
  std::vector<std::unique_ptr<Artifact>> artifacts;  // sdists first
  std::vector<Report> failures;                      // archives that could not be read
  std::vector<std::string> notes;
  std::optional<Error> error;  // nothing could be fetched
};

void read_artifact(FetchedArtifact& fetched, const FetchedRelease& release,
                   const VetOptions& options, Fetched& into) {
  Observer observer(options.user_rules == nullptr ? nullptr : options.user_rules->yara());
  Result<Package> package = read_archive(fetched.bytes, fetched.file_name, options.limits,
                                         [&](File& file) { observer.look_at(file); });
  fetched.bytes = std::string();  // The next one need not share memory with it.
  if (!package) {
    into.failures.push_back(failed_report(fetched.file_name, package.error()));
    return;
  }
  package->id = fetched.id;
  package->source = fetched.file_name;
  for (const UnfetchedFile& other : release.others) {
    if (other.by_choice) continue;
    package->gaps.push_back({GapKind::not_fetched, other.file_name, other.reason});
  }
  std::ranges::sort(package->gaps);
  auto artifact = std::make_unique<Artifact>();
  artifact->package = std::move(*package);
  artifact->facts = collect_facts(artifact->package, &observer);
  into.artifacts.push_back(std::move(artifact));
}

Fetched fetch(const PackageSpec& spec, const VetOptions& options) {
  Fetched fetched;
  fetched.id = {spec.ecosystem, spec.name, {}};
  Result<FetchedRelease> release = options.registry->fetch(spec);
  if (!release) {
    fetched.error = release.error();
    return fetched;
  }
  fetched.id = release->id;
  fetched.notes = release->notes;
  for (FetchedArtifact& artifact : release->artifacts) {
    read_artifact(artifact, *release, options, fetched);
  }
  return fetched;
}

// What the outside says needs facts to be part of, also when there are no bytes.
void add_empty_artifact(Fetched& fetched) {
  auto artifact = std::make_unique<Artifact>();
  artifact->package.id = fetched.id;
  artifact->facts.package = &artifact->package;
  fetched.artifacts.push_back(std::move(artifact));
}

void ask_outside(const Fetched& fetched, Time now, const VetOptions& options) {
  std::vector<const Facts*> facts;
  for (const auto& artifact : fetched.artifacts) facts.push_back(&artifact->facts);
  const bool has_bytes = !fetched.artifacts.front()->package.sha256.empty();
  const Subject subject{
      fetched.id, now,
      has_bytes ? std::span<const Facts* const>(facts) : std::span<const Facts* const>()};
  for (OutsideSource* source : options.sources) {
    source->collect(subject, fetched.artifacts.front()->facts);
  }
}

Page vet_package(const VetTarget& target, const VetOptions& options) {
  const Time now = std::chrono::floor<std::chrono::seconds>(options.policy.now);
  Fetched fetched = fetch(*target.spec, options);
  if (fetched.artifacts.empty()) add_empty_artifact(fetched);
  ask_outside(fetched, now, options);

  PageInput input;
  input.target = target.given;
  input.id = fetched.id;
  input.error = fetched.error;
  input.now = now;
  std::vector<const Facts*> facts;
  for (const auto& artifact : fetched.artifacts) {
    facts.push_back(&artifact->facts);
    Report report =
        judge(artifact->facts, {.policy = options.policy, .user_rules = options.user_rules});
    report.target = target.given;
    for (const std::string& note : fetched.notes) report.notes.push_back(shown(note));
    input.reports.push_back(std::move(report));
  }
  std::ranges::move(fetched.failures, std::back_inserter(input.reports));
  input.artifacts = facts;
  return build_page(std::move(input));
}

Page failed_page(const VetTarget& target, Error error, const VetOptions& options) {
  const Package package;
  Facts facts;
  facts.package = &package;
  const Facts* const artifacts[] = {&facts};
  PageInput input;
  input.target = target.given;
  input.artifacts = artifacts;
  input.error = std::move(error);
  input.now = std::chrono::floor<std::chrono::seconds>(options.policy.now);
  return build_page(std::move(input));
}

// Where exceptions end, which only memory running out and libraries throw.
Page vet_target(const VetTarget& target, const VetOptions& options) noexcept {
  if (!target.spec) {
    return failed_page(target, {ErrorKind::unsupported, target.given + ": " + target.problem},
                       options);
  }
  try {
    return vet_package(target, options);
  } catch (const std::exception& exception) {
    return failed_page(
        target, {ErrorKind::environment, target.given + ": internal error: " + exception.what()},
        options);
  }
}

}  // namespace

void vet_targets(std::span<const VetTarget> targets, const VetOptions& options,
                 const std::function<void(const Page&)>& sink) {
  OrderedWork<Page> work;
  work.order.resize(targets.size());
  std::iota(work.order.begin(), work.order.end(), std::size_t{0});
  work.jobs = options.jobs;
  work.work = [&](std::size_t i) { return vet_target(targets[i], options); };
  work.sink = [&](const Page& page) { sink(page); };
  work.on_progress = options.on_progress;
  do_in_order(work);
}

}  // namespace assay
