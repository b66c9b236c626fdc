#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "ecosystems/pypi/pep440.h"
#include "facts/metadata/metadata_facts.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 3> install_hooks = {"preinstall", "install", "postinstall"};

using Releases = std::vector<const ReleaseRecord*>;

// Releases that were out when `release` came, the latest first: by time where times are known, else
// by version.
Releases releases_before(const ProjectRecord& record, const ReleaseRecord& release) {
  Releases earlier;
  const bool has_times = static_cast<bool>(release.published);
  for (const ReleaseRecord& other : record.releases) {
    if (&other == &release) {
      if (!has_times) break;
      continue;
    }
    if (has_times && (!other.published || *other.published > *release.published)) continue;
    earlier.push_back(&other);
  }
  std::ranges::reverse(earlier);
  if (has_times) {
    std::ranges::stable_sort(earlier, std::ranges::greater{},
                             [](const ReleaseRecord* other) { return *other->published; });
  }
  return earlier;
}

// The one that an update would have replaced: the highest version below it in its line, else below
// it at all. Pre-releases only count before pre-releases.
const ReleaseRecord* replaced_by(const ProjectRecord& record, std::size_t index) {
  const ReleaseRecord& release = record.releases[index];
  const ReleaseRecord* any = nullptr;
  for (std::size_t i = index; i-- > 0;) {
    const ReleaseRecord& other = record.releases[i];
    if (other.is_prerelease && !release.is_prerelease) continue;
    if (other.line == release.line) return &other;
    if (any == nullptr) any = &other;
  }
  return any;
}

std::vector<std::string> burst_around(const ProjectRecord& record, const ReleaseRecord& release) {
  std::vector<std::string> versions;
  if (!release.published) return versions;
  for (const ReleaseRecord& other : record.releases) {
    if (!other.published || other.line == release.line || other.is_prerelease) continue;
    const auto distance = *other.published > *release.published
                              ? *other.published - *release.published
                              : *release.published - *other.published;
    if (distance <= std::chrono::days(1)) versions.push_back(other.version);
  }
  return versions;
}

Known<bool> is_new_publisher(const ReleaseRecord& release, const Releases& before) {
  if (!release.publisher) return release.publisher.unknown();
  if (before.empty()) return Unknown{"this is the first release"};
  bool is_known = false;
  for (const ReleaseRecord* other : before) {
    if (!other->publisher) continue;
    is_known = true;
    if (other->publisher->name == release.publisher->name) return false;
  }
  if (!is_known) return Unknown{"the registry does not tell who published the releases before"};
  return true;
}

std::vector<Person> without(const std::vector<Person>& people, const std::vector<Person>& others) {
  std::vector<Person> rest;
  for (const Person& person : people) {
    const bool is_there =
        std::ranges::any_of(others, [&](const Person& other) { return other.name == person.name; });
    if (!is_there) rest.push_back(person);
  }
  return rest;
}

std::vector<std::string> hooks_of(const ReleaseRecord& release) {
  std::vector<std::string> hooks;
  if (!release.manifest) return hooks;
  for (const auto& [name, command] : release.manifest->scripts) {
    if (std::ranges::find(install_hooks, name) != install_hooks.end()) hooks.push_back(name);
  }
  return hooks;
}

std::vector<std::string> hooks_added(const ReleaseRecord& before, const ReleaseRecord& release) {
  std::vector<std::string> added;
  if (!before.manifest) return added;
  const std::vector<std::string> had = hooks_of(before);
  for (const std::string& hook : hooks_of(release)) {
    if (std::ranges::find(had, hook) == had.end()) added.push_back(hook);
  }
  return added;
}

// Releases of the same line, or all when it is the first of its line: old lines are often kept up
// by other means than new ones.
Releases of_line(const Releases& before, const ReleaseRecord& release) {
  Releases same;
  std::ranges::copy_if(before, std::back_inserter(same), [&](const ReleaseRecord* other) {
    return other->line == release.line && (!other->is_prerelease || release.is_prerelease);
  });
  return same.empty() ? before : same;
}

// As pnpm's trust policy: the best of the releases that were out before, pre-releases left out
// unless this is one; a streak tells a habit from a single try.
std::optional<TrustLoss> trust_loss(const ReleaseRecord& release, const Releases& before) {
  if (!release.trust) return std::nullopt;
  TrustLoss loss;
  loss.now = *release.trust;
  bool is_in_streak = true;
  for (const ReleaseRecord* other : before) {
    if (!other->trust || (other->is_prerelease && !release.is_prerelease)) continue;
    is_in_streak = is_in_streak && *other->trust > loss.now;
    if (is_in_streak) ++loss.streak;
    if (*other->trust <= loss.before) continue;
    loss.before = *other->trust;
    loss.before_version = other->version;
  }
  if (loss.before <= loss.now) return std::nullopt;
  return loss;
}

Known<std::vector<NewDependency>> dependencies_added(const ReleaseRecord* before,
                                                     const ReleaseRecord& release) {
  if (!release.manifest) return release.manifest.unknown();
  if (before == nullptr) return Unknown{"there is no release before it"};
  if (!before->manifest) return before->manifest.unknown();
  std::set<std::string_view> had;
  for (const auto& [name, spec] : before->manifest->dependencies) had.insert(name);
  std::vector<NewDependency> added;
  for (const auto& [name, spec] : release.manifest->dependencies) {
    if (!had.contains(name)) added.push_back({name, spec, {}, {}});
  }
  return added;
}

// Files of one release spell its version differently: 1.0-rc1, 1.0rc1.
bool is_same_version(Ecosystem ecosystem, std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (ecosystem != Ecosystem::pypi) return false;
  const std::optional<Pep440Version> first = parse_pep440_version(a);
  return first && first == parse_pep440_version(b);
}

void read_project(MetadataFacts& facts) {
  const std::vector<ReleaseRecord>& releases = facts.record.releases;
  facts.published_releases = releases.size();
  facts.first_published = Unknown{"the registry lists no releases"};
  for (const ReleaseRecord& release : releases) {
    if (!release.published) {
      if (!facts.first_published) facts.first_published = release.published.unknown();
      continue;
    }
    if (!facts.first_published || *release.published < *facts.first_published) {
      facts.first_published = *release.published;
    }
  }
}

void read_release(MetadataFacts& facts, std::size_t index) {
  const ReleaseRecord& release = facts.record.releases[index];
  const Releases before = releases_before(facts.record, release);
  const ReleaseRecord* replaced = replaced_by(facts.record, index);
  if (replaced != nullptr) facts.before = replaced->version;
  facts.quiet_before = release.published.unknown();
  if (release.published) {
    facts.quiet_before = Unknown{"this is the first release"};
    if (!before.empty()) facts.quiet_before = *release.published - *before.front()->published;
  }
  facts.burst = burst_around(facts.record, release);
  facts.publisher_is_new = is_new_publisher(release, before);
  facts.trust_loss = trust_loss(release, of_line(before, release));
  facts.new_dependencies = dependencies_added(replaced, release);
  facts.joined = release.maintainers.unknown();
  facts.left = release.maintainers.unknown();
  if (replaced == nullptr) return;
  facts.added_hooks = hooks_added(*replaced, release);
  if (release.maintainers && replaced->maintainers) {
    facts.joined = without(*release.maintainers, *replaced->maintainers);
    facts.left = without(*replaced->maintainers, *release.maintainers);
  }
}

}  // namespace

Known<std::chrono::seconds> MetadataFacts::age() const {
  if (listed() == nullptr) return Unknown{"the registry does not list this release"};
  if (!listed()->published) return listed()->published.unknown();
  return now - *listed()->published;
}

Known<std::chrono::seconds> MetadataFacts::project_age() const {
  if (!first_published) return first_published.unknown();
  return now - *first_published;
}

MetadataFacts read_metadata(ProjectRecord record, std::string_view version, Time now) {
  MetadataFacts facts;
  facts.record = std::move(record);
  facts.now = now;
  facts.version = version;
  const auto found = std::ranges::find_if(facts.record.releases, [&](const ReleaseRecord& release) {
    return is_same_version(facts.record.ecosystem, release.version, version);
  });
  if (found != facts.record.releases.end()) {
    facts.release = static_cast<std::size_t>(found - facts.record.releases.begin());
  }
  read_project(facts);
  if (facts.release) read_release(facts, *facts.release);
  return facts;
}

}  // namespace assay
