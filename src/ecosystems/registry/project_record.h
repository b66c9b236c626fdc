// What a registry tells of a project and of each of its releases, for npm and PyPI alike.
// Registries leave things out, and mirrors leave out more: what was not told is Unknown, with the
// reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/known.h"
#include "base/timestamp.h"
#include "package/package.h"

namespace assay {

struct Person {
  std::string name, email;  // either may be empty

  auto operator<=>(const Person&) const = default;
};

// How a registry knows who made a release, the weakest first. Having a high one proves nothing of
// the contents; losing one is what counts.
enum class Trust : std::uint8_t { none, provenance, trusted_publisher };
std::string_view to_string(Trust trust);

struct ReleaseSignature {
  std::string key_id, signature;  // base64

  bool operator==(const ReleaseSignature&) const = default;
};

// Of PyPI, where a release is a number of files.
struct ReleaseFile {
  std::string name;
  std::optional<Time> uploaded;
  std::uint64_t size_bytes = 0;   // 0: not told
  Known<std::string> provenance;  // URL of PEP 740's document; empty: the index says there is none
  bool is_yanked = false;

  bool operator==(const ReleaseFile&) const = default;
};

// What a registry's own copy of a version's manifest says, which clients resolve dependencies by.
struct ListedManifest {
  std::string name, version;
  std::vector<std::pair<std::string, std::string>> scripts, dependencies;  // sorted by name
  std::vector<std::pair<std::string, std::string>> bins;                   // sorted by name

  bool operator==(const ListedManifest&) const = default;
};

struct ReleaseRecord {
  std::string version;
  // Users of one release get the next of the same line without asking: "4" of 4.1.2, "0.3" of
  // 0.3.1.
  std::string line;
  bool is_prerelease = false;
  Known<Time> published;
  Known<Person> publisher;
  Known<std::vector<Person>> maintainers;
  Known<bool> install_script;
  Known<Trust> trust;
  Known<ListedManifest> manifest;
  std::string deprecated;  // the publisher's message; empty when not deprecated or not told
  bool is_yanked = false;
  std::string yanked_reason;
  // npm: which commit was published from where, as the publisher's client said.
  std::string git_head, repository, repository_folder;
  std::string integrity;  // npm: SRI
  std::vector<ReleaseSignature> signatures;
  std::vector<ReleaseFile> files;  // sorted by name

  bool operator==(const ReleaseRecord&) const = default;
};

enum class ProjectState : std::uint8_t { active, archived, deprecated, quarantined };  // PEP 792
std::string_view to_string(ProjectState state);

struct KnownVulnerability {
  std::string id, summary;
  std::vector<std::string> fixed_in;

  bool operator==(const KnownVulnerability&) const = default;
};

// Where a document came from and how old it is.
struct Origin {
  std::string where;          // "npm registry 127.0.0.1:4873", for people
  std::optional<Time> asked;  // when it answered; nullopt: not from the network at all
  bool from_cache = false;

  bool operator==(const Origin&) const = default;
};

struct ProjectRecord {
  Ecosystem ecosystem = Ecosystem::unknown;
  std::string name;
  Origin origin;
  std::string summary;  // npm's description, PyPI's summary
  Known<std::string> readme;
  std::string repository, homepage;
  Known<std::vector<Person>> maintainers;  // who may publish
  std::vector<Person> contacts;            // whom the newest release names as its authors
  Known<ProjectState> state;
  std::string state_reason;
  Known<std::uint64_t> downloads_a_month;
  Known<std::vector<KnownVulnerability>> vulnerabilities;  // of the newest release
  std::vector<ReleaseRecord> releases;                     // by version, the lowest first

  const ReleaseRecord* find(std::string_view version) const;
};

// What a registry signs releases with.
struct SigningKey {
  std::string id;   // "SHA256:…"
  std::string key;  // DER
  std::optional<Time> expires;

  bool operator==(const SigningKey&) const = default;
};

// Who made a file, as its provenance says (PEP 740).
struct ProvenPublisher {
  std::string kind, repository, workflow;  // "GitHub", "owner/name", "release.yml"

  bool operator==(const ProvenPublisher&) const = default;
};

// Whether the times of releases can be those of publication: mirrors are found that give the times
// at which they copied, in an order that no project publishes in. When they cannot, they become
// Unknown.
void forget_incredible_times(ProjectRecord& record);

// "Name <mail@example.test>", with either part alone; several joined by commas give several.
std::vector<Person> parse_people(std::string_view text);

}  // namespace assay
