#include "ecosystems/pypi/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "base/hash.h"
#include "ecosystems/pypi/manifest.h"
#include "ecosystems/pypi/project_record.h"
#include "ecosystems/registry/answer.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

constexpr std::string_view credential_advice =
    "put a user name and password into the index URL or into ~/.netrc";

// PEP 691: JSON if the index has it.
constexpr std::string_view page_types =
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.2, "
    "text/html; q=0.01";

constexpr std::array<std::string_view, 5> hash_names = {"md5", "sha1", "sha256", "sha384",
                                                        "sha512"};

// The name of the hash that was checked; empty when the index publishes none.
Result<std::string> check_hash(const IndexFile& file, std::string_view bytes) {
  if (!file.hash_kind) return std::string();
  const std::string_view name = hash_names[static_cast<std::size_t>(*file.hash_kind)];
  if (hash_hex(*file.hash_kind, bytes) == file.hash) return std::string(name);
  return fail(ErrorKind::refused,
              fmt::format("pypi: {} is not the file that the index's {} names: {}", file.file_name,
                          name, url_for_display(file.url)));
}

}  // namespace

PypiIndexes::PypiIndexes(HttpClient& http, const PypiConfig& config, FetchOptions options)
    : http_(http), config_(config), options_(std::move(options)) {}

Result<HttpResponse> PypiIndexes::page(const PypiIndexAddress& index,
                                       std::string_view project) const {
  HttpRequest request;
  request.url = fmt::format("{}{}/", index.url, project);
  request.headers = {{"Accept", std::string(page_types)}};
  request.authorization = config_.authorization_for(request.url, index);
  request.route = config_.route();
  request.limits.body_bytes = options_.limits.json_bytes;
  request.cache = CacheUse::document;
  const AskedFor asked{"pypi", fmt::format("no project named {}", project), credential_advice};
  return successful(http_.get(request), asked);
}

// "…/simple/" has its documents beside it, at "…/pypi/NAME/json".
Result<HttpResponse> PypiIndexes::document(const PypiIndexAddress& index,
                                           std::string_view project) const {
  constexpr std::string_view ending = "simple/";
  if (!index.url.ends_with(ending)) {
    return fail(ErrorKind::missing, "the index serves no JSON document of the project");
  }
  HttpRequest request;
  request.url =
      fmt::format("{}pypi/{}/json", index.url.substr(0, index.url.size() - ending.size()), project);
  request.headers = {{"Accept", "application/json"}};
  request.authorization = config_.authorization_for(request.url, index);
  request.route = config_.route();
  request.limits.body_bytes = options_.limits.json_bytes;
  request.cache = CacheUse::document;
  const AskedFor asked{"pypi", "the index serves no JSON document of the project",
                       credential_advice};
  return successful(http_.get(request), asked);
}

Result<ProjectRecord> PypiIndexes::record(std::string_view name) const {
  const std::string project = normalise_pypi_name(name);
  std::optional<Error> not_found;
  for (const PypiIndexAddress& index : config_.indexes()) {
    const Result<HttpResponse> answer = page(index, project);
    if (!answer) {
      if (answer.error().kind != ErrorKind::missing) return std::unexpected(answer.error());
      if (!not_found) not_found = answer.error();
      continue;
    }
    const Url address = TRY(parse_url(answer->url));
    Result<ProjectRecord> record = parse_pypi_record(name, answer->body, address, options_.limits);
    if (!record) {
      return fail(record.error().kind, fmt::format("pypi: {}: {}", name, record.error().message));
    }
    record->origin = {"Python index " + host_for_display(answer->url), answer->asked,
                      answer->from_cache};
    const Result<HttpResponse> more = document(index, project);
    Result<void> added = more ? add_pypi_document(more->body, *record, options_.limits)
                              : Result<void>(std::unexpected(more.error()));
    if (!added && added.error().kind != ErrorKind::missing) {
      const Unknown reason{added.error().message};
      record->readme = reason;
      record->maintainers = reason;
      record->vulnerabilities = reason;
    }
    return record;
  }
  if (not_found) return std::unexpected(*not_found);
  return fail(ErrorKind::environment, "pypi: no index is configured");
}

Result<ProvenPublisher> PypiIndexes::publisher(std::string_view url) const {
  HttpRequest request;
  request.url = url;
  request.headers = {{"Accept", "application/vnd.pypi.integrity.v1+json, application/json; q=0.5"}};
  if (config_.indexes().empty()) return fail(ErrorKind::environment, "no index is configured");
  request.authorization = config_.authorization_for(url, config_.indexes().front());
  request.route = config_.route();
  request.limits.body_bytes = 4_MiB;
  request.cache = CacheUse::document;
  const AskedFor asked{"pypi", "the provenance is not there", credential_advice};
  const HttpResponse response = TRY(successful(http_.get(request), asked));
  return parse_pypi_provenance(response.body, options_.limits);
}

Result<std::vector<IndexCandidate>> PypiIndexes::candidates(std::string_view name) const {
  const std::string project = normalise_pypi_name(name);
  std::vector<IndexCandidate> found;
  std::set<std::string> names;
  Error not_found{ErrorKind::missing, {}};
  bool is_known = false;
  for (std::size_t i = 0; i < config_.indexes().size(); ++i) {
    const Result<HttpResponse> response = page(config_.indexes()[i], project);
    if (!response && response.error().kind != ErrorKind::missing) {
      return std::unexpected(response.error());
    }
    if (!response) {
      if (not_found.message.empty()) not_found = response.error();
      continue;
    }
    is_known = true;
    const Url address = TRY(parse_url(response->url));
    const Result<ProjectPage> files = parse_project_page(response->body, address, options_.limits);
    if (!files) {
      return fail(files.error().kind, fmt::format("pypi: {}: {}", project, files.error().message));
    }
    for (const IndexFile& file : files->files) {
      std::optional<DistributionName> distribution =
          parse_distribution_name(file.file_name, project);
      // The same file on a second index is had from the first.
      if (!distribution || !names.insert(file.file_name).second) continue;
      found.push_back({file, std::move(*distribution), i});
    }
  }
  if (!is_known) return std::unexpected(not_found);
  return found;
}

Result<FetchedArtifact> PypiIndexes::download(std::string_view name,
                                              const IndexCandidate& candidate) const {
  const IndexFile& file = candidate.file;
  if (file.size_bytes && *file.size_bytes > options_.limits.archive_bytes) {
    return fail(ErrorKind::limit, fmt::format("{}: {} bytes exceed {}", file.file_name,
                                              *file.size_bytes, options_.limits.archive_bytes));
  }
  HttpRequest request;
  request.url = file.url;
  request.authorization = config_.authorization_for(file.url, config_.indexes()[candidate.index]);
  request.route = config_.route();
  request.limits.body_bytes = options_.limits.archive_bytes;
  request.accepts_compression = false;
  request.cache = CacheUse::artifact;
  if (options_.on_progress) {
    request.on_progress = [this, &file](std::uint64_t received, std::uint64_t expected) {
      options_.on_progress(file.file_name, received, expected);
    };
  }
  const AskedFor asked{"pypi", fmt::format("{} is not there", file.file_name), credential_advice};
  HttpResponse response = TRY(successful(http_.get(request), asked));
  std::string checked = TRY(check_hash(file, response.body));
  FetchedArtifact artifact;
  artifact.integrity_checked = std::move(checked);
  artifact.id = PackageId{Ecosystem::pypi, std::string(name), candidate.name.version};
  artifact.file_name = file.file_name;
  artifact.bytes = std::move(response.body);
  return artifact;
}

Result<FetchedRelease> PypiIndexes::fetch(std::string_view name, std::string_view wanted) const {
  std::vector<IndexCandidate> found = TRY(candidates(name));
  const ReleaseChoice choice =
      TRY(choose_pypi_release(name, std::move(found), wanted, options_.all_files));
  FetchedRelease release;
  release.id = PackageId{Ecosystem::pypi, std::string(name), choice.version};
  if (choice.is_yanked) release.notes.push_back("yanked: " + choice.yanked_reason);
  for (const IndexCandidate& other : choice.others) {
    const std::string_view reason = other.file.is_yanked ? "not selected: yanked" : "not selected";
    release.others.push_back({other.file.file_name, std::string(reason), true});
  }
  std::optional<Error> first_error;
  for (const IndexCandidate& candidate : choice.selected) {
    Result<FetchedArtifact> artifact = download(name, candidate);
    if (artifact) {
      release.artifacts.push_back(std::move(*artifact));
      continue;
    }
    // A file that is not the published one casts doubt on all that come from there.
    if (artifact.error().kind == ErrorKind::refused) return std::unexpected(artifact.error());
    if (!first_error) first_error = artifact.error();
    release.others.push_back({candidate.file.file_name, artifact.error().message, false});
  }
  if (release.artifacts.empty() && first_error) return std::unexpected(*first_error);
  std::ranges::sort(release.others, {}, &UnfetchedFile::file_name);
  return release;
}

}  // namespace assay
