#include <algorithm>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// Registered anew between the project's first release and this one: by whom, nobody knows.
bool was_registered_anew(const MailDomain& domain, const MetadataFacts& metadata) {
  if (!domain.registered_since || !metadata.first_published) return false;
  const ReleaseRecord* release = metadata.listed();
  const Time until = release != nullptr && release->published ? *release->published : metadata.now;
  // A domain of about the project's age is the project's.
  return *domain.registered_since > *metadata.first_published + std::chrono::days(90) &&
         *domain.registered_since <= until;
}

bool is_of_publisher(const MailDomain& domain, const MetadataFacts& metadata) {
  const ReleaseRecord* release = metadata.listed();
  return release != nullptr && release->publisher &&
         std::ranges::find(domain.people, release->publisher->name) != domain.people.end();
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata || !facts.metadata->domains) return;
  const MetadataFacts& metadata = *facts.metadata;
  for (const MailDomain& domain : *metadata.domains) {
    if (!domain.state) continue;
    const std::string whose =
        shown(domain.people.front()) + "'s mail domain " + shown(domain.domain);
    if (*domain.state == DomainState::absent) {
      findings.add(Severity::low, Where{},
                   "can be taken over: " + whose + " does not exist any more");
    } else if (was_registered_anew(domain, metadata)) {
      // Domains are moved, too: only a release by that account, soon after, says more.
      const Time since = *domain.registered_since;
      const ReleaseRecord* release = metadata.listed();
      const bool is_soon = release != nullptr && release->published &&
                           *release->published - since <= std::chrono::days(60);
      findings.add(
          is_of_publisher(domain, metadata) && is_soon ? Severity::medium : Severity::low, Where{},
          "may have been taken over: " + whose + " was registered anew on " + format_date(since));
    }
  }
}

}  // namespace

extern constinit const Rule mail_domain_lapsed = {
    .id = "mail-domain-lapsed",
    .title = "A maintainer's mail domain has lapsed or has a new owner",
    .why =
        "Whoever registers a lapsed domain gets its mail, has the password of the account reset, "
        "and publishes under a trusted name.",
    .harmless_when = "The account uses a second factor, or a domain that was moved by its owner.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a domain that is free to take", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "maintainers": [{"name": "ann", "email": "ann@widget-makers.dev"}],
 "versions": {"1.0.1": {}}}
==> //domain/widget-makers.dev
absent
)"},
    {.name = "registered anew just before a release",
     .expect = "package",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "maintainers": [{"name": "ann", "email": "ann@widget-makers.dev"}],
 "time": {"created": "2018-01-01", "1.0.0": "2018-01-01", "1.0.1": "2026-01-10"},
 "versions": {"1.0.0": {}, "1.0.1": {"_npmUser": {"name": "ann"}}}}
==> //domain/widget-makers.dev
2026-01-05
)"},
    {.name = "as old as the project", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.1"}
==> //package
npm widget 1.0.1
==> //npm/widget.json
{"name": "widget", "maintainers": [{"name": "ann", "email": "ann@widget-makers.dev"}],
 "time": {"created": "2018-01-01", "1.0.1": "2018-01-01"}, "versions": {"1.0.1": {}}}
==> //domain/widget-makers.dev
2017-12-01
)"},
};
extern const std::span<const Sample> mail_domain_lapsed_samples = samples;
#endif

}  // namespace assay::rules
