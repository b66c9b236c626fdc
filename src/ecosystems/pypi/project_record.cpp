#include "ecosystems/pypi/project_record.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "ecosystems/pypi/file_name.h"
#include "ecosystems/pypi/manifest.h"
#include "ecosystems/pypi/pep440.h"
#include "ecosystems/pypi/simple_index.h"

namespace assay {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;

constexpr std::string_view has_no_publisher = "the index does not tell who published it";
constexpr std::string_view has_no_people = "the index does not tell who may publish";
constexpr std::string_view has_no_times = "the index gives no times of upload";
constexpr std::string_view has_no_provenance = "the index serves no provenance (PEP 740)";
constexpr std::string_view has_no_state = "the index tells no state of projects (PEP 792)";
constexpr std::string_view has_no_document = "the index serves no JSON document of the project";

std::string text_of(const Element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::string text_at(const Object& fields, std::string_view key) {
  Element value;
  return fields[key].get(value) == simdjson::SUCCESS ? text_of(value) : std::string();
}

Result<Object> parse_object(simdjson::dom::parser& parser, std::string_view json,
                            const Limits& limits) {
  if (json.size() > limits.json_bytes) {
    return fail(ErrorKind::limit, fmt::format("the index's answer has {} bytes, over {}",
                                              json.size(), limits.json_bytes));
  }
  Element root;
  Object fields;
  const simdjson::error_code error = parser.parse(json.data(), json.size(), true).get(root);
  if (error != simdjson::SUCCESS || root.get(fields) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed,
                fmt::format("the index's answer is not a JSON object ({})",
                            error != simdjson::SUCCESS ? simdjson::error_message(error) : "type"));
  }
  return fields;
}

// What the fields of PEP 740 and PEP 792 say; keyed by file name.
struct PageExtras {
  std::map<std::string, std::string> provenance;  // empty: null, there is none
  bool tells_provenance = false;
  std::string state, state_reason;
};

// "1.3" and later have the key "provenance" for each file (PEP 740).
bool is_at_least(std::string_view api_version, int minor) {
  if (!api_version.starts_with("1.")) return false;
  int value = 0;
  const std::string_view digits = api_version.substr(2);
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value >= minor;
}

void read_state(const Element& value, PageExtras& extras) {
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) return;
  extras.state = text_at(fields, "status");
  extras.state_reason = text_at(fields, "reason");
}

PageExtras read_extras(std::string_view simple, const Limits& limits) {
  PageExtras extras;
  simdjson::dom::parser parser;
  const Result<Object> fields = parse_object(parser, simple, limits);
  if (!fields) return extras;  // HTML
  for (const auto& [key, value] : *fields) {
    Object meta;
    if (key == "meta" && value.get(meta) == simdjson::SUCCESS) {
      const std::string version = text_at(meta, "api-version");
      extras.tells_provenance |= is_at_least(version, 3);
      if (is_at_least(version, 4) && extras.state.empty()) extras.state = "active";
    }
    if (key == "project-status") read_state(value, extras);
    Array files;
    if (key != "files" || value.get(files) != simdjson::SUCCESS) continue;
    for (const Element& entry : files) {
      Object file;
      Element provenance;
      if (entry.get(file) != simdjson::SUCCESS) continue;
      if (file["provenance"].get(provenance) != simdjson::SUCCESS) continue;
      extras.tells_provenance = true;
      extras.provenance.insert_or_assign(text_at(file, "filename"), text_of(provenance));
    }
  }
  return extras;
}

Known<ProjectState> state_from(std::string_view text) {
  for (const ProjectState state : {ProjectState::active, ProjectState::archived,
                                   ProjectState::deprecated, ProjectState::quarantined}) {
    if (to_string(state) == text) return state;
  }
  if (text.empty()) return Unknown{std::string(has_no_state)};
  return Unknown{"the index names a state that is not known: " + std::string(text)};
}

std::string line_of(const Pep440Version& version) {
  const std::uint64_t major = version.release.empty() ? 0 : version.release[0];
  if (major != 0) return std::to_string(major);
  return fmt::format("0.{}", version.release.size() > 1 ? version.release[1] : 0);
}

ReleaseRecord new_release(std::string_view version, const std::optional<Pep440Version>& parsed) {
  ReleaseRecord release;
  release.version = version;
  release.published = Unknown{std::string(has_no_times)};
  release.publisher = Unknown{std::string(has_no_publisher)};
  release.maintainers = Unknown{std::string(has_no_people)};
  release.install_script = Unknown{"Python packages have no such flag"};
  release.trust = Unknown{std::string(has_no_provenance)};
  release.manifest = Unknown{"Python indexes list no manifests"};
  release.is_prerelease = parsed && parsed->is_prerelease();
  if (parsed) release.line = line_of(*parsed);
  return release;
}

void add_file(const IndexFile& file, const PageExtras& extras, ReleaseRecord& release) {
  ReleaseFile entry;
  entry.name = file.file_name;
  entry.uploaded = parse_timestamp(file.uploaded);
  entry.size_bytes = file.size_bytes.value_or(0);
  entry.is_yanked = file.is_yanked;
  entry.provenance = Unknown{std::string(has_no_provenance)};
  if (extras.tells_provenance) {
    const auto found = extras.provenance.find(file.file_name);
    entry.provenance = found == extras.provenance.end() ? std::string() : found->second;
  }
  if (entry.uploaded && (!release.published || *entry.uploaded < *release.published)) {
    release.published = *entry.uploaded;
  }
  if (release.yanked_reason.empty()) release.yanked_reason = file.yanked_reason;
  release.files.push_back(std::move(entry));
}

// A release is as well proven as its worst file: that is the one which an attacker would add.
void settle(ReleaseRecord& release) {
  std::ranges::sort(release.files, {}, &ReleaseFile::name);
  release.is_yanked = std::ranges::all_of(release.files, &ReleaseFile::is_yanked);
  if (!release.is_yanked) release.yanked_reason.clear();
  if (release.files.empty() || !release.files.front().provenance) return;
  const bool all = std::ranges::all_of(release.files, [](const ReleaseFile& file) {
    return file.provenance && !file.provenance->empty();
  });
  // Indexes take attestations from trusted publishers only.
  release.trust = all ? Trust::trusted_publisher : Trust::none;
}

struct Entry {
  std::optional<Pep440Version> version;  // nullopt: not a PEP 440 version
  std::string text;
  const IndexFile* file;
};

// The lowest version first; each spelt as the first of its files does.
std::vector<Entry> entries_by_version(const std::vector<IndexFile>& files,
                                      std::string_view normalised_name) {
  std::vector<Entry> entries;
  for (const IndexFile& file : files) {
    const std::optional<DistributionName> name =
        parse_distribution_name(file.file_name, normalised_name);
    if (name) entries.push_back({parse_pep440_version(name->version), name->version, &file});
  }
  std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) {
    if (a.version && b.version) return *a.version < *b.version;
    if (a.version || b.version) return b.version.has_value();
    return a.text < b.text;
  });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const Entry& before = entries[i - 1];
    if (entries[i].version && entries[i].version == before.version) entries[i].text = before.text;
  }
  return entries;
}

// "Name <mail>" in one field and a name in another make one person.
std::vector<Person> read_contacts(const Object& info) {
  std::vector<Person> people;
  for (const std::string_view role : {"author", "maintainer"}) {
    const std::string name = text_at(info, role);
    std::vector<Person> written = parse_people(text_at(info, fmt::format("{}_email", role)));
    if (written.size() == 1 && written[0].name.empty()) written[0].name = name;
    if (written.empty() && !name.empty()) written.push_back({name, {}});
    people.insert(people.end(), written.begin(), written.end());
  }
  std::ranges::sort(people);
  const auto same = std::ranges::unique(people);
  people.erase(same.begin(), same.end());
  return people;
}

constexpr std::string_view source_labels[] = {"source", "repository", "code", "github", "gitlab"};

void read_urls(const Object& info, ProjectRecord& record) {
  record.homepage = text_at(info, "home_page");
  Object urls;
  if (info["project_urls"].get(urls) != simdjson::SUCCESS) return;
  for (const auto& [label, value] : urls) {
    const std::string lower = to_lower_ascii(label);
    const bool is_source = std::ranges::any_of(
        source_labels, [&](std::string_view word) { return contains(lower, word); });
    if (is_source && record.repository.empty()) record.repository = text_of(value);
    if (contains(lower, "home") && record.homepage.empty()) record.homepage = text_of(value);
  }
}

void read_info(const Object& info, ProjectRecord& record) {
  record.summary = text_at(info, "summary");
  const std::string description = text_at(info, "description");
  if (!description.empty()) record.readme = description;
  record.contacts = read_contacts(info);
  read_urls(info, record);
  Object downloads;
  std::int64_t month = -1;
  if (info["downloads"].get(downloads) == simdjson::SUCCESS &&
      downloads["last_month"].get(month) == simdjson::SUCCESS && month >= 0) {
    record.downloads_a_month = static_cast<std::uint64_t>(month);
  }
}

void read_ownership(const Element& value, ProjectRecord& record) {
  Object fields;
  if (value.get(fields) != simdjson::SUCCESS) return;
  std::vector<Person> people;
  const std::string organization = text_at(fields, "organization");
  if (!organization.empty()) people.push_back({organization, {}});
  Array roles;
  if (fields["roles"].get(roles) == simdjson::SUCCESS) {
    for (const Element& role : roles) {
      Object parts;
      if (role.get(parts) == simdjson::SUCCESS) people.push_back({text_at(parts, "user"), {}});
    }
  }
  std::ranges::sort(people);
  if (!people.empty()) record.maintainers = std::move(people);
}

void read_vulnerabilities(const Element& value, ProjectRecord& record) {
  Array list;
  if (value.get(list) != simdjson::SUCCESS) return;
  std::vector<KnownVulnerability> found;
  for (const Element& entry : list) {
    Object fields;
    if (entry.get(fields) != simdjson::SUCCESS || !text_at(fields, "withdrawn").empty()) continue;
    KnownVulnerability vulnerability{text_at(fields, "id"), text_at(fields, "summary"), {}};
    Array fixed;
    if (fields["fixed_in"].get(fixed) == simdjson::SUCCESS) {
      for (const Element& version : fixed) vulnerability.fixed_in.push_back(text_of(version));
    }
    found.push_back(std::move(vulnerability));
  }
  record.vulnerabilities = std::move(found);
}

}  // namespace

Result<ProjectRecord> parse_pypi_record(std::string_view project, std::string_view simple,
                                        const Url& page, const Limits& limits) {
  const ProjectPage parsed = TRY(parse_project_page(simple, page, limits));
  const PageExtras extras = read_extras(simple, limits);
  ProjectRecord record;
  record.ecosystem = Ecosystem::pypi;
  record.name = project;
  record.readme = Unknown{std::string(has_no_document)};
  record.maintainers = Unknown{std::string(has_no_people)};
  record.vulnerabilities = Unknown{std::string(has_no_document)};
  record.downloads_a_month = Unknown{"the index keeps no download counts"};
  record.state = state_from(extras.state);
  record.state_reason = extras.state_reason;

  for (const Entry& entry : entries_by_version(parsed.files, normalise_pypi_name(project))) {
    std::vector<ReleaseRecord>& releases = record.releases;
    if (releases.empty() || releases.back().version != entry.text) {
      releases.push_back(new_release(entry.text, entry.version));
    }
    add_file(*entry.file, extras, releases.back());
  }
  std::ranges::for_each(record.releases, settle);
  forget_incredible_times(record);
  return record;
}

Result<void> add_pypi_document(std::string_view json, ProjectRecord& record, const Limits& limits) {
  simdjson::dom::parser parser;
  const Object fields = TRY(parse_object(parser, json, limits));
  for (const auto& [key, value] : fields) {
    Object info;
    if (key == "info" && value.get(info) == simdjson::SUCCESS) read_info(info, record);
    if (key == "ownership") read_ownership(value, record);
    if (key == "vulnerabilities") read_vulnerabilities(value, record);
  }
  return {};
}

Result<ProvenPublisher> parse_pypi_provenance(std::string_view json, const Limits& limits) {
  simdjson::dom::parser parser;
  const Object fields = TRY(parse_object(parser, json, limits));
  Array bundles;
  if (fields["attestation_bundles"].get(bundles) == simdjson::SUCCESS) {
    for (const Element& entry : bundles) {
      Object bundle, publisher;
      if (entry.get(bundle) != simdjson::SUCCESS ||
          bundle["publisher"].get(publisher) != simdjson::SUCCESS) {
        continue;
      }
      return ProvenPublisher{text_at(publisher, "kind"), text_at(publisher, "repository"),
                             text_at(publisher, "workflow")};
    }
  }
  return fail(ErrorKind::malformed, "the provenance names no publisher");
}

}  // namespace assay
