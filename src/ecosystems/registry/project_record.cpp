#include "ecosystems/registry/project_record.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace assay {
namespace {

// A person's part of a list; a comma inside quotes separates nobody.
std::vector<std::string_view> split_people(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (text[i] != ',' || is_quoted) continue;
    parts.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

Person parse_person(std::string_view text) {
  Person person;
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>', open == std::string_view::npos ? 0 : open);
  if (open != std::string_view::npos && close != std::string_view::npos) {
    person.email = trim(text.substr(open + 1, close - open - 1));
    text = text.substr(0, open);
  } else if (contains(text, "@") && !contains(trim(text), " ")) {
    person.email = trim(text);
    return person;
  }
  // npm's short form puts a URL in parentheses behind the name.
  text = trim(text.substr(0, text.find('(')));
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) {
    text = text.substr(1, text.size() - 2);
  }
  person.name = text;
  return person;
}

}  // namespace

std::string_view to_string(Trust trust) {
  switch (trust) {
    case Trust::none: return "none";
    case Trust::provenance: return "provenance";
    case Trust::trusted_publisher: return "trusted publisher";
  }
  return "none";
}

std::string_view to_string(ProjectState state) {
  switch (state) {
    case ProjectState::active: return "active";
    case ProjectState::archived: return "archived";
    case ProjectState::deprecated: return "deprecated";
    case ProjectState::quarantined: return "quarantined";
  }
  return "active";
}

const ReleaseRecord* ProjectRecord::find(std::string_view version) const {
  const auto found = std::ranges::find(releases, version, &ReleaseRecord::version);
  return found == releases.end() ? nullptr : &*found;
}

void forget_incredible_times(ProjectRecord& record) {
  std::map<std::string_view, Time> latest;  // by line, of the releases so far
  std::size_t pairs = 0, inversions = 0;
  for (const ReleaseRecord& release : record.releases) {
    if (!release.published || release.is_prerelease) continue;
    const auto [at, is_first] = latest.try_emplace(release.line, *release.published);
    if (is_first) continue;
    ++pairs;
    if (*release.published + std::chrono::days(1) < at->second) ++inversions;
    at->second = std::max(at->second, *release.published);
  }
  // Somebody republishes or misnumbers once in a while; copies are made in any order.
  if (inversions <= 1 + pairs / 20) return;
  const Unknown reason{"the times that the registry gives are not those of publication"};
  for (ReleaseRecord& release : record.releases) release.published = reason;
}

std::vector<Person> parse_people(std::string_view text) {
  std::vector<Person> people;
  for (const std::string_view part : split_people(text)) {
    Person person = parse_person(trim(part));
    if (!person.name.empty() || !person.email.empty()) people.push_back(std::move(person));
  }
  return people;
}

}  // namespace assay
