#include "ecosystems/pypi/choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "ecosystems/pypi/pep440.h"

namespace assay {
namespace {

// The files of one version, however each file name spells it.
struct Release {
  std::optional<Pep440Version> version;  // nullopt: not a PEP 440 version, only asked for literally
  std::string text;
  std::vector<IndexCandidate> files;

  bool is_yanked() const {
    return std::ranges::all_of(files, [](const IndexCandidate& c) { return c.file.is_yanked; });
  }
};

std::vector<Release> group(std::vector<IndexCandidate> candidates) {
  std::vector<Release> releases;
  for (IndexCandidate& candidate : candidates) {
    releases.push_back({parse_pep440_version(candidate.name.version), candidate.name.version, {}});
    releases.back().files.push_back(std::move(candidate));
  }
  // Versions that cannot be parsed come first, by their text.
  std::ranges::stable_sort(releases, [](const Release& a, const Release& b) {
    if (a.version && b.version) return *a.version < *b.version;
    if (a.version || b.version) return b.version.has_value();
    return a.text < b.text;
  });
  std::vector<Release> merged;
  for (Release& release : releases) {
    const bool is_same = !merged.empty() && merged.back().version == release.version &&
                         (release.version || merged.back().text == release.text);
    if (!is_same) {
      merged.push_back(std::move(release));
    } else {
      std::ranges::move(release.files, std::back_inserter(merged.back().files));
    }
  }
  return merged;
}

// A request as PEP 440 reads it.
struct Request {
  std::optional<Pep440Specifiers> specifiers;
  std::string literal;  // behind "==" or "===" without '*'; empty for everything else

  bool is_exact() const { return !literal.empty(); }
  bool accepts(const Release& release, bool prereleases) const {
    if (is_exact() && release.text == literal) return true;
    if (!release.version || (is_exact() && !specifiers)) return false;
    if (release.version->is_prerelease() && !prereleases) return false;
    return !specifiers || specifiers->match(*release.version, release.text);
  }
};

Result<Request> read_request(std::string_view wanted) {
  Request request;
  wanted = trim(wanted);
  if (wanted.empty()) return request;
  const bool is_one_equality = wanted.starts_with("==") && !contains(wanted, ",");
  if (is_one_equality && !contains(wanted, "*")) {
    request.literal = trim(wanted.substr(wanted.starts_with("===") ? 3 : 2));
  }
  request.specifiers = Pep440Specifiers::parse(wanted);
  if (!request.specifiers && !request.is_exact()) {
    return fail(ErrorKind::usage, fmt::format("pypi: '{}' is no version specifier such as ==1.0 or "
                                              ">=1,<2",
                                              wanted));
  }
  return request;
}

// Newest first among what the request accepts; pre-releases only when nothing else is left.
const Release* newest(const std::vector<Release>& releases, const Request& request, bool yanked) {
  const bool names_prerelease = request.specifiers && request.specifiers->names_prerelease();
  for (const bool prereleases : {request.is_exact() || names_prerelease, true}) {
    for (auto release = releases.rbegin(); release != releases.rend(); ++release) {
      if (release->is_yanked() != yanked && !request.is_exact()) continue;
      if (request.accepts(*release, prereleases)) return &*release;
    }
  }
  return nullptr;
}

Error nothing_matches(std::string_view project, const std::vector<Release>& releases,
                      const Request& request, std::string_view wanted) {
  if (releases.empty()) {
    return {ErrorKind::missing, fmt::format("pypi: {} has no files", project)};
  }
  if (const Release* yanked = newest(releases, request, true)) {
    return {ErrorKind::missing,
            fmt::format("pypi: every version of {} that matches is yanked ('{}'); ask for one by "
                        "name: pypi:{}=={}",
                        project, yanked->files.front().file.yanked_reason, project, yanked->text)};
  }
  return {ErrorKind::missing,
          fmt::format("pypi: {} has no version for '{}'; the newest of its {} is {}", project,
                      wanted, releases.size(), releases.back().text)};
}

// Sdists before wheels before eggs, the best of each first.
bool comes_before(const IndexCandidate& a, const IndexCandidate& b) {
  if (a.name.kind != b.name.kind) return a.name.kind < b.name.kind;
  if (a.name.kind == DistributionKind::wheel && wheel_rank(a.name) != wheel_rank(b.name)) {
    return wheel_rank(a.name) > wheel_rank(b.name);
  }
  // pip takes .tar.gz where there is also a .zip, which sorts the same way.
  return a.file.file_name < b.file.file_name;
}

void select(ReleaseChoice& choice, std::vector<IndexCandidate> files, bool takes_yanked) {
  std::ranges::sort(files, comes_before);
  bool has_sdist = false;
  bool has_wheel = false;
  for (IndexCandidate& candidate : files) {
    const bool is_egg = candidate.name.kind == DistributionKind::egg;
    bool& has = candidate.name.kind == DistributionKind::sdist ? has_sdist : has_wheel;
    // pip reads no eggs, so one counts only where there is nothing else.
    const bool is_wanted = is_egg ? choice.selected.empty() : !has;
    if (is_wanted && (takes_yanked || !candidate.file.is_yanked)) {
      has = true;
      choice.selected.push_back(std::move(candidate));
    } else {
      choice.others.push_back(std::move(candidate));
    }
  }
}

}  // namespace

Result<ReleaseChoice> choose_pypi_release(std::string_view project,
                                          std::vector<IndexCandidate> candidates,
                                          std::string_view wanted, bool all_files) {
  const Request request = TRY(read_request(wanted));
  std::vector<Release> releases = group(std::move(candidates));
  const Release* release = newest(releases, request, false);
  if (release == nullptr) {
    return std::unexpected(nothing_matches(project, releases, request, wanted));
  }
  ReleaseChoice choice;
  choice.version = release->text;
  choice.is_yanked = release->is_yanked();
  if (choice.is_yanked) choice.yanked_reason = release->files.front().file.yanked_reason;
  if (all_files) {
    choice.selected = release->files;
    std::ranges::sort(choice.selected, comes_before);
    return choice;
  }
  select(choice, release->files, choice.is_yanked || request.is_exact());
  std::ranges::sort(choice.others, {}, [](const IndexCandidate& c) { return c.file.file_name; });
  return choice;
}

}  // namespace assay
