#include "ecosystems/repository/location.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// Longer ones are no address that people use.
constexpr std::size_t most_bytes = 2000;

struct Shorthand {
  std::string_view prefix, host;
};
// As npm spells them.
constexpr Shorthand shorthands[] = {
    {"github:", "github.com"}, {"gitlab:", "gitlab.com"}, {"bitbucket:", "bitbucket.org"}};

// Hosts on which every repository is "owner/name", so that what follows is a page of it.
constexpr std::string_view two_part_hosts[] = {"github.com", "bitbucket.org", "codeberg.org"};

// Between the repository and a branch in the address of a page.
constexpr std::string_view page_words[] = {"tree", "blob", "src", "raw"};

// Pages of a forge that are no repositories.
constexpr std::string_view forge_pages[] = {"sponsors",    "orgs", "users",    "topics",
                                            "marketplace", "apps", "features", "settings"};

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

std::unexpected<Error> no_repository(std::string_view text, std::string_view reason) {
  return fail(ErrorKind::unsupported,
              fmt::format("{} is no repository that can be read: {}", text.substr(0, 200), reason));
}

// "git@host:owner/name" has no scheme; "https://git@host:owner/name" is a common slip for it.
std::string with_https(std::string_view text) {
  std::string rest(text);
  if (rest.starts_with("git+")) rest.erase(0, 4);
  if (rest.starts_with("scm:git:")) rest.erase(0, 8);
  const std::size_t scheme = rest.find("://");
  const bool was_ssh = scheme == std::string::npos || rest.starts_with("ssh://");
  if (scheme != std::string::npos) rest.erase(0, scheme + 3);
  if (rest.starts_with("//")) rest.erase(0, 2);
  const std::size_t slash = rest.find('/');
  const std::size_t at = rest.substr(0, slash).rfind('@');
  if (at != std::string::npos) rest.erase(0, at + 1);
  const std::size_t colon = rest.substr(0, rest.find('/')).find(':');
  if (colon != std::string::npos) {
    const std::string_view port =
        std::string_view(rest).substr(colon + 1, rest.find('/') - colon - 1);
    const bool is_port =
        !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_port) rest[colon] = '/';
    // The port of ssh is none of https.
    if (is_port && was_ssh) rest.erase(colon, port.size() + 1);
  }
  return "https://" + rest;
}

bool is_shorthand(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != 0 && slash != std::string_view::npos && text.rfind('/') == slash &&
         slash + 1 < text.size() && text.find_first_of(":@ ") == std::string_view::npos &&
         !text.starts_with('.');
}

std::string expand_shorthand(std::string_view text) {
  for (const Shorthand& shorthand : shorthands) {
    if (!text.starts_with(shorthand.prefix)) continue;
    return fmt::format("https://{}/{}", shorthand.host, text.substr(shorthand.prefix.size()));
  }
  if (is_shorthand(text)) return fmt::format("https://github.com/{}", text);
  return std::string(text);
}

std::string joined(std::span<const std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += (text.empty() ? "" : "/") + std::string(part);
  return text;
}

// Takes "/tree/main/packages/a" off the parts of a path and returns "packages/a".
std::string take_folder(std::vector<std::string_view>& parts, std::string_view host) {
  std::size_t page = parts.size(), rest = parts.size();
  for (std::size_t i = 2; i < parts.size() && page == parts.size(); ++i) {
    const bool is_gitlab_mark = parts[i] == "-";
    if (is_gitlab_mark || is_one_of(parts[i], page_words)) {
      page = i;
      rest = i + (is_gitlab_mark ? 3 : 2);  // the word and the branch
    }
  }
  std::string folder;
  if (rest < parts.size()) folder = joined(std::span(parts).subspan(rest));
  if (page < parts.size()) parts.resize(page);
  if (is_one_of(host, two_part_hosts) && parts.size() > 2) parts.resize(2);
  return folder;
}

}  // namespace

Result<RepositoryLocation> locate_repository(std::string_view given) {
  const std::string_view text = trim(given);
  if (text.empty()) return fail(ErrorKind::missing, "no repository is named");
  if (text.size() > most_bytes) return no_repository(text, "it is too long");
  if (text.starts_with("gist:")) return no_repository(text, "a gist");
  if (text.starts_with("file:") || text.starts_with('/') || text.starts_with('.')) {
    return no_repository(text, "a path");
  }
  const Result<Url> url = parse_url(with_https(expand_shorthand(text)));
  if (!url) return no_repository(text, url.error().message);
  RepositoryLocation location;
  location.host = url->host + (url->port.empty() ? "" : ":" + url->port);
  if (location.host.starts_with("www.")) location.host.erase(0, 4);
  if (location.host.starts_with("gist.")) return no_repository(text, "a gist");
  if (!contains(location.host, ".")) return no_repository(text, "no host is named");
  std::vector<std::string_view> parts = split(url->path, '/');
  std::erase(parts, std::string_view());
  if (parts.size() < 2) return no_repository(text, "it names no repository of that host");
  if (is_one_of(location.host, two_part_hosts) && is_one_of(parts[0], forge_pages)) {
    return no_repository(text, "a page of the forge");
  }
  location.folder = take_folder(parts, location.host);
  location.path = joined(parts);
  if (location.path.ends_with(".git")) location.path.resize(location.path.size() - 4);
  location.url = fmt::format("https://{}/{}", location.host, location.path);
  return location;
}

}  // namespace assay
