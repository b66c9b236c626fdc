#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/signature.h"
#include "base/text.h"
#include "facts/metadata/compare.h"
#include "facts/metadata/documentation.h"
#include "facts/metadata/likeness.h"
#include "facts/outside/same_project.h"
#include "facts/outside/source.h"

namespace assay {
namespace {

// Each is a request to the registry; real updates add few.
constexpr std::size_t most_new_dependencies = 5;
constexpr std::size_t most_compared = 3;

const Facts* artifact_of(const Subject& subject, ArtifactKind kind) {
  const auto found = std::ranges::find_if(
      subject.artifacts, [&](const Facts* facts) { return facts->package->kind == kind; });
  return found == subject.artifacts.end() ? nullptr : *found;
}

Known<SignatureState> check_signature(const Subject& subject, const ReleaseRecord& release,
                                      Records& records) {
  if (subject.id.ecosystem != Ecosystem::npm) return Unknown{"Python indexes sign nothing"};
  if (release.signatures.empty()) return Unknown{"the registry serves no signature of it"};
  if (release.integrity.empty()) return Unknown{"the registry names no hash that could be signed"};
  const Result<std::vector<SigningKey>> keys = records.keys(subject.id.name);
  if (!keys) return Unknown{keys.error().message};
  const std::string message =
      fmt::format("{}@{}:{}", subject.id.name, release.version, release.integrity);
  SignatureState state = SignatureState::unknown_key;
  for (const ReleaseSignature& signature : release.signatures) {
    const auto key = std::ranges::find(*keys, signature.key_id, &SigningKey::id);
    if (key == keys->end()) continue;
    // A key that expired still vouches for what was published before.
    if (key->expires && release.published && *release.published > *key->expires) continue;
    const std::string bytes = base64_decode(signature.signature).value_or("");
    if (verifies_ecdsa_sha256(key->key, message, bytes)) return SignatureState::verified;
    state = SignatureState::wrong;
  }
  return state;
}

void compare_manifest(const Facts& facts, const ReleaseRecord& release, MetadataFacts& metadata) {
  if (!release.manifest) {
    metadata.manifest_differences = release.manifest.unknown();
  } else if (!facts.npm) {
    metadata.manifest_differences = Unknown{"the archive's own manifest could not be read"};
  } else {
    const bool has_gyp = facts.package->find("binding.gyp") != nullptr;
    metadata.manifest_differences = compare_manifests(*release.manifest, *facts.npm, has_gyp);
  }
}

// Files of the wheel whose code does something outside the language without being called.
std::set<std::string> acting_files(const Facts& wheel) {
  std::set<std::string> paths;
  for (const Action& action : wheel.actions) {
    const bool is_outside = action.act <= Act::run_code && action.act != Act::resolve;
    if (is_outside && action.at_load && action.trigger >= Trigger::import && !action.in_test) {
      paths.insert(wheel.file(action.where).path);
    }
  }
  return paths;
}

Known<WheelComparison> compare_artifacts(const Subject& subject) {
  const Facts* sdist = artifact_of(subject, ArtifactKind::sdist);
  const Facts* wheel = artifact_of(subject, ArtifactKind::wheel);
  if (wheel == nullptr) return Unknown{"the release has no wheel that was read"};
  if (sdist == nullptr) return Unknown{"the release has no sdist that was read"};
  return compare_wheel(*wheel->package, *sdist->package, acting_files(*wheel));
}

void ask_of_new_dependencies(Ecosystem ecosystem, MetadataFacts& metadata, Records& records) {
  if (!metadata.new_dependencies) return;
  std::size_t asked = 0;
  for (NewDependency& dependency : *metadata.new_dependencies) {
    const Unknown too_many{"not asked: the release adds many dependencies"};
    dependency.first_published = too_many;
    dependency.install_script = too_many;
    if (asked++ >= most_new_dependencies) continue;
    Result<ProjectRecord> record = records.record(ecosystem, dependency.name);
    if (!record) {
      dependency.first_published = Unknown{record.error().message};
      dependency.install_script = Unknown{record.error().message};
      continue;
    }
    if (!record->releases.empty())
      dependency.install_script = record->releases.back().install_script;
    dependency.first_published =
        read_metadata(std::move(*record), "", metadata.now).first_published;
  }
}

bool is_readme(std::string_view path) {
  return !contains(path, "/") && starts_with_ignoring_case(path, "readme");
}

struct Readme {
  std::string text, source;
};

std::optional<Readme> readme_of(const Facts& facts, const MetadataFacts& metadata) {
  for (const File& file : facts.package->files) {
    if (is_readme(file.path) && !file.dropped && !trim(file.bytes).empty()) {
      return Readme{file.bytes, file.path};
    }
  }
  if (facts.python && facts.python->metadata && !facts.python->metadata->description.empty()) {
    return Readme{facts.python->metadata->description, facts.python->metadata->path};
  }
  if (metadata.record.readme) return Readme{*metadata.record.readme, "the registry's document"};
  return std::nullopt;
}

// Packages that this one may pose as: those that its README tells to install, and the one that its
// repository is named after.
std::vector<std::string> models_of(const Facts& facts, const MetadataFacts& metadata) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    const bool is_own = to_lower_ascii(name) == to_lower_ascii(metadata.record.name);
    if (!name.empty() && !is_own && std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  if (metadata.documentation && !metadata.documentation->shows_use) {
    for (const std::string& name : metadata.documentation->installs) add(name);
  }
  const std::string place = plain_repository(repository_of(facts, metadata.record));
  if (contains(place, "/")) add(place.substr(place.rfind('/') + 1));
  if (names.size() > most_compared) names.resize(most_compared);
  return names;
}

Likeness compare_with(const ProjectRecord& other, const Facts& facts, const MetadataFacts& metadata,
                      const std::optional<Readme>& readme) {
  Likeness like;
  like.name = other.name;
  like.releases = other.releases.size();
  if (readme && other.readme) {
    const std::string names = metadata.record.name + " " + other.name;
    like.readme = likeness(sketch(readme->text, names), sketch(*other.readme, names));
  }
  const std::string summary = to_lower_ascii(trim(metadata.record.summary));
  like.same_summary = summary.size() >= 20 && summary == to_lower_ascii(trim(other.summary));
  like.same_repository =
      is_same_repository(repository_of(facts, metadata.record),
                         other.repository.empty() ? other.homepage : other.repository);
  like.shares_people = share_people(metadata.record, other);
  const Known<Time> first = read_metadata(other, "", metadata.now).first_published;
  like.is_older = first.unknown();
  if (first && metadata.first_published) {
    like.is_older = *first < *metadata.first_published;
  } else if (first) {
    like.is_older = metadata.first_published.unknown();
  }
  return like;
}

void look_for_models(const Facts& facts, const std::optional<Readme>& readme,
                     MetadataFacts& metadata, Records& records) {
  std::vector<Likeness> found;
  for (const std::string& name : models_of(facts, metadata)) {
    const Result<ProjectRecord> other = records.record(metadata.record.ecosystem, name);
    if (!other && other.error().kind == ErrorKind::missing) continue;
    if (!other) {
      metadata.likenesses = Unknown{other.error().message};
      return;
    }
    found.push_back(compare_with(*other, facts, metadata, readme));
  }
  metadata.likenesses = std::move(found);
}

void leave_unread(MetadataFacts& metadata) {
  const Unknown reason{"no archive of it was read"};
  metadata.manifest_differences = reason;
  metadata.wheel = reason;
}

}  // namespace

void RegistrySource::collect(const Subject& subject, Facts& facts) {
  Result<ProjectRecord> record = records_.record(subject.id.ecosystem, subject.id.name);
  if (!record) {
    facts.metadata = Unknown{record.error().message};
    return;
  }
  MetadataFacts metadata = read_metadata(std::move(*record), subject.id.version, subject.now);
  if (const ReleaseRecord* release = metadata.listed()) {
    metadata.signature = check_signature(subject, *release, records_);
    if (subject.id.ecosystem == Ecosystem::npm) compare_manifest(facts, *release, metadata);
    for (const ReleaseFile& file : release->files) {
      if (!file.provenance || file.provenance->empty() || metadata.proven_by) continue;
      const Result<ProvenPublisher> publisher = records_.publisher(*file.provenance);
      metadata.proven_by = publisher ? Known<ProvenPublisher>(*publisher)
                                     : Known<ProvenPublisher>(Unknown{publisher.error().message});
    }
  }
  metadata.wheel = compare_artifacts(subject);
  if (subject.artifacts.empty()) leave_unread(metadata);
  ask_of_new_dependencies(subject.id.ecosystem, metadata, records_);
  const std::optional<Readme> readme = readme_of(facts, metadata);
  metadata.documentation = Unknown{"there is no README"};
  if (readme) {
    metadata.documentation =
        read_documentation(readme->text, subject.id.ecosystem, subject.id.name, readme->source);
  }
  look_for_models(facts, readme, metadata, records_);
  facts.metadata = std::move(metadata);
}

}  // namespace assay
