// METADATA and PKG-INFO: e-mail headers, then the description as the body.
#include <array>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"

namespace assay {
namespace {

struct TextHeader {
  std::string_view name;  // lower case
  std::string CoreMetadata::* member;
};
constexpr std::array<TextHeader, 14> text_headers = {{
    {"metadata-version", &CoreMetadata::metadata_version},
    {"name", &CoreMetadata::name},
    {"version", &CoreMetadata::version},
    {"summary", &CoreMetadata::summary},
    {"home-page", &CoreMetadata::home_page},
    {"author", &CoreMetadata::author},
    {"author-email", &CoreMetadata::author_email},
    {"maintainer", &CoreMetadata::maintainer},
    {"maintainer-email", &CoreMetadata::maintainer_email},
    {"license", &CoreMetadata::license},
    {"license-expression", &CoreMetadata::license},
    {"description", &CoreMetadata::description},
    {"description-content-type", &CoreMetadata::description_content_type},
    {"download-url", &CoreMetadata::download_url},
}};

struct ListHeader {
  std::string_view name;
  std::vector<std::string> CoreMetadata::* member;
};
constexpr std::array<ListHeader, 3> list_headers = {{
    {"project-url", &CoreMetadata::project_urls},
    {"classifier", &CoreMetadata::classifiers},
    {"requires-dist", &CoreMetadata::requires_dist},
}};

// setuptools wrote UNKNOWN for what was not given.
std::string known(std::string value) { return value == "UNKNOWN" ? std::string() : value; }

void store(CoreMetadata& metadata, std::string_view name, std::string value) {
  const std::string lower = to_lower_ascii(trim(name));
  for (const TextHeader& header : text_headers) {
    if (header.name == lower) metadata.*header.member = known(std::move(value));
  }
  for (const ListHeader& header : list_headers) {
    if (header.name == lower && !value.empty()) (metadata.*header.member).push_back(value);
  }
}

// Continuation lines keep what stands after the indent that PEP 566 or its forerunners put there.
std::string_view continuation(std::string_view line) {
  for (const std::string_view indent : {"       |", "        "}) {
    if (line.starts_with(indent)) return line.substr(indent.size());
  }
  return trim(line);
}

}  // namespace

CoreMetadata parse_core_metadata(std::string_view text) {
  CoreMetadata metadata;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string name, value;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      value += '\n';
      value += continuation(line);
      continue;
    }
    if (!name.empty()) store(metadata, name, std::move(value));
    const std::size_t colon = line.find(':');
    name = colon == std::string_view::npos ? std::string() : std::string(line.substr(0, colon));
    value =
        colon == std::string_view::npos ? std::string() : std::string(trim(line.substr(colon + 1)));
  }
  if (!name.empty()) store(metadata, name, std::move(value));
  if (!trim(text).empty()) metadata.description = known(std::string(text));
  if (trim(metadata.description) == "UNKNOWN") metadata.description.clear();
  return metadata;
}

}  // namespace assay
