#include "ecosystems/npm/registry.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/npm/project_record.h"
#include "ecosystems/registry/answer.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

constexpr std::string_view credential_advice =
    "set //HOST/:_authToken for that host in ~/.npmrc, or run npm login";

// What npm itself sends; */* for registries that know neither type.
constexpr std::string_view abbreviated_types =
    "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*";
constexpr std::string_view full_types = "application/json";

// As npm pack names it.
std::string tarball_name(std::string_view name, std::string_view version) {
  std::string plain(name.starts_with('@') ? name.substr(1) : name);
  return fmt::format("{}-{}.tgz", replace_all(std::move(plain), "/", "-"), version);
}

// The name of the hash that was checked; empty when the registry publishes none.
Result<std::string> check_integrity(const NpmRelease& release, std::string_view bytes) {
  if (!release.integrity.empty()) {
    if (!matches_integrity(release.integrity, bytes)) {
      return fail(ErrorKind::refused,
                  "the tarball is not the one that the registry's integrity names");
    }
    for (const std::string_view kind : {"sha512", "sha384", "sha256", "sha1"}) {
      if (contains(release.integrity, fmt::format("{}-", kind))) return std::string(kind);
    }
  }
  if (release.shasum.empty()) return std::string();
  if (hash_hex(HashKind::sha1, bytes) != release.shasum) {
    return fail(ErrorKind::refused, "the tarball is not the one that the registry's shasum names");
  }
  return "sha1";
}

// Where the tarball of a document may be had. Registries behind a proxy write http:// links to
// themselves; those are read by https, which the document was read by.
Result<Url> tarball_url(const std::string& registry, const std::string& text) {
  const Url home = TRY(parse_url(registry));
  Url url = TRY(resolve_url(home, text));
  if (!home.is_https || url.is_https) return url;
  if (url.host != home.host) {
    return fail(ErrorKind::refused,
                fmt::format("the document was read by https and names a tarball by "
                            "http: {}",
                            url_for_display(text)));
  }
  url.is_https = true;
  url.port = home.port;
  return url;
}

// The same path below the registry's own address: mirrors hand on documents whose links name the
// registry that they copy.
Result<Url> mirrored_url(const std::string& registry, const Url& url) {
  Url home = TRY(parse_url(registry));
  home.path += url.path.substr(1);
  home.query = url.query;
  return home;
}

}  // namespace

std::string npm_document_path(std::string_view name) {
  const bool has_scope = name.starts_with('@');
  return (has_scope ? "@" : "") + percent_encode(has_scope ? name.substr(1) : name);
}

NpmRegistry::NpmRegistry(HttpClient& http, const NpmConfig& config, FetchOptions options)
    : http_(http), config_(config), options_(std::move(options)) {}

Result<HttpResponse> NpmRegistry::document(std::string_view name, PackumentDetail detail) const {
  const std::string registry = TRY(config_.registry_for(name));
  HttpRequest request;
  request.url = registry + npm_document_path(name);
  request.headers = {
      {"Accept", std::string(detail == PackumentDetail::full ? full_types : abbreviated_types)}};
  request.authorization = config_.authorization_for(request.url, registry);
  request.route = config_.route_for(registry);
  request.limits.body_bytes = options_.limits.json_bytes;
  request.cache = CacheUse::document;
  const AskedFor asked{"npm", fmt::format("no package named {} (or no right to see it)", name),
                       credential_advice};
  return successful(http_.get(request), asked);
}

Result<Packument> NpmRegistry::packument(std::string_view name, PackumentDetail detail) const {
  const HttpResponse response = TRY(document(name, detail));
  Result<Packument> packument = parse_packument(response.body, options_.limits);
  if (!packument) {
    return fail(packument.error().kind,
                fmt::format("npm: {}: {}", name, packument.error().message));
  }
  if (packument->name.empty()) packument->name = name;
  if (packument->name != name) {
    return fail(
        ErrorKind::refused,
        fmt::format("npm: asked for {} and the registry answers with {}", name, packument->name));
  }
  return packument;
}

Result<ProjectRecord> NpmRegistry::record(std::string_view name) const {
  const HttpResponse response = TRY(document(name, PackumentDetail::full));
  Result<ProjectRecord> record = parse_npm_record(response.body, options_.limits);
  if (!record) {
    return fail(record.error().kind, fmt::format("npm: {}: {}", name, record.error().message));
  }
  if (record->name.empty()) record->name = name;
  if (record->name != name) {
    return fail(
        ErrorKind::refused,
        fmt::format("npm: asked for {} and the registry answers with {}", name, record->name));
  }
  record->origin = {"npm registry " + host_for_display(response.url), response.asked,
                    response.from_cache};
  return record;
}

Result<std::vector<SigningKey>> NpmRegistry::keys(std::string_view name) const {
  const std::string registry = TRY(config_.registry_for(name));
  HttpRequest request;
  request.url = registry + "-/npm/v1/keys";
  request.headers = {{"Accept", std::string(full_types)}};
  request.authorization = config_.authorization_for(request.url, registry);
  request.route = config_.route_for(registry);
  request.limits.body_bytes = 1_MiB;
  request.cache = CacheUse::document;
  const AskedFor asked{"npm", "the registry serves no signing keys", credential_advice};
  const HttpResponse response = TRY(successful(http_.get(request), asked));
  return parse_npm_keys(response.body, options_.limits);
}

Result<HttpResponse> NpmRegistry::download(std::string_view name, const std::string& registry,
                                           const std::string& url,
                                           const std::string& file_name) const {
  HttpRequest request;
  request.url = url;
  request.authorization = config_.authorization_for(url, registry);
  request.route = config_.route_for(registry);
  request.limits.body_bytes = options_.limits.archive_bytes;
  request.accepts_compression = false;
  request.cache = CacheUse::artifact;
  if (options_.on_progress) {
    request.on_progress = [this, &file_name](std::uint64_t received, std::uint64_t expected) {
      options_.on_progress(file_name, received, expected);
    };
  }
  const AskedFor asked{"npm", fmt::format("the tarball of {} is not there", name),
                       credential_advice};
  return successful(http_.get(request), asked);
}

Result<FetchedRelease> NpmRegistry::fetch(std::string_view name, std::string_view wanted) const {
  const PackumentDetail detail =
      options_.full_documents ? PackumentDetail::full : PackumentDetail::abbreviated;
  const Packument packument = TRY(this->packument(name, detail));
  const NpmRelease* release = TRY(choose_release(packument, wanted));
  const std::string label = fmt::format("npm: {}@{}", name, release->version);
  if (release->tarball.empty()) {
    return fail(ErrorKind::malformed, fmt::format("{}: the registry names no tarball", label));
  }
  const std::string registry = TRY(config_.registry_for(name));
  const Result<Url> url = tarball_url(registry, release->tarball);
  if (!url) return fail(url.error().kind, fmt::format("{}: {}", label, url.error().message));

  FetchedArtifact artifact;
  artifact.id = PackageId{Ecosystem::npm, packument.name, release->version};
  artifact.file_name = tarball_name(name, release->version);
  Result<HttpResponse> response = download(name, registry, request_text(*url), artifact.file_name);
  const Url home = TRY(parse_url(registry));
  if (!response && !same_origin(*url, home)) {
    const Url mirrored = TRY(mirrored_url(registry, *url));
    Result<HttpResponse> second =
        download(name, registry, request_text(mirrored), artifact.file_name);
    if (second) response = std::move(second);
  }
  if (!response) return std::unexpected(response.error());

  Result<std::string> checked = check_integrity(*release, response->body);
  if (!checked) {
    return fail(checked.error().kind, fmt::format("{}: {}: {}", label, checked.error().message,
                                                  url_for_display(response->url)));
  }
  artifact.integrity_checked = std::move(*checked);
  artifact.bytes = std::move(response->body);
  FetchedRelease fetched;
  fetched.id = artifact.id;
  if (!release->deprecated.empty()) fetched.notes.push_back("deprecated: " + release->deprecated);
  fetched.artifacts.push_back(std::move(artifact));
  return fetched;
}

}  // namespace assay
