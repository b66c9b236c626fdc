// The section on how a project lives.
#include <fmt/format.h>

#include "base/text.h"
#include "report/section.h"

namespace assay {
namespace {

void tell_count(SectionBuilder& section, std::string_view label,
                const Known<std::uint64_t>& count) {
  if (count) {
    section.tell(label, std::to_string(*count));
  } else {
    section.tell_unknown(label, count.reason());
  }
}

void tell_time(SectionBuilder& section, std::string_view label, const Known<Time>& time) {
  if (!time) {
    section.tell_unknown(label, time.reason());
    return;
  }
  section.tell(label, fmt::format("{}, {} ago", format_date(*time),
                                  format_span(section.input().now - *time)));
}

void tell_issues(SectionBuilder& section, const HealthFacts& facts) {
  if (facts.open_issues && facts.closed_issues) {
    section.tell("issues",
                 fmt::format("{} open, {} closed", *facts.open_issues, *facts.closed_issues));
  } else {
    section.tell_unknown(
        "issues", facts.open_issues ? facts.closed_issues.reason() : facts.open_issues.reason());
  }
}

void tell_reviews(SectionBuilder& section, const HealthFacts& facts) {
  if (!facts.reviews) {
    section.tell_unknown("reviewed changes", facts.reviews.reason());
  } else if (facts.reviews->merged == 0) {
    section.tell("reviewed changes", "no changes were merged that could have been reviewed");
  } else {
    section.tell(
        "reviewed changes",
        fmt::format("{} of {} that were merged ({} %)", facts.reviews->reviewed,
                    facts.reviews->merged, facts.reviews->reviewed * 100 / facts.reviews->merged));
  }
}

void tell_reports(SectionBuilder& section, const HealthFacts& facts) {
  if (!facts.reports) {
    section.tell_unknown("reports of harm", facts.reports.reason());
    return;
  }
  if (facts.reports->empty()) {
    section.tell("reports of harm", "none by its title");
    return;
  }
  const MaliceReport& first = facts.reports->front();
  std::string text = fmt::format("\"{}\"{}", first.title, first.is_open ? ", open" : "");
  if (first.written) text += ", " + format_date(*first.written);
  if (facts.reports->size() > 1) text += fmt::format("; and {} more", facts.reports->size() - 1);
  section.tell("reports of harm", text, {"malice-reported"});
}

}  // namespace

void tell_health(SectionBuilder& section) {
  const Known<HealthFacts>& known = section.facts().health;
  if (!known) {
    // Where the repository is unknown, so is this, and once is enough.
    const Known<RepositoryFacts>& repository = section.facts().repository;
    const bool is_told =
        repository ? repository->reason == known.reason() : repository.reason() == known.reason();
    if (!is_told) section.tell_unknown("project", known.reason());
    return;
  }
  const HealthFacts& facts = *known;
  section.set_source(facts.source, facts.asked);
  if (facts.archived) {
    if (*facts.archived)
      section.tell("archived", "nobody works on it any more", {"repository-archived"});
  } else {
    section.tell_unknown("archived", facts.archived.reason());
  }
  if (facts.is_fork && *facts.is_fork) section.tell("fork", "a copy of another project");
  tell_time(section, "created", facts.created);
  tell_time(section, "last change", facts.last_change);
  tell_count(section, "commits", facts.commits);
  tell_count(section, "contributors", facts.contributors);
  tell_count(section, "stars", facts.stars);
  tell_count(section, "releases", facts.releases);
  tell_issues(section, facts);
  tell_reviews(section, facts);
  if (facts.security_policy) {
    section.tell("security policy", *facts.security_policy ? "there is one" : "there is none");
  } else {
    section.tell_unknown("security policy", facts.security_policy.reason());
  }
  if (facts.scorecard) {
    section.tell("scorecard",
                 fmt::format("{:.1f} of 10, {}", facts.scorecard->score, facts.scorecard->date));
  } else {
    section.tell_unknown("scorecard", facts.scorecard.reason());
  }
  tell_reports(section, facts);
}

}  // namespace assay
