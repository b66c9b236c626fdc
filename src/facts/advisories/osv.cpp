#include "facts/advisories/osv.h"

#include <simdjson.h>

#include <algorithm>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"
#include "facts/advisories/affected.h"

namespace assay {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

// What is kept of a record; real ones have far less.
constexpr std::size_t max_id_bytes = 128, max_summary_bytes = 240, max_name_bytes = 256;
constexpr std::size_t max_aliases = 64, max_packages = 10'000, max_events = 10'000;
constexpr std::size_t max_versions = 50'000;

std::string_view text_of(const element& parent, std::string_view key) {
  std::string_view text;
  return parent[key].get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}
std::vector<element> elements_of(const element& parent, std::string_view key, std::size_t most) {
  std::vector<element> elements;
  array list;
  if (parent[key].get_array().get(list) != simdjson::SUCCESS) return elements;
  for (const element item : list) {
    if (elements.size() == most) break;
    elements.push_back(item);
  }
  return elements;
}
std::vector<std::string> texts_of(const element& parent, std::string_view key, std::size_t most,
                                  std::size_t most_bytes) {
  std::vector<std::string> texts;
  for (const element& item : elements_of(parent, key, most)) {
    std::string_view text;
    if (item.get_string().get(text) == simdjson::SUCCESS && text.size() <= most_bytes) {
      texts.emplace_back(text);
    }
  }
  return texts;
}

// "PyPI" and "npm", with what may follow a colon.
Ecosystem ecosystem_of(std::string_view text) {
  text = text.substr(0, text.find(':'));
  if (text == "npm") return Ecosystem::npm;
  if (text == "PyPI") return Ecosystem::pypi;
  return Ecosystem::unknown;
}

std::string severity_of(const element& record) {
  element specific;
  if (record["database_specific"].get(specific) == simdjson::SUCCESS) {
    const std::string_view level = text_of(specific, "severity");
    if (!level.empty() && level.size() <= 32) return std::string(level);
  }
  for (const element& severity : elements_of(record, "severity", 8)) {
    const std::string_view score = text_of(severity, "score");
    if (score.starts_with("CVSS:") && score.size() <= 200) return std::string(score);
  }
  return "";
}

// Records of OpenSSF's malicious-packages have their own ids; others say it by CWE-506, embedded
// malicious code.
bool is_about_malware(const element& record, std::string_view id,
                      const std::vector<std::string>& aliases) {
  const auto is_malware_id = [](std::string_view text) { return text.starts_with("MAL-"); };
  if (is_malware_id(id) || std::ranges::any_of(aliases, is_malware_id)) return true;
  element specific;
  if (record["database_specific"].get(specific) != simdjson::SUCCESS) return false;
  const std::vector<std::string> weaknesses = texts_of(specific, "cwe_ids", 64, 32);
  return std::ranges::find(weaknesses, "CWE-506") != weaknesses.end();
}

VersionRange range_of(const element& json) {
  struct Name {
    std::string_view key;
    VersionEvent::Kind kind;
  };
  constexpr Name names[] = {{"introduced", VersionEvent::Kind::introduced},
                            {"fixed", VersionEvent::Kind::fixed},
                            {"last_affected", VersionEvent::Kind::last_affected},
                            {"limit", VersionEvent::Kind::limit}};
  VersionRange range;
  for (const element& event : elements_of(json, "events", max_events)) {
    for (const Name& name : names) {
      const std::string_view version = text_of(event, name.key);
      if (!version.empty() && version.size() <= max_name_bytes) {
        range.push_back({name.kind, std::string(version)});
      }
    }
  }
  return range;
}

void add_affected(const element& affected, Advisory& advisory) {
  for (const element& json : elements_of(affected, "ranges", max_events)) {
    if (text_of(json, "type") == "GIT") continue;
    VersionRange range = range_of(json);
    if (!range.empty()) advisory.ranges.push_back(std::move(range));
  }
  std::ranges::move(texts_of(affected, "versions", max_versions, max_name_bytes),
                    std::back_inserter(advisory.versions));
}

PackageAdvisory& entry_for(OsvRecord& record, Ecosystem ecosystem, std::string name,
                           const Advisory& common) {
  for (PackageAdvisory& entry : record.advisories) {
    if (entry.ecosystem == ecosystem && entry.name == name) return entry;
  }
  return record.advisories.emplace_back(PackageAdvisory{ecosystem, std::move(name), common});
}

Result<Advisory> common_part(const element& record) {
  Advisory advisory;
  advisory.id = text_of(record, "id");
  if (advisory.id.empty() || advisory.id.size() > max_id_bytes) {
    return fail(ErrorKind::malformed, "no id");
  }
  advisory.aliases = texts_of(record, "aliases", max_aliases, max_id_bytes);
  advisory.summary = text_of(record, "summary").substr(0, max_summary_bytes);
  advisory.severity = severity_of(record);
  advisory.modified = parse_timestamp(text_of(record, "modified"));
  advisory.is_malware = is_about_malware(record, advisory.id, advisory.aliases);
  return advisory;
}

}  // namespace

struct OsvReader::Parser {
  simdjson::dom::parser dom{max_osv_bytes};
  simdjson::padded_string buffer;
};

OsvReader::OsvReader() : parser_(std::make_unique<Parser>()) {}
OsvReader::~OsvReader() = default;

Result<OsvRecord> OsvReader::read(std::string_view json) {
  if (json.size() > max_osv_bytes) return fail(ErrorKind::limit, "larger than 16 MB");
  element root;
  if (parser_->dom.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS ||
      !root.is_object()) {
    return fail(ErrorKind::malformed, "no JSON object");
  }
  const Advisory common = TRY(common_part(root));
  OsvRecord record;
  record.is_withdrawn = !text_of(root, "withdrawn").empty();
  if (record.is_withdrawn) return record;
  for (const element& affected : elements_of(root, "affected", max_packages)) {
    element package;
    if (affected["package"].get(package) != simdjson::SUCCESS) continue;
    const Ecosystem ecosystem = ecosystem_of(text_of(package, "ecosystem"));
    const std::string_view name = text_of(package, "name");
    if (ecosystem == Ecosystem::unknown || name.empty() || name.size() > max_name_bytes) continue;
    std::string normal =
        ecosystem == Ecosystem::pypi ? normalise_pypi_name(name) : std::string(name);
    add_affected(affected, entry_for(record, ecosystem, std::move(normal), common).advisory);
  }
  for (PackageAdvisory& entry : record.advisories) {
    drop_covered_versions(entry.advisory, entry.ecosystem);
  }
  return record;
}

}  // namespace assay
