// The sections that come from a registry's record.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "report/section.h"

namespace assay {
namespace {

using std::chrono::seconds;

constexpr std::size_t most_names = 6;

std::string ago(Time time, Time now) {
  return fmt::format("{}, {} ago", format_date(time), format_span(now - time));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// "a, b, c and 4 more".
std::string listed(const std::vector<std::string>& names) {
  const std::size_t shown_names = std::min(names.size(), most_names);
  std::string text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown_names), ", "));
  if (names.size() > shown_names) text += fmt::format(" and {} more", names.size() - shown_names);
  return text;
}

std::vector<std::string> names_of(const std::vector<Person>& people) {
  std::vector<std::string> names;
  for (const Person& person : people) {
    names.push_back(person.name.empty() ? person.email : person.name);
  }
  return names;
}

// The facts, with the section's source set; null, and the reason told, without any.
const MetadataFacts* metadata_of(SectionBuilder& section) {
  const Known<MetadataFacts>& metadata = section.facts().metadata;
  if (!metadata) {
    // What is the same as the reason at the top of the page is not said again.
    const bool is_told =
        section.input().error && section.input().error->message == metadata.reason();
    if (!is_told) section.tell_unknown("registry", metadata.reason());
    return nullptr;
  }
  const Origin& origin = metadata->record.origin;
  section.set_source(origin.where, origin.asked);
  return &*metadata;
}

void tell_state(SectionBuilder& section, const MetadataFacts& facts) {
  const ProjectRecord& record = facts.record;
  const std::string reason = record.state_reason.empty() ? "" : ": " + record.state_reason;
  if (record.state) {
    section.tell("state of the project", std::string(to_string(*record.state)) + reason,
                 {"project-quarantined", "project-abandoned"});
  } else if (record.ecosystem == Ecosystem::pypi) {
    section.tell_unknown("state of the project", record.state.reason());
  }
  const ReleaseRecord* release = facts.listed();
  if (release == nullptr) return;
  if (!release->deprecated.empty()) {
    section.tell("deprecated", release->deprecated, {"release-withdrawn"});
  }
  if (release->is_yanked) {
    section.tell("yanked",
                 release->yanked_reason.empty() ? "no reason given" : release->yanked_reason,
                 {"release-withdrawn"});
  }
}

void tell_times(SectionBuilder& section, const MetadataFacts& facts) {
  const Known<seconds> age = facts.age();
  if (age) {
    section.tell("this release", ago(*facts.listed()->published, facts.now), {"fresh-release"});
  } else {
    section.tell_unknown("this release", age.reason());
  }
  if (facts.first_published) {
    section.tell("first published",
                 fmt::format("{}; {}", ago(*facts.first_published, facts.now),
                             counted(facts.published_releases, "release")),
                 {"young-project"});
  } else {
    section.tell_unknown("first published", facts.first_published.reason());
    section.tell("releases", counted(facts.published_releases, "release"));
  }
  if (facts.quiet_before && *facts.quiet_before >= std::chrono::days(180)) {
    section.tell("quiet before it", "nothing was published for " + format_span(*facts.quiet_before),
                 {"revived-project"});
  }
  if (!facts.burst.empty()) {
    section.tell("same day", "also published: " + listed(facts.burst), {"release-burst"});
  }
}

void tell_changes(SectionBuilder& section, const MetadataFacts& facts) {
  if (facts.before.empty()) return;
  if (!facts.added_hooks.empty()) {
    section.tell(
        "new at install",
        fmt::format("{}, which {} did not have", fmt::join(facts.added_hooks, ", "), facts.before),
        {"install-hook-added"});
  }
  if (facts.new_dependencies && !facts.new_dependencies->empty()) {
    std::vector<std::string> names;
    for (const NewDependency& dependency : *facts.new_dependencies) {
      names.push_back(dependency.first_published
                          ? fmt::format("{} ({} old)", dependency.name,
                                        format_span(facts.now - *dependency.first_published))
                          : dependency.name);
    }
    section.tell("new dependencies", fmt::format("{}, since {}", listed(names), facts.before),
                 {"young-dependency-added"});
  }
}

std::string described(const ManifestDifference& difference) {
  const std::string listed = difference.listed.empty() ? "nothing" : difference.listed;
  const std::string packaged = difference.packaged.empty() ? "nothing" : difference.packaged;
  return fmt::format("{}: the registry says {}, the archive {}", difference.what, listed, packaged);
}

void tell_manifest(SectionBuilder& section, const MetadataFacts& facts) {
  if (facts.record.ecosystem != Ecosystem::npm) return;
  if (!facts.manifest_differences) {
    section.tell_unknown("manifest", facts.manifest_differences.reason());
    return;
  }
  std::string text = "the registry's is that of the archive";
  if (!facts.manifest_differences->empty()) {
    text = described(facts.manifest_differences->front());
    if (facts.manifest_differences->size() > 1) {
      text += fmt::format("; and {} more", facts.manifest_differences->size() - 1);
    }
  }
  section.tell("manifest", text, {"manifest-confusion"});
}

void tell_wheel(SectionBuilder& section, const MetadataFacts& facts) {
  if (facts.record.ecosystem != Ecosystem::pypi) return;
  if (!facts.wheel) {
    section.tell_unknown("wheel and sdist", facts.wheel.reason());
    return;
  }
  const std::size_t differences = facts.wheel->differences.size();
  std::string text = fmt::format("the same {}", counted(facts.wheel->same, "module"));
  if (differences > 0) {
    const WheelDifference& first = facts.wheel->differences.front();
    text =
        fmt::format("{} of {} modules of the wheel are not those of the sdist: {}{}", differences,
                    differences + facts.wheel->same, first.path, differences > 1 ? ", …" : "");
  }
  section.tell("wheel and sdist", text, {"wheel-differs"});
}

std::string_view described(SignatureState state) {
  switch (state) {
    case SignatureState::verified: return "good, by a key that the registry serves";
    case SignatureState::wrong: return "wrong: this is not what the registry signed";
    case SignatureState::unknown_key: return "made with a key that the registry does not serve";
  }
  return "";
}

void tell_provenance(SectionBuilder& section, const MetadataFacts& facts,
                     const ReleaseRecord& release) {
  if (!release.trust) {
    section.tell_unknown("provenance", release.trust.reason());
    return;
  }
  std::string text(to_string(*release.trust));
  if (facts.proven_by) {
    text += fmt::format(": {} {} {}", facts.proven_by->kind, facts.proven_by->repository,
                        facts.proven_by->workflow);
  }
  if (facts.trust_loss) {
    text += fmt::format("; {} had {}", facts.trust_loss->before_version,
                        to_string(facts.trust_loss->before));
  }
  section.tell("provenance", text, {"trust-downgraded"});
}

}  // namespace

void tell_publication(SectionBuilder& section) {
  const MetadataFacts* facts = metadata_of(section);
  if (facts == nullptr) return;
  if (facts->listed() == nullptr) {
    section.tell_unknown("this release", "the registry does not list it");
  }
  tell_state(section, *facts);
  if (facts->listed() != nullptr) tell_times(section, *facts);
  tell_changes(section, *facts);
  if (facts->record.downloads_a_month) {
    section.tell("downloads", fmt::format("{} a month", *facts->record.downloads_a_month));
  } else {
    section.tell_unknown("downloads", facts->record.downloads_a_month.reason());
  }
  const Known<std::vector<KnownVulnerability>>& known = facts->record.vulnerabilities;
  if (known && !known->empty() && facts->listed() == &facts->record.releases.back()) {
    std::vector<std::string> ids;
    for (const KnownVulnerability& vulnerability : *known) ids.push_back(vulnerability.id);
    section.tell("vulnerabilities", listed(ids));
  }
}

void tell_people(SectionBuilder& section) {
  if (!section.facts().metadata) return;  // Said once, by the section before.
  const MetadataFacts& facts = *metadata_of(section);
  const ReleaseRecord* release = facts.listed();
  if (release != nullptr) {
    if (release->publisher) {
      const bool is_new = facts.publisher_is_new && *facts.publisher_is_new;
      section.tell("published by",
                   release->publisher->name + (is_new ? ", for the first time" : ""),
                   {"new-publisher"});
    } else {
      section.tell_unknown("published by", release->publisher.reason());
    }
    if (facts.joined && !facts.joined->empty()) {
      section.tell("joined", listed(names_of(*facts.joined)) + ", since " + facts.before);
    }
    if (facts.left && !facts.left->empty()) {
      section.tell("left", listed(names_of(*facts.left)) + ", since " + facts.before);
    }
  }
  if (facts.record.maintainers) {
    section.tell("may publish", listed(names_of(*facts.record.maintainers)));
  } else {
    section.tell_unknown("may publish", facts.record.maintainers.reason());
  }
  if (!facts.record.contacts.empty()) {
    section.tell("named as authors", listed(names_of(facts.record.contacts)));
  }
  if (!facts.domains) {
    section.tell_unknown("mail domains", facts.domains.reason());
    return;
  }
  for (const MailDomain& domain : *facts.domains) {
    if (!domain.state) {
      section.tell_unknown("mail domain", domain.domain + ": " + domain.state.reason());
      continue;
    }
    const bool is_there = *domain.state == DomainState::registered;
    const std::string since = domain.registered_since
                                  ? ", since " + format_date(*domain.registered_since)
                                  : std::string();
    section.tell("mail domain",
                 domain.domain + (is_there ? " is registered" + since : " does not exist any more"),
                 {"mail-domain-lapsed"});
  }
}

void tell_trust(SectionBuilder& section) {
  if (!section.facts().metadata) return;
  const MetadataFacts& facts = *metadata_of(section);
  if (const ReleaseRecord* release = facts.listed()) {
    tell_provenance(section, facts, *release);
    if (facts.signature) {
      section.tell("signature", described(*facts.signature), {"signature-wrong"});
    } else if (facts.record.ecosystem == Ecosystem::npm) {
      section.tell_unknown("signature", facts.signature.reason());
    }
  }
  tell_manifest(section, facts);
  tell_wheel(section, facts);
}

void tell_documentation(SectionBuilder& section) {
  if (!section.facts().metadata) return;
  const MetadataFacts& facts = *metadata_of(section);
  if (!facts.documentation) {
    section.tell_unknown("README", facts.documentation.reason());
    return;
  }
  const Documentation& documentation = *facts.documentation;
  section.set_source(documentation.source);
  section.tell("README",
               fmt::format("{}, {}, {}", counted(documentation.words, "word"),
                           counted(documentation.code_blocks, "example"),
                           documentation.shows_use ? "shows how this package is used"
                                                   : "does not show how this package is used"),
               {"readme-missing"});
  if (!documentation.placeholder.empty()) {
    section.tell("placeholder", "says \"" + documentation.placeholder + "\"",
                 {"readme-placeholder"});
  }
  if (!documentation.shows_use && !documentation.installs.empty()) {
    section.tell("installs", "tells to install " + listed(documentation.installs),
                 {"readme-of-another"});
  }
  if (!facts.likenesses) {
    section.tell_unknown("copies", facts.likenesses.reason());
    return;
  }
  section.set_source(facts.record.origin.where, facts.record.origin.asked);
  for (const Likeness& like : *facts.likenesses) {
    std::vector<std::string> common;
    if (like.readme >= 0.3)
      common.push_back(fmt::format("{:.0f} % of its README", like.readme * 100));
    if (like.same_summary) common.push_back("its description");
    if (like.same_repository) common.push_back("its repository");
    if (common.empty()) continue;
    section.tell("shared with " + like.name, fmt::format("{}", fmt::join(common, ", ")),
                 {"copies-another-package"});
  }
}

}  // namespace assay
