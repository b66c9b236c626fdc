// The section on the repository that a package names.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/section.h"

namespace assay {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string commit_text(const RepositoryFacts& facts) {
  const std::string commit = facts.commit.substr(0, 12);
  switch (facts.from) {
    case CommitFrom::registry: return commit + ", which the registry names";
    case CommitFrom::tag: return fmt::format("{}, at the tag {}", commit, facts.tag);
    case CommitFrom::manifest: return commit + ", the newest, whose manifest has this version";
    case CommitFrom::none: break;
  }
  return facts.earlier == 0
             ? std::string("none is marked as this version")
             : fmt::format("none is marked as this version; {} of the {} before it are",
                           facts.earlier_tagged, counted(facts.earlier, "release"));
}

std::string name_text(const RepositoryFacts& facts) {
  const std::string place = facts.folder.empty() ? "at its top" : "in " + facts.folder;
  switch (facts.name) {
    case NameMatch::agrees: return "its manifest has this package's name, " + place;
    case NameMatch::differs:
      return fmt::format("its manifests are of {}{}", facts.names.front(),
                         facts.names.size() > 1
                             ? fmt::format(" and {} more", facts.names.size() - 1)
                             : std::string());
    case NameMatch::untold: break;
  }
  return {};
}

void tell_fields(SectionBuilder& section, const std::vector<RepositoryField>& fields) {
  std::string scripts, dependencies, commands;
  for (const RepositoryField& field : fields) {
    std::string& list = field.kind == RepositoryField::Kind::script       ? scripts
                        : field.kind == RepositoryField::Kind::dependency ? dependencies
                                                                          : commands;
    list += (list.empty() ? "" : ", ") + field.name;
  }
  if (!scripts.empty()) {
    section.tell("scripts", scripts + ": not so in the repository", {"install-not-in-repository"});
  }
  if (!dependencies.empty()) {
    section.tell("dependencies", dependencies + ": not in the repository",
                 {"dependency-not-in-repository"});
  }
  if (!commands.empty()) section.tell("commands", commands + ": not in the repository");
}

void tell_files(SectionBuilder& section, const RepositoryFacts& facts) {
  std::string text = fmt::format("{} the same", counted(facts.same, "file"));
  if (facts.made > 0) text += fmt::format(", {} made by a build or a release", facts.made);
  if (facts.uncompared > 0) text += fmt::format(", {} not compared", facts.uncompared);
  section.tell("files", text);
  if (facts.missing_count > 0) {
    const auto first = std::ranges::find(facts.missing, std::string(), &RepositoryFile::made_by);
    const std::string path = first == facts.missing.end() ? std::string() : first->path;
    section.tell("not in it",
                 fmt::format("{}: {}{}", counted(facts.missing_count, "code file"), path,
                             facts.missing_count > 1 ? ", …" : ""),
                 {"install-not-in-repository", "file-not-in-repository"});
  } else {
    section.tell_concern("not in it", {"install-not-in-repository", "file-not-in-repository"});
  }
  if (facts.changed_count > 0) {
    const RepositoryFile& first = facts.changed.front();
    section.tell(
        "changed",
        fmt::format("{}: {}, {} of {} lines{}", counted(facts.changed_count, "code file"),
                    first.path, first.new_lines, first.lines, facts.changed_count > 1 ? ", …" : ""),
        {"file-differs-from-repository"});
  }
  if (facts.fields) tell_fields(section, *facts.fields);
}

}  // namespace

void tell_repository(SectionBuilder& section) {
  const Known<RepositoryFacts>& known = section.facts().repository;
  if (!known) {
    section.tell_unknown("repository", known.reason());
    return;
  }
  const RepositoryFacts& facts = *known;
  section.set_source(facts.url, facts.asked);
  switch (facts.state) {
    case RepositoryState::undeclared: section.tell_unknown("repository", facts.reason); return;
    case RepositoryState::unusable:
    case RepositoryState::absent:
    case RepositoryState::empty:
      section.tell("repository", facts.reason, {"repository-absent"});
      return;
    case RepositoryState::unmatched:
    case RepositoryState::compared: break;
  }
  section.tell("commit", commit_text(facts), {"release-without-tag"});
  if (const std::string name = name_text(facts); !name.empty()) {
    section.tell("belongs to it", name, {"repository-of-another"});
  } else {
    section.tell_unknown("belongs to it",
                         facts.state == RepositoryState::compared && !facts.reason.empty()
                             ? facts.reason
                             : "no manifest in it tells a name");
  }
  if (facts.state == RepositoryState::unmatched) {
    section.tell_unknown("files", facts.reason);
  } else if (facts.name != NameMatch::differs) {
    tell_files(section, facts);
  }
}

}  // namespace assay
