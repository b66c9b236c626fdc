#include "ecosystems/registry/package_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// npm rejects names over 214 characters; PyPI has none that long.
constexpr std::size_t max_name_bytes = 214;
constexpr std::size_t max_wanted_bytes = 1024;

constexpr std::string_view letters_and_digits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool consists_of(std::string_view text, std::string_view more) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return letters_and_digits.contains(c) || more.contains(c);
  });
}

// Old names have capitals and some of "~'!()*"; a leading dot was never allowed.
bool is_npm_part(std::string_view part) {
  return consists_of(part, "-_.~'!()*") && part.front() != '.';
}

bool is_npm_name(std::string_view name) {
  if (name.size() > max_name_bytes) return false;
  if (!name.starts_with('@')) return is_npm_part(name);
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && is_npm_part(name.substr(1, slash - 1)) &&
         is_npm_part(name.substr(slash + 1));
}

bool is_pypi_name(std::string_view name) {
  return name.size() <= max_name_bytes && consists_of(name, "-_.") &&
         letters_and_digits.contains(name.front()) && letters_and_digits.contains(name.back());
}

Result<PackageSpec> checked(PackageSpec spec) {
  const bool is_npm = spec.ecosystem == Ecosystem::npm;
  if (!(is_npm ? is_npm_name(spec.name) : is_pypi_name(spec.name))) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is no {} package name", spec.name, is_npm ? "npm" : "PyPI"));
  }
  const bool has_control = std::ranges::any_of(
      spec.wanted, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (has_control || spec.wanted.size() > max_wanted_bytes) {
    return fail(ErrorKind::usage, fmt::format("the version of {} is too long or holds a control "
                                              "character",
                                              spec.name));
  }
  return spec;
}

Result<PackageSpec> parse_npm(std::string_view text) {
  const std::size_t at = text.find('@', text.starts_with('@') ? 1 : 0);
  PackageSpec spec{Ecosystem::npm, std::string(trim(text.substr(0, at))), {}};
  if (at != std::string_view::npos) spec.wanted = trim(text.substr(at + 1));
  return checked(std::move(spec));
}

std::string exactly(std::string_view version) {
  const bool is_newest = version.empty() || version == "latest" || version == "*";
  return is_newest ? std::string() : fmt::format("=={}", version);
}

Result<PackageSpec> parse_pypi(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("[@=<>!~ "), text.size());
  PackageSpec spec{Ecosystem::pypi, std::string(text.substr(0, end)), {}};
  std::string_view rest = trim(text.substr(end));
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) {
      return fail(ErrorKind::usage, fmt::format("pypi:{} lacks the ']' of its extras", text));
    }
    rest = trim(rest.substr(close + 1));
  }
  if (rest.starts_with('@')) {
    const std::string_view version = trim(rest.substr(1));
    const bool is_specifier = !version.empty() && std::string_view("=<>!~").contains(version[0]);
    spec.wanted = is_specifier ? std::string(version) : exactly(version);
  } else if (rest.empty() || std::string_view("=<>!~").contains(rest.front())) {
    spec.wanted = rest;
  } else {
    return fail(ErrorKind::usage,
                fmt::format("pypi:{} is neither NAME, NAME@VERSION nor NAME==VERSION", text));
  }
  return checked(std::move(spec));
}

Result<PackageSpec> parse_purl(std::string_view text) {
  text = text.substr(0, text.find_first_of("?#"));
  while (text.starts_with('/')) text.remove_prefix(1);
  const std::size_t slash = text.find('/');
  const std::string type = to_lower_ascii(text.substr(0, slash));
  if (slash == std::string_view::npos) {
    return fail(ErrorKind::usage, fmt::format("pkg:{} has no package name", text));
  }
  if (type != "npm" && type != "pypi") {
    return fail(ErrorKind::unsupported,
                fmt::format("pkg:{}: only npm and pypi packages can be examined", type));
  }
  std::string_view path = text.substr(slash + 1);
  // A scope's own '@' is encoded, so the last one begins the version; some tools leave it as it is.
  const std::size_t at = path.rfind('@');
  const bool has_version = at != std::string_view::npos && at != 0;
  const std::string version = has_version ? percent_decode(path.substr(at + 1)) : std::string();
  const std::string name = percent_decode(path.substr(0, has_version ? at : path.size()));
  if (type == "npm") return checked(PackageSpec{Ecosystem::npm, name, version});
  return checked(PackageSpec{Ecosystem::pypi, name, exactly(version)});
}

}  // namespace

bool is_package_spec(std::string_view text) {
  return text.starts_with("npm:") || text.starts_with("pypi:") || text.starts_with("pkg:");
}

Result<PackageSpec> parse_package_spec(std::string_view text) {
  if (text.starts_with("npm:")) return parse_npm(text.substr(4));
  if (text.starts_with("pypi:")) return parse_pypi(text.substr(5));
  if (text.starts_with("pkg:")) return parse_purl(text.substr(4));
  return fail(ErrorKind::usage, fmt::format("'{}' begins with none of npm:, pypi: and pkg:", text));
}

}  // namespace assay
