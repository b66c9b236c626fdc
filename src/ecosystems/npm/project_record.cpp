#include "ecosystems/npm/project_record.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/npm/version.h"

namespace assay {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view has_no_publisher = "the registry does not tell who published it";
constexpr std::string_view has_no_people = "the registry does not list maintainers";
constexpr std::string_view has_no_times = "the registry gives no times of publication";
constexpr std::string_view has_no_provenance =
    "the registry serves neither signatures nor provenance";
constexpr std::string_view has_no_flag = "the registry keeps no flag for install scripts";
constexpr std::string_view has_no_readme = "the registry's document holds no README";

std::string text_of(const Element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

Person read_person(const Element& value) {
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) {
    const std::vector<Person> people = parse_people(text_of(value));
    return people.empty() ? Person{} : people.front();
  }
  Person person;
  for (const auto& [key, field] : fields) {
    if (key == "name") person.name = text_of(field);
    if (key == "email") person.email = text_of(field);
  }
  return person;
}

std::vector<Person> read_people(const Element& value) {
  std::vector<Person> people;
  Array list;
  if (value.get(list) != simdjson::SUCCESS) return people;
  for (const Element& entry : list) {
    Person person = read_person(entry);
    if (!person.name.empty() || !person.email.empty()) people.push_back(std::move(person));
  }
  std::ranges::sort(people);
  return people;
}

// Of a repeated key the last counts, as in JavaScript.
Pairs read_pairs(const Element& value) {
  std::map<std::string, std::string> pairs;
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) return {};
  for (const auto& [key, field] : fields) {
    pairs.insert_or_assign(std::string(key), text_of(field));
  }
  return {pairs.begin(), pairs.end()};
}

void add_pairs(Pairs& to, const Pairs& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::ranges::sort(to);
  const auto same = std::ranges::unique(to, {}, &std::pair<std::string, std::string>::first);
  to.erase(same.begin(), same.end());
}

// A text or an object with a url.
std::string read_repository(const Element& value) {
  Object fields;
  Element url;
  if (value.get(fields) != simdjson::SUCCESS) return text_of(value);
  return fields["url"].get(url) == simdjson::SUCCESS ? text_of(url) : std::string();
}

std::string read_repository_folder(const Element& value) {
  Object fields;
  Element folder;
  if (value.get(fields) != simdjson::SUCCESS) return {};
  return fields["directory"].get(folder) == simdjson::SUCCESS ? text_of(folder) : std::string();
}

struct Seen {
  bool signatures = false;
  bool flags = false;
};

void read_signatures(const Element& value, ReleaseRecord& release) {
  Array list;
  if (value.get(list) != simdjson::SUCCESS) return;
  for (const Element& entry : list) {
    Object fields;
    if (entry.get(fields) != simdjson::SUCCESS) continue;
    ReleaseSignature signature;
    for (const auto& [key, field] : fields) {
      if (key == "keyid") signature.key_id = text_of(field);
      if (key == "sig") signature.signature = text_of(field);
    }
    if (!signature.signature.empty()) release.signatures.push_back(std::move(signature));
  }
}

void read_dist(const Element& value, ReleaseRecord& release, bool& has_provenance) {
  Object dist;
  if (value.get(dist) != simdjson::SUCCESS) return;
  for (const auto& [key, field] : dist) {
    if (key == "integrity") release.integrity = text_of(field);
    if (key == "signatures") read_signatures(field, release);
    Object attestations;
    Element provenance;
    if (key == "attestations" && field.get(attestations) == simdjson::SUCCESS) {
      has_provenance =
          attestations["provenance"].get(provenance) == simdjson::SUCCESS && !provenance.is_null();
    }
  }
}

// "bin": a path, or paths by command.
Pairs read_bins(const Element& value, std::string_view package) {
  const std::string path = text_of(value);
  if (path.empty()) return read_pairs(value);
  return {{std::string(package.substr(package.rfind('/') + 1)), path}};
}

bool names_trusted_publisher(const Element& user) {
  Object fields;
  Element publisher;
  return user.get(fields) == simdjson::SUCCESS &&
         fields["trustedPublisher"].get(publisher) == simdjson::SUCCESS && !publisher.is_null();
}

void read_field(std::string_view key, const Element& field, ReleaseRecord& release,
                ListedManifest& manifest, bool& is_trusted, bool& has_provenance) {
  if (key == "name") manifest.name = text_of(field);
  if (key == "version") manifest.version = text_of(field);
  if (key == "scripts") manifest.scripts = read_pairs(field);
  if (key == "dependencies" || key == "optionalDependencies") {
    add_pairs(manifest.dependencies, read_pairs(field));
  }
  if (key == "bin") manifest.bins = read_bins(field, manifest.name);
  if (key == "gitHead") release.git_head = text_of(field);
  if (key == "repository") {
    release.repository = read_repository(field);
    release.repository_folder = read_repository_folder(field);
  }
  if (key == "deprecated") release.deprecated = text_of(field);
  if (key == "maintainers") release.maintainers = read_people(field);
  if (key == "dist") read_dist(field, release, has_provenance);
  if (key == "_npmUser") {
    const Person person = read_person(field);
    if (!person.name.empty()) release.publisher = person;
    is_trusted = names_trusted_publisher(field);
  }
  bool flag = false;
  if (key == "hasInstallScript" && field.get(flag) == simdjson::SUCCESS) {
    release.install_script = flag;
  }
}

ReleaseRecord read_release(std::string_view version, const Element& value, Seen& seen) {
  ReleaseRecord release;
  release.version = version;
  release.published = Unknown{std::string(has_no_times)};
  release.publisher = Unknown{std::string(has_no_publisher)};
  release.maintainers = Unknown{std::string(has_no_people)};
  release.install_script = Unknown{std::string(has_no_flag)};
  if (const std::optional<NpmVersion> parsed = parse_npm_version(version)) {
    release.is_prerelease = parsed->is_prerelease();
    release.line =
        parsed->major == 0 ? fmt::format("0.{}", parsed->minor) : std::to_string(parsed->major);
  }
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) return release;
  ListedManifest manifest;
  bool is_trusted = false, has_provenance = false;
  for (const auto& [key, field] : fields) {
    read_field(key, field, release, manifest, is_trusted, has_provenance);
  }
  release.manifest = std::move(manifest);
  release.trust = is_trusted       ? Trust::trusted_publisher
                  : has_provenance ? Trust::provenance
                                   : Trust::none;
  seen.signatures |=
      !release.signatures.empty() || release.trust.value_or(Trust::none) != Trust::none;
  seen.flags |= static_cast<bool>(release.install_script);
  return release;
}

void sort_by_version(std::vector<ReleaseRecord>& releases) {
  std::vector<std::pair<std::optional<NpmVersion>, ReleaseRecord>> keyed;
  for (ReleaseRecord& release : releases) {
    std::optional<NpmVersion> version = parse_npm_version(release.version);
    keyed.emplace_back(std::move(version), std::move(release));
  }
  std::ranges::stable_sort(keyed, [](const auto& a, const auto& b) {
    if (a.first && b.first) return *a.first < *b.first;
    return !a.first && b.first;
  });
  releases.clear();
  for (auto& [version, release] : keyed) releases.push_back(std::move(release));
}

// `times` without "created" are those of a mirror: the registry itself always gives it.
void take_times(const std::map<std::string, std::string>& times, ProjectRecord& record) {
  for (ReleaseRecord& release : record.releases) {
    const auto found = times.find(release.version);
    if (found == times.end()) continue;
    const std::optional<Time> time = parse_timestamp(found->second);
    if (time) release.published = *time;
  }
  if (!times.contains("created") && !times.empty()) {
    const Unknown reason{"the times that the registry gives are not those of publication"};
    for (ReleaseRecord& release : record.releases) release.published = reason;
  }
  forget_incredible_times(record);
}

// What one release tells is served by this registry, so that others without it do not have it.
void settle_absences(const Seen& seen, ProjectRecord& record) {
  for (ReleaseRecord& release : record.releases) {
    if (!seen.signatures) release.trust = Unknown{std::string(has_no_provenance)};
    if (seen.flags && !release.install_script) release.install_script = false;
  }
}

Result<Object> parse_object(simdjson::dom::parser& parser, std::string_view json,
                            const Limits& limits) {
  if (json.size() > limits.json_bytes) {
    return fail(ErrorKind::limit, fmt::format("the registry's document has {} bytes, over {}",
                                              json.size(), limits.json_bytes));
  }
  Element root;
  Object fields;
  const simdjson::error_code error = parser.parse(json.data(), json.size(), true).get(root);
  if (error != simdjson::SUCCESS || root.get(fields) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed,
                fmt::format("the registry's document is not a JSON object ({})",
                            error != simdjson::SUCCESS ? simdjson::error_message(error) : "type"));
  }
  return fields;
}

}  // namespace

Result<ProjectRecord> parse_npm_record(std::string_view json, const Limits& limits) {
  simdjson::dom::parser parser;
  const Object fields = TRY(parse_object(parser, json, limits));
  ProjectRecord record;
  record.ecosystem = Ecosystem::npm;
  record.readme = Unknown{std::string(has_no_readme)};
  record.maintainers = Unknown{std::string(has_no_people)};
  record.state = Unknown{"npm keeps no state of a project"};
  record.downloads_a_month = Unknown{"the registry keeps no download counts"};
  record.vulnerabilities = Unknown{"the registry lists none with its documents"};
  std::map<std::string, std::string> times;
  std::map<std::string, ReleaseRecord> releases;
  Seen seen;
  for (const auto& [key, field] : fields) {
    if (key == "name") record.name = text_of(field);
    if (key == "description") record.summary = text_of(field);
    if (key == "homepage") record.homepage = text_of(field);
    if (key == "author") record.contacts = {read_person(field)};
    if (key == "repository") record.repository = read_repository(field);
    if (key == "readme" && !text_of(field).empty()) record.readme = text_of(field);
    if (key == "maintainers") record.maintainers = read_people(field);
    if (key == "time") {
      for (auto& [version, time] : read_pairs(field)) times.insert_or_assign(version, time);
    }
    Object versions;
    if (key != "versions" || field.get(versions) != simdjson::SUCCESS) continue;
    for (const auto& [version, release] : versions) {
      releases.insert_or_assign(std::string(version), read_release(version, release, seen));
    }
  }
  for (auto& [version, release] : releases) record.releases.push_back(std::move(release));
  sort_by_version(record.releases);
  take_times(times, record);
  settle_absences(seen, record);
  return record;
}

Result<std::vector<SigningKey>> parse_npm_keys(std::string_view json, const Limits& limits) {
  simdjson::dom::parser parser;
  const Object fields = TRY(parse_object(parser, json, limits));
  Array list;
  if (fields["keys"].get(list) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed, "the registry's answer has no list of keys");
  }
  std::vector<SigningKey> keys;
  for (const Element& entry : list) {
    Object parts;
    if (entry.get(parts) != simdjson::SUCCESS) continue;
    SigningKey key;
    for (const auto& [name, field] : parts) {
      if (name == "keyid") key.id = text_of(field);
      if (name == "key") key.key = base64_decode(text_of(field)).value_or("");
      if (name == "expires") key.expires = parse_timestamp(text_of(field));
    }
    if (!key.id.empty() && !key.key.empty()) keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace assay
