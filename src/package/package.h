// A package as bytes in memory: what every later stage looks at. Nothing here runs, unpacks to
// disk or follows a link; what could not be read is a Gap.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

enum class Ecosystem : std::uint8_t { unknown, npm, pypi };
std::string_view to_string(Ecosystem ecosystem);

struct PackageId {
  Ecosystem ecosystem = Ecosystem::unknown;
  std::string name;     // as the manifest or the user spells it; empty when not known
  std::string version;  // may be empty

  // https://github.com/package-url/purl-spec; empty without a name.
  std::string purl() const;
  bool operator==(const PackageId&) const = default;
};

// How the bytes came: decides which files install tools would look at.
enum class ArtifactKind : std::uint8_t { directory, npm_tarball, sdist, wheel, egg, other_archive };
std::string_view to_string(ArtifactKind kind);

// By content first and name second, since names lie.
enum class FileKind : std::uint8_t {
  other,
  javascript,  // .js .cjs .mjs .jsx, or a node shebang
  typescript,  // .ts .mts .cts .tsx (not .d.ts, which holds no code: declaration)
  declaration,
  python,  // .py .pyw .pyi(not code: declaration), or a python shebang
  pth,     // site-packages start-up file
  shell,   // .sh .bash, or a shell shebang
  powershell,
  batch,
  json,
  toml,
  yaml,
  ini,   // setup.cfg, entry_points.txt
  gyp,   // binding.gyp and .gypi
  text,  // README, METADATA, licence, Markdown
  html,
  source_map,
  native,  // ELF, PE, Mach-O
  wasm,
  bytecode,  // .pyc
  image,
  font,
  archive,       // nested and not descended into
  other_source,  // C, C++, Rust, Go: compiled only when a build runs
};
std::string_view to_string(FileKind kind);

struct File {
  // Normalised: '/' between components, never absolute, no "." or ".."; the folder that an npm
  // tarball or an sdist wraps everything in is taken off. A member of a nested archive reads
  // "inner.tgz!/lib/a.js".
  std::string path;
  std::string bytes;             // empty when dropped
  std::uint64_t size_bytes = 0;  // of the whole member, also when `bytes` was dropped
  FileKind kind = FileKind::other;
  bool executable = false;  // mode bit
  bool dropped = false;     // examined while it streamed past, contents not kept
  std::string sha256;       // raw digest, where whoever dropped the contents left it
  std::uint32_t order = 0;  // its place in the archive, by which a visitor's notes find it again

  bool operator==(const File&) const = default;
};

enum class GapKind : std::uint8_t {
  unsafe_path,  // absolute, "..", NUL, too long
  link,         // symbolic or hard link, device, fifo
  duplicate,    // the same path twice: readers disagree on which one counts
  bomb,         // ratio, total or count
  too_large,    // over a limit of base/limits.h
  too_deep,     // nesting
  truncated,    // the archive ends early
  malformed,    // the reader of this format gave up
  encrypted,
  polyglot,       // bytes before or after the archive, or two formats at once
  wrong_type,     // contents are not what the name says
  unparsed_code,  // a syntax front end skipped part of a file
  budget,         // analysis stopped at its budget
  not_fetched,    // a URL or git dependency, a file that the index lists but was not had
  unsupported,
};
std::string_view to_string(GapKind kind);

// Something that was asked for and not examined. A package with gaps is incomplete, never clean.
struct Gap {
  GapKind kind = GapKind::malformed;
  std::string path;    // empty: the package as a whole
  std::string reason;  // for people, names the limit

  auto operator<=>(const Gap&) const = default;
};

struct Package {
  PackageId id;
  ArtifactKind kind = ArtifactKind::directory;
  std::string source;  // as the user named it: path, URL-free specification
  std::string sha256;  // of the archive, hex; of the sorted list of file hashes for a directory
  std::uint64_t archive_bytes = 0;
  std::vector<File> files;  // sorted by path
  std::vector<Gap> gaps;

  // Binary search by exact path; nullptr when absent.
  const File* find(std::string_view path) const;
};

// "==> path\n" lines between contents: how tests and rule samples write a small package.
Package package_from_bundle(std::string_view bundle);

}  // namespace assay
