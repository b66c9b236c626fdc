#include "ecosystems/pypi/manifest.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "ecosystems/pypi/layout.h"
#include "ecosystems/pypi/pyproject.h"
#include "ecosystems/pypi/record.h"
#include "ecosystems/pypi/setup_cfg.h"
#include "ecosystems/relative_path.h"

namespace assay {
namespace {

// Text members that a declaration in pyproject.toml or setup.cfg fills when nothing better did.
constexpr std::array<std::string CoreMetadata::*, 13> text_members = {
    &CoreMetadata::name,
    &CoreMetadata::version,
    &CoreMetadata::summary,
    &CoreMetadata::home_page,
    &CoreMetadata::author,
    &CoreMetadata::author_email,
    &CoreMetadata::maintainer,
    &CoreMetadata::maintainer_email,
    &CoreMetadata::license,
    &CoreMetadata::description,
    &CoreMetadata::description_content_type,
    &CoreMetadata::download_url,
    &CoreMetadata::metadata_version};
constexpr std::array<std::vector<std::string> CoreMetadata::*, 3> list_members = {
    &CoreMetadata::project_urls, &CoreMetadata::classifiers, &CoreMetadata::requires_dist};

void fill_missing(CoreMetadata& metadata, const CoreMetadata& other) {
  for (const auto member : text_members) {
    if ((metadata.*member).empty()) metadata.*member = other.*member;
  }
  for (const auto member : list_members) {
    if ((metadata.*member).empty()) metadata.*member = other.*member;
  }
}

class PythonManifestReader {
 public:
  PythonManifestReader(const Package& package, const Limits& limits)
      : package_(package), limits_(limits), layout_(find_python_layout(package)) {}

  std::optional<PythonManifest> read() {
    if (layout_.is_wheel()) {
      read_wheel();
    } else {
      read_source_tree();
    }
    if (!is_python_) return {};
    read_top_level();
    return std::move(out_);
  }

 private:
  // Nullptr when absent; a file without contents is a gap.
  const File* find(const std::string& path) {
    const File* file = package_.find(path);
    if (!file) return nullptr;
    is_python_ = true;
    if (file->dropped) {
      out_.gaps.push_back({GapKind::too_large, path, "contents were not kept"});
      return nullptr;
    }
    return file;
  }

  void read_wheel() {
    const std::string& folder = layout_.dist_info;
    if (layout_.dist_infos.size() > 1 && package_.kind == ArtifactKind::wheel) {
      out_.gaps.push_back({GapKind::malformed, layout_.dist_infos.back(),
                           "more than one .dist-info: installers disagree on which counts"});
    }
    read_metadata(folder + "/METADATA");
    read_entry_points(folder + "/entry_points.txt");
    if (const File* wheel = find(folder + "/WHEEL")) read_tags(wheel->bytes);
    read_record(folder + "/RECORD");
  }

  void read_metadata(const std::string& path) {
    const File* file = out_.metadata ? nullptr : find(path);
    if (!file) return;
    out_.metadata = parse_core_metadata(file->bytes);
    out_.metadata->path = path;
  }

  void read_entry_points(const std::string& path) {
    const File* file = find(path);
    if (file) add_entry_points(parse_entry_points(file->bytes), path);
  }

  // What several files declare counts once, where it was seen first.
  void add_entry_points(std::vector<PythonEntryPoint> points, const std::string& path) {
    for (PythonEntryPoint& point : points) {
      if (!seen_.insert(point.group + '\n' + point.name + '\n' + point.target).second) continue;
      point.path = path;
      out_.entry_points.push_back(std::move(point));
    }
  }

  void add_hooks(std::vector<PythonBuildHook> hooks, const std::string& path) {
    for (PythonBuildHook& hook : hooks) {
      hook.path = path;
      out_.build_hooks.push_back(std::move(hook));
    }
  }

  void read_tags(std::string_view wheel) {
    for (const std::string_view line : split_lines(wheel)) {
      if (starts_with_ignoring_case(line, "tag:")) {
        out_.wheel_tags.emplace_back(trim(line.substr(4)));
      }
    }
  }

  void read_record(const std::string& path) {
    const File* file = find(path);
    if (file) {
      out_.record = parse_record(file->bytes, limits_.members);
      // pip adds its own files when it installs, and their lines to RECORD.
      const bool is_installed = package_.find(layout_.dist_info + "/INSTALLER") != nullptr;
      if (!is_installed) out_.record_mismatches = compare_with_record(package_, path, out_.record);
    } else if (!package_.find(path)) {
      out_.record_mismatches.push_back(path + ": absent");
    }
  }

  void read_source_tree() {
    const std::string info = layout_.egg_info;
    if (!layout_.egg_info.empty()) is_python_ = true;
    read_metadata("PKG-INFO");
    if (!info.empty()) {
      read_metadata(info + "/PKG-INFO");
      read_entry_points(info + "/entry_points.txt");
    }
    out_.has_setup_py = package_.find("setup.py") != nullptr;
    is_python_ = is_python_ || out_.has_setup_py;
    if (const File* file = find("pyproject.toml")) read_pyproject(*file);
    if (const File* file = find("setup.cfg")) read_setup_cfg(*file);
  }

  void read_pyproject(const File& file) {
    Result<Pyproject> pyproject = parse_pyproject(file.bytes, limits_);
    if (!pyproject) {
      const bool is_limit = pyproject.error().kind == ErrorKind::limit;
      out_.gaps.push_back({is_limit ? GapKind::too_large : GapKind::malformed, file.path,
                           pyproject.error().message});
      return;
    }
    out_.build_system = std::move(pyproject->build_system);
    add_entry_points(std::move(pyproject->entry_points), file.path);
    add_hooks(std::move(pyproject->build_hooks), file.path);
    if (!pyproject->metadata) return;
    const auto readme = join_path("", pyproject->readme);
    const File* text = readme && !readme->empty() ? package_.find(*readme) : nullptr;
    if (text && pyproject->metadata->description.empty()) {
      pyproject->metadata->description = text->bytes;
    }
    declare(std::move(*pyproject->metadata));
  }

  void read_setup_cfg(const File& file) {
    SetupCfg cfg = parse_setup_cfg(file.bytes);
    add_entry_points(std::move(cfg.entry_points), file.path);
    add_hooks(std::move(cfg.build_hooks), file.path);
    cfg.metadata.path = file.path;
    constexpr std::string_view by_file = "file:";
    std::string& description = cfg.metadata.description;
    if (description.starts_with(by_file)) {
      const std::string_view names = std::string_view(description).substr(by_file.size());
      const auto path = join_path("", trim(names.substr(0, names.find(','))));
      const File* text = path ? package_.find(*path) : nullptr;
      description = text ? text->bytes : std::string();
    }
    if (!cfg.metadata.name.empty()) declare(std::move(cfg.metadata));
  }

  void declare(CoreMetadata metadata) {
    // PKG-INFO is what the index shows; a source tree without it is described by its declarations.
    if (!out_.metadata) {
      out_.metadata = std::move(metadata);
    } else if (out_.metadata->path == "pyproject.toml") {
      fill_missing(*out_.metadata, metadata);
    }
  }

  // The files tell what can be imported; top_level.txt only adds to that, so it cannot hide any.
  void read_top_level() {
    out_.top_level = layout_.top_level;
    const std::string folder = layout_.is_wheel() ? layout_.dist_info : layout_.egg_info;
    const File* file = folder.empty() ? nullptr : package_.find(folder + "/top_level.txt");
    if (file) {
      for (const std::string_view line : split_lines(file->bytes)) {
        const std::string_view name = trim(line);
        if (!name.empty()) out_.top_level.emplace_back(name);
      }
    }
    std::ranges::sort(out_.top_level);
    const auto repeated = std::ranges::unique(out_.top_level);
    out_.top_level.erase(repeated.begin(), repeated.end());
  }

  const Package& package_;
  const Limits& limits_;
  PythonLayout layout_;
  PythonManifest out_;
  std::set<std::string> seen_;
  bool is_python_ = false;
};

}  // namespace

std::optional<PythonManifest> read_python_manifest(const Package& package, const Limits& limits) {
  return PythonManifestReader(package, limits).read();
}

std::string normalise_pypi_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_separator = c == '-' || c == '_' || c == '.';
    if (!is_separator) {
      out += c;
    } else if (!out.ends_with('-')) {
      out += '-';
    }
  }
  return to_lower_ascii(out);
}

}  // namespace assay
