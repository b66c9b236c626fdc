#include "facts/outside/repository_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ecosystems/repository/location.h"
#include "ecosystems/repository/version_tag.h"
#include "facts/repository/compare_files.h"

namespace assay {
namespace {

// Releases before this one whose tags are looked for.
constexpr std::size_t most_earlier = 5;
// Changed files whose contents are fetched; what runs first comes first.
constexpr std::size_t most_changed_read = 60;

// Hosts whose addresses name repositories even where the label beside them does not say so.
constexpr std::string_view forges[] = {"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"};

bool is_on_forge(std::string_view text) {
  const Result<RepositoryLocation> location = locate_repository(text);
  return location && std::ranges::find(forges, location->host) != std::ranges::end(forges);
}

constexpr std::string_view source_labels[] = {"source", "repository", "code", "github", "gitlab"};

bool is_of_source(std::string_view label) {
  return std::ranges::any_of(
      source_labels, [&](std::string_view word) { return contains_ignoring_case(label, word); });
}

// "Source, https://…" and its like; of others those that lead to a forge.
std::string repository_of_metadata(const CoreMetadata& metadata) {
  for (const bool any_label : {false, true}) {
    for (const std::string& entry : metadata.project_urls) {
      const std::size_t comma = entry.find(',');
      if (comma == std::string::npos) continue;
      const std::string url(trim(std::string_view(entry).substr(comma + 1)));
      if (any_label ? is_on_forge(url) : is_of_source(entry.substr(0, comma))) return url;
    }
  }
  for (const std::string& url : {metadata.home_page, metadata.download_url}) {
    if (is_on_forge(url)) return url;
  }
  return {};
}

// "./packages/a/" is packages/a.
std::string plain_folder(std::string_view folder) {
  while (folder.starts_with("./") || folder.starts_with('/')) {
    folder.remove_prefix(folder.find('/') + 1);
  }
  while (folder.ends_with('/')) folder.remove_suffix(1);
  return folder == "." ? std::string() : std::string(folder);
}

std::vector<FileRole> roles_of(const Facts& facts) {
  std::vector<FileRole> roles(facts.package->files.size());
  for (std::size_t i = 0; i < facts.files.size() && i < roles.size(); ++i) {
    roles[i].at_install = facts.files[i].trigger == Trigger::install;
  }
  for (const Action& action : facts.actions) {
    const bool is_outside = action.act <= Act::run_code && action.act != Act::resolve;
    const bool is_uncalled = action.at_load && action.trigger >= Trigger::import && !action.in_test;
    if (is_outside && is_uncalled && action.where.file >= 0) {
      roles[static_cast<std::size_t>(action.where.file)].acts = true;
    }
  }
  return roles;
}

// Where forges look for it.
bool holds_security_policy(const TreeIndex& tree) {
  return std::ranges::any_of(tree.files(), [](const TreeFile& file) {
    const std::string_view folder = folder_of(file.path);
    return (folder.empty() || folder == ".github" || folder == "docs" || folder == ".gitlab") &&
           to_lower_ascii(stem_of(file.path)) == "security";
  });
}

// One look at one repository.
class Look {
 public:
  Look(Repositories& repositories, const Subject& subject, const Facts& package)
      : repositories_(repositories), subject_(subject), package_(package) {}

  Known<RepositoryFacts> run() {
    const DeclaredRepository declared = declared_repository(package_);
    facts_.declared = declared.text;
    if (declared.text.empty()) return ended(RepositoryState::undeclared, "it names no repository");
    const Result<RepositoryLocation> location = locate_repository(declared.text);
    if (!location) return ended(RepositoryState::unusable, location.error().message);
    facts_.url = location->url;
    declared_folder_ = plain_folder(declared.folder.empty() ? location->folder : declared.folder);
    Result<RepositoryRefs> refs = repositories_.refs(facts_.url);
    if (!refs && refs.error().kind == ErrorKind::missing) {
      return ended(RepositoryState::absent, refs.error().message);
    }
    if (!refs) return Unknown{refs.error().message};
    facts_.asked = refs->asked;
    if (refs->head.empty() && refs->tags.empty()) {
      return ended(RepositoryState::empty, "the repository is empty");
    }
    count_earlier(*refs);
    const Result<std::vector<TreeFile>> tree = find_tree(*refs);
    if (!tree) return Unknown{tree.error().message};
    compare_with(*tree);
    return std::move(facts_);
  }

 private:
  Known<RepositoryFacts> ended(RepositoryState state, std::string reason) {
    facts_.state = state;
    facts_.reason = std::move(reason);
    return std::move(facts_);
  }

  const ReleaseRecord* release() const {
    return package_.metadata ? package_.metadata->listed() : nullptr;
  }

  void count_earlier(const RepositoryRefs& refs) {
    if (release() == nullptr) return;
    const std::vector<ReleaseRecord>& releases = package_.metadata->record.releases;
    for (std::size_t i = *package_.metadata->release; i-- > 0 && facts_.earlier < most_earlier;) {
      if (releases[i].is_prerelease) continue;
      ++facts_.earlier;
      const PackageId earlier{subject_.id.ecosystem, subject_.id.name, releases[i].version};
      if (tag_of_version(refs.tags, earlier) != nullptr) ++facts_.earlier_tagged;
    }
  }

  // The commit that the registry names, the tag's, or else the newest.
  Result<std::vector<TreeFile>> find_tree(const RepositoryRefs& refs) {
    const std::string told = release() == nullptr ? std::string() : release()->git_head;
    if (is_object_id(told)) {
      Result<std::vector<TreeFile>> tree = repositories_.tree(facts_.url, told);
      facts_.from = CommitFrom::registry;
      facts_.commit = told;
      const bool is_lost = !tree && (tree.error().kind == ErrorKind::missing ||
                                     tree.error().kind == ErrorKind::unsupported);
      if (!is_lost) return tree;
      facts_.has_lost_commit = tree.error().kind == ErrorKind::missing;
    }
    if (const RepositoryTag* tag = tag_of_version(refs.tags, subject_.id)) {
      facts_.from = CommitFrom::tag;
      facts_.tag = tag->name;
      facts_.commit = tag->commit;
    } else {
      facts_.from = CommitFrom::none;
      facts_.commit = refs.head.empty() ? refs.tags.back().commit : refs.head;
    }
    return repositories_.tree(facts_.url, facts_.commit);
  }

  Contents read(std::span<const TreeFile* const> files) {
    std::vector<std::string> ids;
    for (const TreeFile* file : files) ids.push_back(file->id);
    std::ranges::sort(ids);
    const auto same = std::ranges::unique(ids);
    ids.erase(same.begin(), same.end());
    if (ids.empty()) return {};
    Result<Contents> contents = repositories_.contents(facts_.url, facts_.commit, ids);
    if (contents) return std::move(*contents);
    facts_.reason = contents.error().message;
    return {};
  }

  FoundManifest find_manifest(const TreeIndex& tree) {
    const std::vector<const TreeFile*> likely =
        likely_manifests(tree, subject_.id, declared_folder_);
    Contents contents = read(likely);
    FoundManifest found = choose_manifest(likely, contents, subject_.id, false);
    if (found.name == NameMatch::agrees) return found;
    std::vector<const TreeFile*> all = other_manifests(tree, subject_.id, likely);
    contents.merge(read(all));
    all.insert(all.begin(), likely.begin(), likely.end());
    return choose_manifest(all, contents, subject_.id, true);
  }

  void compare_with(const std::vector<TreeFile>& files) {
    const TreeIndex tree(files);
    facts_.has_security_policy = holds_security_policy(tree);
    const FoundManifest manifest = find_manifest(tree);
    facts_.folder = manifest.folder;
    facts_.name = manifest.name;
    facts_.names = manifest.names;
    facts_.state = RepositoryState::compared;
    if (facts_.from == CommitFrom::none) {
      const bool has_version = !manifest.version.empty() && !subject_.id.version.empty() &&
                               manifest.version == subject_.id.version;
      if (manifest.name == NameMatch::agrees && has_version) {
        facts_.from = CommitFrom::manifest;
      } else {
        facts_.state = RepositoryState::unmatched;
        facts_.reason = "neither a tag nor the newest commit is of this version";
      }
    }
    if (subject_.artifacts.empty()) {
      facts_.state = RepositoryState::unmatched;
      facts_.reason = "no archive of it was read";
    }
    // Another project's files say nothing about this one's.
    if (facts_.state == RepositoryState::compared && facts_.name != NameMatch::differs) {
      compare_contents(tree, manifest);
    }
  }

  void compare_contents(const TreeIndex& tree, const FoundManifest& manifest) {
    const std::vector<FileRole> roles = roles_of(package_);
    FileComparison comparison = compare_files(*package_.package, roles, tree, manifest);
    facts_.same = comparison.facts.same;
    facts_.made = comparison.facts.made;
    facts_.uncompared = comparison.facts.uncompared;
    facts_.missing_count = comparison.facts.missing_count;
    facts_.missing = std::move(comparison.facts.missing);
    std::ranges::stable_sort(comparison.changed, std::ranges::greater{},
                             [&](const ChangedFile& file) {
                               const FileRole& role = roles[file.file];
                               return (role.at_install ? 2 : 0) + (role.acts ? 1 : 0);
                             });
    std::vector<const TreeFile*> wanted;
    for (const ChangedFile& file : comparison.changed) {
      if (wanted.size() < most_changed_read) wanted.push_back(file.there);
    }
    judge_changed(*package_.package, roles, comparison.changed, read(wanted), facts_);
    compare_manifests(manifest);
  }

  void compare_manifests(const FoundManifest& manifest) {
    const File* ours = package_.package->find("package.json");
    if (subject_.id.ecosystem != Ecosystem::npm) {
      facts_.fields = Unknown{"only manifests of npm are compared by field"};
    } else if (ours == nullptr || manifest.name != NameMatch::agrees) {
      facts_.fields = Unknown{"the repository holds no package.json with this name"};
    } else {
      facts_.fields = compare_fields(ours->bytes, manifest.text);
    }
  }

  Repositories& repositories_;
  const Subject& subject_;
  const Facts& package_;
  std::string declared_folder_;
  RepositoryFacts facts_;
};

}  // namespace

DeclaredRepository declared_repository(const Facts& facts) {
  const ReleaseRecord* release = facts.metadata ? facts.metadata->listed() : nullptr;
  if (release != nullptr && !release->repository.empty()) {
    return {release->repository, release->repository_folder};
  }
  if (facts.npm && !facts.npm->repository.empty()) {
    return {facts.npm->repository, facts.npm->repository_folder};
  }
  if (facts.python && facts.python->metadata) {
    const std::string url = repository_of_metadata(*facts.python->metadata);
    if (!url.empty()) return {url, {}};
  }
  if (!facts.metadata) return {};
  const ProjectRecord& record = facts.metadata->record;
  if (!record.repository.empty()) return {record.repository, {}};
  if (is_on_forge(record.homepage)) return {record.homepage, {}};
  return {};
}

void RepositorySource::collect(const Subject& subject, Facts& facts) {
  facts.repository = Look(repositories_, subject, facts).run();
}

}  // namespace assay
