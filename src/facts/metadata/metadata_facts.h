// What a registry's record says about one release, worked out and not judged: its place in time,
// who made it, how well that is known, and where the record and the package itself disagree. A scan
// of bytes alone has none of this.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/known.h"
#include "ecosystems/registry/project_record.h"

namespace assay {

// The record's manifest and the package's own manifest differ in this.
struct ManifestDifference {
  enum class Kind : std::uint8_t {
    name,
    version,
    install_script,     // what would run, by name
    hidden_dependency,  // in the package and not in the record
    added_dependency,   // in the record, by which clients install, and not in the package
    changed_dependency,
    command,  // bin
  };
  Kind kind = Kind::name;
  std::string what;      // "postinstall", the dependency, the command
  std::string listed;    // in the record; empty: absent
  std::string packaged;  // in the package; empty: absent

  bool operator==(const ManifestDifference&) const = default;
};

// A dependency that the release before did not have.
struct NewDependency {
  std::string name, spec;
  Known<Time> first_published;
  Known<bool> install_script;  // of its newest release

  bool operator==(const NewDependency&) const = default;
};

struct TrustLoss {
  Trust before = Trust::none, now = Trust::none;
  std::string before_version;
  std::size_t streak = 0;  // releases in a row before this one that had it

  bool operator==(const TrustLoss&) const = default;
};

enum class SignatureState : std::uint8_t { verified, wrong, unknown_key };

// A module of the wheel that the source distribution of the same release does not hold like that.
struct WheelDifference {
  std::string path;
  bool is_absent = false;     // else it is there with other contents
  bool is_generated = false;  // by its name or its first lines
  bool acts = false;          // reaches the network, processes or code, uncalled

  bool operator==(const WheelDifference&) const = default;
};

struct WheelComparison {
  std::string wheel, sdist;
  std::size_t same = 0;
  std::vector<WheelDifference> differences;  // by path

  bool operator==(const WheelComparison&) const = default;
};

enum class DomainState : std::uint8_t { registered, absent };
struct MailDomain {
  std::string domain;
  std::vector<std::string> people;
  Known<DomainState> state;
  Known<Time> registered_since;

  bool operator==(const MailDomain&) const = default;
};

// How much a README says, without what every README has.
struct Documentation {
  std::string source;     // "README.md", "the registry's document"
  std::size_t words = 0;  // of sentences, without code, badges, links and licences
  std::size_t code_blocks = 0;
  bool shows_use = false;             // an example or an install line names this package
  std::string placeholder;            // the phrase that makes it one; empty
  std::vector<std::string> installs;  // other packages that its install lines name, first first

  bool operator==(const Documentation&) const = default;
};

// Another package that this one's README, summary or repository also belongs to.
struct Likeness {
  std::string name;
  double readme = 0;  // estimated share of common text, 0 to 1
  bool same_summary = false;
  bool same_repository = false;
  Known<bool> shares_people;
  Known<bool> is_older;      // the other one
  std::size_t releases = 0;  // of the other one

  bool operator==(const Likeness&) const = default;
};

struct MetadataFacts {
  ProjectRecord record;
  Time now;
  std::string version;
  std::optional<std::size_t> release;  // in record.releases; none: the record does not list it

  // Of the project.
  Known<Time> first_published;
  std::size_t published_releases = 0;

  // Of this release.
  Known<std::chrono::seconds> quiet_before;  // since the latest release before it
  std::vector<std::string> burst;            // releases of other lines within a day of it
  Known<bool> publisher_is_new;              // no earlier release is by the same account
  Known<std::vector<Person>> joined, left;   // maintainers, since the release before
  std::string before;                        // the release before, in its line where there is one
  std::vector<std::string> added_hooks;      // install scripts that the release before did not have
  std::optional<TrustLoss> trust_loss;
  Known<SignatureState> signature;
  Known<ProvenPublisher> proven_by;
  Known<std::vector<ManifestDifference>> manifest_differences;
  Known<std::vector<NewDependency>> new_dependencies;
  Known<WheelComparison> wheel;
  Known<std::vector<MailDomain>> domains;
  Known<Documentation> documentation;
  Known<std::vector<Likeness>> likenesses;

  const ReleaseRecord* listed() const { return release ? &record.releases[*release] : nullptr; }
  Known<std::chrono::seconds> age() const;          // of the release
  Known<std::chrono::seconds> project_age() const;  // since the first release
};

// Everything that follows from the record alone.
MetadataFacts read_metadata(ProjectRecord record, std::string_view version, Time now);

}  // namespace assay
