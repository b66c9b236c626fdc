// Everything that was observed about a package, with its place and without opinion. Rules read
// this and nothing else: no files, no network, no syntax trees.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/manifest.h"
#include "facts/advisories/advisory_facts.h"
#include "facts/binary/binary_facts.h"
#include "facts/code/flow/action.h"
#include "facts/executors/executor.h"
#include "facts/health/health_facts.h"
#include "facts/lexical/lexical_facts.h"
#include "facts/metadata/metadata_facts.h"
#include "facts/names/judge.h"
#include "facts/repository/repository_facts.h"
#include "facts/yara/yara_watch.h"
#include "package/package.h"

namespace assay {

namespace code {
struct FlowLimits;
}

// Parallel to Package::files.
struct FileFacts {
  Trigger trigger = Trigger::none;
  std::string reached_by;  // "postinstall", "main", "imported by index.js"
  bool is_test = false;    // tests, examples, benchmarks, documentation by its path
  LexicalFacts lexical;
  std::optional<BinaryFacts> binary;
};

struct Facts {
  const Package* package = nullptr;  // not owned, outlives the facts
  std::optional<NpmManifest> npm;
  std::optional<PythonManifest> python;
  std::vector<Executor> executors;
  std::vector<Link> links;         // between files, sorted
  bool links_are_complete = true;  // false when there were more than are kept
  std::vector<FileFacts> files;
  std::vector<Action> actions;  // sorted by where
  std::vector<Layer> layers;
  std::vector<Disguised> disguises;
  std::vector<YaraFact> yara;  // matches of the rules that the user brought, sorted by where
  std::vector<std::size_t> unmentioned_dependencies;  // of npm->dependencies, see dependencies.h
  std::vector<Gap> gaps;                              // of the package and of the analysis, sorted

  // What is known from outside the package, a field a source. None of it in a scan; rules about a
  // field that is not known are silent.
  Known<MetadataFacts> metadata;
  Known<names::Opinion> name;
  Known<AdvisoryFacts> advisories;
  Known<RepositoryFacts> repository;
  Known<HealthFacts> health;

  const File& file(const Where& where) const {
    return package->files[static_cast<std::size_t>(where.file)];
  }
};

// Never fails: what cannot be examined is in `gaps`. The package must outlive the result.
// `observer` saw the members whose contents were dropped; null when none were.
class Observer;
Facts collect_facts(const Package& package, Observer* observer = nullptr);
// With limits of its own on the analysis of code, for measurements.
Facts collect_facts(const Package& package, Observer* observer, const code::FlowLimits& limits);

}  // namespace assay
