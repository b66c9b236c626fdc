#include "ecosystems/pypi/file_name.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 6> sdist_endings = {".tar.gz",  ".zip",    ".tgz",
                                                           ".tar.bz2", ".tar.xz", ".tar.Z"};

std::optional<DistributionName> parse_wheel(std::string_view stem, std::string_view project) {
  const std::vector<std::string_view> parts = split(stem, '-');
  if (parts.size() != 5 && parts.size() != 6) return std::nullopt;
  if (normalise_pypi_name(parts[0]) != project) return std::nullopt;
  const std::size_t tags = parts.size() - 3;
  return DistributionName{DistributionKind::wheel, std::string(parts[1]), std::string(parts[tags]),
                          std::string(parts[tags + 1]), std::string(parts[tags + 2])};
}

// Older names and versions may hold dashes themselves, so every place to cut is tried.
std::optional<std::string> version_behind_project(std::string_view stem, std::string_view project) {
  for (std::size_t at = stem.find('-'); at != std::string_view::npos; at = stem.find('-', at + 1)) {
    if (at > project.size() * 2 + 16) return std::nullopt;  // Only runs of separators are longer.
    if (normalise_pypi_name(stem.substr(0, at)) == project && at + 1 < stem.size()) {
      return std::string(stem.substr(at + 1));
    }
  }
  return std::nullopt;
}

std::optional<DistributionName> parse_egg(std::string_view stem, std::string_view project) {
  std::optional<std::string> version = version_behind_project(stem, project);
  if (!version) return std::nullopt;
  DistributionName name{DistributionKind::egg, std::move(*version), {}, {}, {}};
  if (const std::size_t python = name.version.find("-py"); python != std::string::npos) {
    name.python_tag = name.version.substr(python + 1);
    name.version.resize(python);
  }
  return name;
}

// 312 of "cp312"; 0 for anything else.
int cpython_number(std::string_view tag) {
  if (!tag.starts_with("cp3")) return 0;
  int minor = 0;
  const auto [end, error] = std::from_chars(tag.data() + 3, tag.data() + tag.size(), minor);
  return error == std::errc() && end == tag.data() + tag.size() && minor < 100 ? 300 + minor : 0;
}

}  // namespace

std::optional<DistributionName> parse_distribution_name(std::string_view file_name,
                                                        std::string_view normalised_project) {
  if (file_name.ends_with(".whl")) {
    return parse_wheel(file_name.substr(0, file_name.size() - 4), normalised_project);
  }
  if (file_name.ends_with(".egg")) {
    return parse_egg(file_name.substr(0, file_name.size() - 4), normalised_project);
  }
  for (const std::string_view ending : sdist_endings) {
    if (!file_name.ends_with(ending)) continue;
    std::optional<std::string> version = version_behind_project(
        file_name.substr(0, file_name.size() - ending.size()), normalised_project);
    if (!version) return std::nullopt;
    return DistributionName{DistributionKind::sdist, std::move(*version), {}, {}, {}};
  }
  return std::nullopt;
}

int wheel_rank(const DistributionName& wheel) {
  const bool is_pure = wheel.platform_tag == "any" && wheel.abi_tag == "none";
  if (is_pure && contains(wheel.python_tag, "py3")) return 3000;
  if (wheel.platform_tag == "any") return 2000;
  const bool is_common =
      contains(wheel.platform_tag, "manylinux") && contains(wheel.platform_tag, "x86_64");
  if (!is_common) return 0;
  int newest = 0;
  for (const std::string_view tag : split(wheel.python_tag, '.')) {
    newest = std::max(newest, cpython_number(tag));
  }
  // A free-threaded build ("cp313t") is for fewer machines than the ordinary one of the same
  // number.
  return 1000 + 2 * newest - (wheel.abi_tag.ends_with('t') ? 1 : 0);
}

}  // namespace assay
