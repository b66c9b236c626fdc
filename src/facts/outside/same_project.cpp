#include "facts/outside/same_project.h"

#include <algorithm>

#include "base/text.h"

namespace assay {

std::string plain_repository(std::string_view text) {
  std::string place = to_lower_ascii(trim(text));
  if (const std::size_t scheme = place.find("://"); scheme != std::string::npos) {
    place.erase(0, scheme + 3);
  } else if (const std::size_t colon = place.find(':'); colon != std::string::npos) {
    place[colon] = '/';  // git@host:owner/name
  }
  if (const std::size_t at = place.find('@'); at != std::string::npos) place.erase(0, at + 1);
  for (const char end : {'#', '?'}) place = place.substr(0, place.find(end));
  while (place.ends_with('/')) place.pop_back();
  if (place.ends_with(".git")) place.resize(place.size() - 4);
  if (place.starts_with("www.")) place.erase(0, 4);
  // A folder of a repository is still that repository.
  for (const std::string_view folder : {"/tree/", "/blob/", "/src/", "/-/"}) {
    place = place.substr(0, place.find(folder));
  }
  return place;
}

bool is_same_repository(std::string_view a, std::string_view b) {
  const std::string first = plain_repository(a), second = plain_repository(b);
  return !first.empty() && contains(first, "/") && first == second;
}

std::string repository_of(const Facts& facts, const ProjectRecord& record) {
  if (!record.repository.empty()) return record.repository;
  if (facts.npm && !facts.npm->repository.empty()) return facts.npm->repository;
  return contains(record.homepage, "://") ? record.homepage : std::string();
}

Known<bool> share_people(const ProjectRecord& a, const ProjectRecord& b) {
  if (!a.maintainers) return a.maintainers.unknown();
  if (!b.maintainers) return b.maintainers.unknown();
  return std::ranges::any_of(*a.maintainers, [&](const Person& person) {
    return std::ranges::find(*b.maintainers, person.name, &Person::name) != b.maintainers->end();
  });
}

}  // namespace assay
