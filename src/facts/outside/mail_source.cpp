#include <algorithm>
#include <map>

#include "facts/outside/source.h"

namespace assay {
namespace {

// Each is a question to the machine's DNS; more people than these share few domains.
constexpr std::size_t most_domains = 5;

// Those who can publish, else those whom the release names.
std::vector<Person> people_of(const MetadataFacts& metadata) {
  std::vector<Person> people;
  if (metadata.record.maintainers) people = *metadata.record.maintainers;
  const ReleaseRecord* release = metadata.listed();
  if (release != nullptr && release->publisher) people.push_back(*release->publisher);
  const bool has_mail =
      std::ranges::any_of(people, [](const Person& person) { return !person.email.empty(); });
  if (!has_mail) people = metadata.record.contacts;
  return people;
}

}  // namespace

void MailSource::collect(const Subject&, Facts& facts) {
  if (!facts.metadata) return;
  std::map<std::string, std::vector<std::string>> people_by_domain;
  for (const Person& person : people_of(*facts.metadata)) {
    const std::string domain = domain_of_mail(person.email);
    if (domain.empty()) continue;
    std::vector<std::string>& people = people_by_domain[domain];
    const std::string& name = person.name.empty() ? person.email : person.name;
    if (std::ranges::find(people, name) == people.end()) people.push_back(name);
  }
  MetadataFacts& metadata = *facts.metadata;
  if (people_by_domain.empty()) {
    metadata.domains = Unknown{"the registry gives no mail addresses"};
    return;
  }
  std::vector<MailDomain> found;
  for (auto& [domain, people] : people_by_domain) {
    if (found.size() >= most_domains) break;
    MailDomain entry{domain, std::move(people), {}, {}};
    const Known<bool> exists = domains_.exists(domain);
    entry.state = exists
                      ? Known<DomainState>(*exists ? DomainState::registered : DomainState::absent)
                      : Known<DomainState>(exists.unknown());
    if (exists && *exists) entry.registered_since = domains_.registered_since(domain);
    found.push_back(std::move(entry));
  }
  metadata.domains = std::move(found);
}

}  // namespace assay
