#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/npm/manifest.h"
#include "ecosystems/npm/version.h"

namespace assay {
namespace {

struct Prefix {
  std::string_view text;
  NpmSpecKind kind;
};

// The first that fits counts.
constexpr std::array<Prefix, 24> prefixes = {{
    {"npm:", NpmSpecKind::alias},
    {"jsr:", NpmSpecKind::alias},
    {"workspace:", NpmSpecKind::workspace},
    {"catalog:", NpmSpecKind::workspace},  // pnpm: the workspace file has the range
    {"file:", NpmSpecKind::file},
    {"link:", NpmSpecKind::file},
    {"portal:", NpmSpecKind::file},
    {"./", NpmSpecKind::file},
    {"../", NpmSpecKind::file},
    {"/", NpmSpecKind::file},
    {"~/", NpmSpecKind::file},
    {".\\", NpmSpecKind::file},
    {"..\\", NpmSpecKind::file},
    {"git+", NpmSpecKind::git},
    {"git:", NpmSpecKind::git},
    {"git@", NpmSpecKind::git},
    {"ssh:", NpmSpecKind::git},
    {"github:", NpmSpecKind::git},
    {"gitlab:", NpmSpecKind::git},
    {"bitbucket:", NpmSpecKind::git},
    {"gist:", NpmSpecKind::git},
    {"http:", NpmSpecKind::remote_tarball},
    {"https:", NpmSpecKind::remote_tarball},
    {"patch:", NpmSpecKind::file},  // yarn: a package and a patch file beside the manifest
}};

constexpr std::array<std::string_view, 3> git_hosts = {"github.com", "gitlab.com", "bitbucket.org"};

// A page of a forge's repository is cloned; an archive or raw file of it is downloaded.
bool is_repository_page(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("#?"));
  const std::size_t user = url.find('@');
  if (user < url.find('/')) url.remove_prefix(user + 1);
  const std::vector<std::string_view> parts = split(url, '/');
  if (parts.back().ends_with(".git")) return true;
  const std::string host = to_lower_ascii(parts.front());
  const std::string_view bare = std::string_view(host).substr(host.starts_with("www.") ? 4 : 0);
  return parts.size() == 3 && std::ranges::find(git_hosts, bare) != git_hosts.end();
}

// "user/project#branch", as npm understands it.
bool is_shorthand(std::string_view spec) {
  spec = spec.substr(0, spec.find('#'));
  const std::size_t slash = spec.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < spec.size() &&
         spec.find('/', slash + 1) == std::string_view::npos && spec.front() != '@' &&
         spec.find_first_of(": \t") == std::string_view::npos;
}

bool is_archive_name(std::string_view spec) {
  return ends_with_ignoring_case(spec, ".tgz") || ends_with_ignoring_case(spec, ".tar.gz") ||
         ends_with_ignoring_case(spec, ".tar");
}

}  // namespace

NpmSpecKind classify_npm_spec(std::string_view spec) {
  spec = trim(spec);
  for (const Prefix& prefix : prefixes) {
    if (!starts_with_ignoring_case(spec, prefix.text)) continue;
    const bool is_cloned = prefix.kind == NpmSpecKind::remote_tarball && is_repository_page(spec);
    return is_cloned ? NpmSpecKind::git : prefix.kind;
  }
  if (NpmRange::parse(spec)) return NpmSpecKind::range;
  if (is_archive_name(spec)) return NpmSpecKind::file;
  if (is_shorthand(spec)) return NpmSpecKind::git;
  // What encodeURIComponent leaves alone.
  const bool is_tag = spec.find_first_of(" \t/:%?#&=+@,;$<>^|\\\"`{}[]") == std::string_view::npos;
  return is_tag ? NpmSpecKind::tag : NpmSpecKind::unknown;
}

}  // namespace assay
