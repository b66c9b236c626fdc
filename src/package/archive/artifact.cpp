#include "package/archive/artifact.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "package/archive/member_path.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 4> pypi_markers = {"PKG-INFO", "setup.py", "pyproject.toml",
                                                          "setup.cfg"};

// Longest first, so that ".tar.gz" goes before ".gz".
constexpr std::array<std::string_view, 15> archive_endings = {
    ".tar.bz2", ".tar.zst", ".tar.gz", ".tar.xz", ".tbz2", ".tgz", ".txz", ".tbz",
    ".whl",     ".egg",     ".tar",    ".zip",    ".zst",  ".bz2", ".gz"};

std::string_view without_ending(std::string_view file_name) {
  for (const std::string_view ending : archive_endings) {
    if (ends_with_ignoring_case(file_name, ending)) {
      file_name.remove_suffix(ending.size());
      break;
    }
  }
  return file_name;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "name-1.2.3" splits at the last hyphen that a digit follows.
void set_name_and_version(std::string_view stem, PackageId& id) {
  for (std::size_t at = stem.size(); at-- > 1;) {
    if (stem[at] != '-' || at + 1 >= stem.size() || !is_digit(stem[at + 1])) continue;
    id.name = stem.substr(0, at);
    id.version = stem.substr(at + 1);
    return;
  }
}

// PEP 427: name-version(-build)?-python-abi-platform. Eggs: name-version-pyX.Y(-platform)?.
void set_binary_name(std::string_view stem, std::size_t fewest_parts, PackageId& id) {
  const std::vector<std::string_view> parts = split(stem, '-');
  if (parts.size() < fewest_parts || parts[0].empty() || parts[1].empty()) return;
  id.name = parts[0];
  id.version = parts[1];
}

// macOS keeps attributes in "._name" beside each file; they are in no common folder.
bool is_apple_double(std::string_view path) {
  return last_component(path).starts_with("._") || path.starts_with("__MACOSX/");
}

struct Layout {
  std::optional<std::string> common_folder;
  bool has_root_manifest = false;    // package.json
  bool has_folder_manifest = false;  // <any>/package.json
  bool has_root_python = false;
  bool has_folder_python = false;
  bool has_wheel_metadata = false;
  bool has_egg_metadata = false;
};

bool is_python_marker(std::string_view name) {
  return std::ranges::find(pypi_markers, name) != pypi_markers.end();
}

Layout lay_out(const std::vector<std::string>& paths) {
  Layout layout;
  bool is_common = true;
  for (const std::string& path : paths) {
    const std::string_view rest = without_first_component(path);
    const bool is_second_level = !rest.empty() && !contains(rest, "/");
    layout.has_root_manifest |= path == "package.json";
    layout.has_folder_manifest |= rest == "package.json";
    layout.has_root_python |= is_python_marker(path);
    layout.has_folder_python |= is_second_level && is_python_marker(rest);
    layout.has_wheel_metadata |= first_component(path).ends_with(".dist-info") && rest == "WHEEL";
    layout.has_egg_metadata |= path == "EGG-INFO/PKG-INFO";
    if (is_apple_double(path)) continue;
    const std::string_view folder = rest.empty() ? std::string_view() : first_component(path);
    if (!layout.common_folder) layout.common_folder = folder;
    is_common = is_common && layout.common_folder == folder;
  }
  if (!is_common || layout.common_folder == "") layout.common_folder.reset();
  return layout;
}

Artifact npm_tarball(const Layout& layout) {
  const bool is_wrapped = layout.has_folder_manifest || !layout.has_root_manifest;
  return {ArtifactKind::npm_tarball,
          {Ecosystem::npm, {}, {}},
          is_wrapped ? Strip::first : Strip::none,
          {}};
}

Artifact sdist(std::string_view stem, const Layout& layout) {
  Artifact artifact{ArtifactKind::sdist, {Ecosystem::pypi, {}, {}}, Strip::none, {}};
  set_name_and_version(stem, artifact.id);
  if (layout.common_folder) {
    artifact.strip = Strip::common;
    artifact.common_folder = *layout.common_folder;
  }
  return artifact;
}

Artifact binary(ArtifactKind kind, std::string_view stem, const Layout& layout) {
  Artifact artifact{kind, {Ecosystem::pypi, {}, {}}, Strip::none, {}};
  const bool is_named = kind == ArtifactKind::egg || std::ranges::count(stem, '-') >= 4;
  if (is_named) {
    set_binary_name(stem, kind == ArtifactKind::egg ? 2 : 5, artifact.id);
  } else if (layout.has_wheel_metadata) {
    set_name_and_version(stem, artifact.id);
  }
  return artifact;
}

}  // namespace

Artifact identify_archive(std::string_view file_name, const Survey& survey) {
  const Layout layout = lay_out(survey.paths);
  const std::string_view stem = without_ending(file_name);
  const bool has_python =
      layout.has_root_python || (layout.has_folder_python && layout.common_folder);
  const bool has_manifest =
      layout.has_root_manifest || (layout.has_folder_manifest && layout.common_folder);
  if (ends_with_ignoring_case(file_name, ".whl")) return binary(ArtifactKind::wheel, stem, layout);
  if (ends_with_ignoring_case(file_name, ".egg")) return binary(ArtifactKind::egg, stem, layout);
  if (ends_with_ignoring_case(file_name, ".tgz")) {
    const bool may_have_manifest = !survey.is_complete && layout.common_folder && !has_python;
    if (layout.has_folder_manifest || layout.has_root_manifest || may_have_manifest ||
        layout.common_folder == "package") {
      return npm_tarball(layout);
    }
  }
  if (has_python) return sdist(stem, layout);
  if (has_manifest) return npm_tarball(layout);
  if (layout.has_wheel_metadata) return binary(ArtifactKind::wheel, stem, layout);
  if (layout.has_egg_metadata) return binary(ArtifactKind::egg, stem, layout);
  PackageId named;
  set_name_and_version(stem, named);
  const bool holds_python = std::ranges::any_of(
      survey.paths, [](const std::string& path) { return path.ends_with(".py"); });
  if (!named.name.empty() && (holds_python || !survey.is_complete)) return sdist(stem, layout);
  return {};
}

bool is_archive_name(std::string_view file_name) {
  return without_ending(file_name).size() != file_name.size();
}

Artifact identify_bundle(const std::vector<File>& files) {
  std::vector<std::string> paths;
  for (const File& file : files) paths.push_back(file.path);
  const Layout layout = lay_out(paths);
  if (layout.has_root_manifest) return npm_tarball(layout);
  const auto is_in_dist_info = [](std::string_view path) {
    return first_component(path).ends_with(".dist-info") && contains(path, "/");
  };
  if (std::ranges::any_of(paths, is_in_dist_info)) {
    return {ArtifactKind::wheel, {Ecosystem::pypi, {}, {}}, Strip::none, {}};
  }
  const bool has_python = std::ranges::any_of(paths, [](const std::string& path) {
    return is_python_marker(path) || path.ends_with(".py") || path.ends_with(".pth");
  });
  if (has_python) return {ArtifactKind::sdist, {Ecosystem::pypi, {}, {}}, Strip::none, {}};
  return {};
}

Ecosystem ecosystem_of_folder(const std::vector<File>& files) {
  return identify_bundle(files).id.ecosystem;
}

}  // namespace assay
