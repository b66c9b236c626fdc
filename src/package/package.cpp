#include "package/package.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "package/archive/archive.h"
#include "package/archive/artifact.h"

namespace assay {
namespace {

// Indexed by the enumerators' values, in their order.
constexpr std::array<std::string_view, 3> ecosystem_names = {"unknown", "npm", "pypi"};

constexpr std::array<std::string_view, 6> artifact_names = {"directory", "npm tarball", "sdist",
                                                            "wheel",     "egg",         "archive"};

constexpr std::array<std::string_view, 24> file_kind_names = {
    "other", "javascript", "typescript", "declaration", "python",     "pth",
    "shell", "powershell", "batch",      "json",        "toml",       "yaml",
    "ini",   "gyp",        "text",       "html",        "source map", "native",
    "wasm",  "bytecode",   "image",      "font",        "archive",    "other source"};

constexpr std::array<std::string_view, 15> gap_names = {
    "unsafe path", "link",          "duplicate", "bomb",        "too large",
    "too deep",    "truncated",     "malformed", "encrypted",   "polyglot",
    "wrong type",  "unparsed code", "budget",    "not fetched", "unsupported"};

template <typename Enum>
std::string_view name_in(std::span<const std::string_view> names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : std::string_view("unknown");
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == ':';
}

void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
}

// "==> path" when the line starts a file of a bundle.
bool starts_file(std::string_view line) { return line.starts_with("==> "); }

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string_view to_string(Ecosystem ecosystem) { return name_in(ecosystem_names, ecosystem); }
std::string_view to_string(ArtifactKind kind) { return name_in(artifact_names, kind); }
std::string_view to_string(FileKind kind) { return name_in(file_kind_names, kind); }
std::string_view to_string(GapKind kind) { return name_in(gap_names, kind); }

std::string PackageId::purl() const {
  if (name.empty() || ecosystem == Ecosystem::unknown) return {};
  std::string out = "pkg:";
  out += to_string(ecosystem);
  out += '/';
  if (ecosystem == Ecosystem::npm) {
    // Only the slash after the scope separates. Case is kept: a few old names need it.
    const std::size_t slash = name.starts_with('@') ? name.find('/') : std::string::npos;
    if (slash != std::string::npos) {
      append_percent_encoded(out, std::string_view(name).substr(0, slash));
      out += '/';
      append_percent_encoded(out, std::string_view(name).substr(slash + 1));
    } else {
      append_percent_encoded(out, name);
    }
  } else {
    append_percent_encoded(out, replace_all(to_lower_ascii(name), "_", "-"));
  }
  if (!version.empty()) {
    out += '@';
    append_percent_encoded(out, version);
  }
  return out;
}

const File* Package::find(std::string_view path) const {
  const auto at = std::ranges::lower_bound(files, path, {}, &File::path);
  return at != files.end() && at->path == path ? &*at : nullptr;
}

Package package_from_bundle(std::string_view bundle) {
  Package package;
  while (!bundle.empty()) {
    const std::string_view line = first_line(bundle);
    bundle.remove_prefix(std::min(line.size() + 1, bundle.size()));
    if (!starts_file(line)) continue;  // text before the first file
    File file;
    file.path = trim(line.substr(4));
    std::size_t end = 0;
    while (end < bundle.size() && !starts_file(bundle.substr(end))) {
      end += std::min(first_line(bundle.substr(end)).size() + 1, bundle.size() - end);
    }
    file.bytes = bundle.substr(0, end);
    file.size_bytes = end;
    file.kind = classify_file(file.path, file.bytes);
    bundle.remove_prefix(end);
    package.files.push_back(std::move(file));
  }
  std::ranges::stable_sort(package.files, {}, &File::path);
  for (std::size_t i = 1; i < package.files.size(); ++i) {
    if (package.files[i].path != package.files[i - 1].path) continue;
    // As in an archive: both are looked at, under different names.
    package.gaps.push_back({GapKind::duplicate, package.files[i].path, "the same path again"});
    package.files[i].path += "#2";
  }
  const Artifact artifact = identify_bundle(package.files);
  package.kind = artifact.kind;
  package.id = artifact.id;
  return package;
}

}  // namespace assay
